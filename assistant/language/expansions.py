"""What people say and the words of documents that may be meant by it, for looking up more, never for replacing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.language.canonical import canonical


class Expansions:
    """A table from spoken words to several official ones; both are compared in their canonical form.

    The first meaning of a word is the word itself.
    """

    def __init__(self, meanings: Mapping[str, Sequence[str]]) -> None:
        self._meanings: dict[str, tuple[str, ...]] = {}
        for said, meant in meanings.items():
            form = canonical(said)
            known = self._meanings.get(form, (form,))
            self._meanings[form] = tuple(dict.fromkeys((*known, *map(canonical, meant))))
        self._lengths = sorted({len(said) for said in self._meanings}, reverse=True)

    def of(self, form: str) -> dict[str, tuple[str, ...]]:
        """The spoken words in a text in its canonical form, longest first, none inside another, with their meanings."""
        found: dict[str, tuple[str, ...]] = {}
        covered = [False] * len(form)
        for length in self._lengths:
            for at in range(len(form) - length + 1):
                said = form[at : at + length]
                if said in self._meanings and not any(covered[at : at + length]):
                    covered[at : at + length] = [True] * length
                    found[said] = self._meanings[said]
        return found
