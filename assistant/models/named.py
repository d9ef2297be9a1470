"""Embeddings that say which model they are, so that an index is never read with another one."""

from __future__ import annotations

from abc import ABC

from langchain_core.embeddings import Embeddings


class NamedEmbeddings(Embeddings, ABC):
    """LangChain's `Embeddings` with a name: vectors are comparable only if the names are equal."""

    name: str
