"""Which documents a question names: by title, alias, or 发文字号."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from assistant.domain import Document
from assistant.language.normal import squeeze
from assistant.language.titles import doc_numbers_in

_SHORTEST = 3


class NameIndex:
    """Names of documents in their squeezed form; longer names win over names inside them."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._by_name: dict[str, set[str]] = {}
        self._by_number: dict[str, str] = {}
        for document in documents:
            for name in (document.title, *document.aliases):
                key = squeeze(name)
                if len(key) >= _SHORTEST:
                    self._by_name.setdefault(key, set()).add(document.id)
            for number in doc_numbers_in(document.doc_number or ""):
                self._by_number[squeeze(number)] = document.id

    def named_in(self, text: str) -> Mapping[str, str]:
        """Document ids named in the text, each with the (squeezed) name that was used."""
        key = squeeze(text)
        found: dict[str, str] = {i: n for n, i in self._by_number.items() if n in key}
        covered: list[tuple[int, int]] = []
        for name in sorted(self._by_name, key=len, reverse=True):
            at = key.find(name)
            if at < 0 or any(s <= at and at + len(name) <= e for s, e in covered):
                continue
            covered.append((at, at + len(name)))
            for document_id in self._by_name[name]:
                found.setdefault(document_id, name)
        return found
