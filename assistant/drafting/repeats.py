"""Telling that a sentence has been said before, in the same or nearly the same words."""

from __future__ import annotations

import re

from assistant.language.normal import squeeze

# Two sentences that share this much of their bigrams say the same, unless their figures differ.
NEARLY_THE_SAME = 0.85


class Said:
    """The sentences a draft has so far."""

    def __init__(self) -> None:
        self._forms: list[str] = []

    def has(self, text: str) -> bool:
        """Whether `text` adds nothing: said already, contained in what was said, or nearly so."""
        form = squeeze(text)
        return any(form in said or _alike(form, said) for said in self._forms)

    def add(self, text: str) -> None:
        self._forms.append(squeeze(text))


def _alike(one: str, other: str) -> bool:
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return False
    a, b = _bigrams(one), _bigrams(other)
    return len(a & b) >= NEARLY_THE_SAME * len(a | b)


def _bigrams(form: str) -> set[str]:
    return {form[i : i + 2] for i in range(max(1, len(form) - 1))}
