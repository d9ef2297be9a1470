"""Texts as models take them."""

from __future__ import annotations


def sendable(text: str) -> str:
    """The text without lone surrogates, which no encoder and no request can carry, and never empty: many refuse that."""
    return text.encode("utf-8", "replace").decode("utf-8") or " "
