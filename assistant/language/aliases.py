"""Replacing what people say by the official term: colloquial words, short names, English."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.language.normal import normalise


class Aliases:
    """A table from what is said to the official term. Both are compared in their normal form."""

    def __init__(self, terms: Mapping[str, str]) -> None:
        self._terms = {normalise(said): term for said, term in terms.items()}
        # An official term inside a question stays as it is, also where it contains an alias.
        self._terms |= {normalise(term): term for term in terms.values()}
        self._by_first: dict[str, list[str]] = {}
        for said in sorted(self._terms, key=len, reverse=True):
            if said:
                self._by_first.setdefault(said[0], []).append(said)

    def official(self, text: str) -> str:
        """The normal form of the text with each alias replaced by its term, longest alias first."""
        folded = normalise(text)
        parts: list[str] = []
        i = 0
        while i < len(folded):
            said = next((s for s in self._by_first.get(folded[i], ()) if _stands(folded, s, i)), None)
            if said is None:
                parts.append(folded[i])
                i += 1
            else:
                parts.append(_apart(said, self._terms[said]))
                i += len(said)
        return "".join(parts)


def _stands(text: str, said: str, at: int) -> bool:
    """Whether `said` stands at this place; Latin words only as whole words."""
    if not text.startswith(said, at):
        return False
    before, after = text[at - 1 : at], text[at + len(said) : at + len(said) + 1]
    starts = not (said[0].isascii() and said[0].isalnum() and before.isascii() and before.isalnum())
    ends = not (said[-1].isascii() and said[-1].isalnum() and after.isascii() and after.isalnum())
    return starts and ends


def _apart(said: str, term: str) -> str:
    """A term that replaces an English word is set apart, so that its words are not cut into one."""
    return f" {term} " if said.isascii() else term
