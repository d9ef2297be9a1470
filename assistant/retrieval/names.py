"""Which documents a question names: by title, alias, or 发文字号."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from assistant.domain import Document
from assistant.language.normal import squeeze
from assistant.language.places import places_in
from assistant.language.titles import doc_numbers_in

_SHORTEST = 3
# A title that is not said in full is still meant when this share of its bigrams, by weight, stands in the question.
_CLOSE = 0.6
_FEWEST_GRAMS = 6
# Titles that are nearly said to the same degree (the reports of several years) name none of them.
_APART = 0.05
_YEAR = re.compile(r"(?:19|20)\d{2}")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]|^关于|的?(?:通知|意见|办法|方案|规划|条例)$")


class NameIndex:
    """Names of documents in their squeezed form; longer names win over names inside them."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._by_name: dict[str, set[str]] = {}
        self._by_number: dict[str, str] = {}
        self._grams: dict[str, frozenset[str]] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._years: dict[str, frozenset[str]] = {}
        self._where: dict[str, str] = {}
        texts: Counter[str] = Counter()
        for document in documents:
            texts.update(_bigrams(squeeze(f"{document.title} {document.text}")))
            names = (squeeze(name) for name in (document.title, *document.aliases))
            self._names[document.id] = tuple(n for n in names if len(n) >= _SHORTEST)
            self._where[document.id] = f"{document.title} {document.region or ''}"
            self._years[document.id] = frozenset(_YEAR.findall(document.title))
            for key in self._names[document.id]:
                self._by_name.setdefault(key, set()).add(document.id)
            self._grams[document.id] = _bigrams(squeeze(_ASIDE.sub("", document.title)))
            for number in doc_numbers_in(document.doc_number or ""):
                self._by_number[squeeze(number)] = document.id
        self._weight = {
            g: math.log(1 + len(self._grams) / (1 + texts[g]))
            for grams in self._grams.values()
            for g in grams
        }

    def named_in(self, text: str) -> Mapping[str, tuple[str, ...]]:
        """Document ids named in the text, each with the (squeezed) name that was used, then its other names.

        The name is empty where the title is only nearly said.
        """
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
        said = found or self._almost_named(key)
        return {i: (name, *self._names[i]) for i, name in said.items()}

    def _almost_named(self, key: str) -> Mapping[str, str]:
        """The one document whose title is nearly said, if any; rarer bigrams of the title count for more."""
        asked, years, places = _bigrams(key), set(_YEAR.findall(key)), places_in(key)
        shares = {
            i: self._mass(grams & asked) / self._mass(grams)
            for i, grams in self._grams.items()
            if len(grams) >= _FEWEST_GRAMS
            and not (years and self._years[i] and years.isdisjoint(self._years[i]))
            and (not places or any(place in self._where[i] for place in places))
        }
        best, *others = sorted(shares, key=lambda i: -shares[i])[:2] or [""]
        if not best or shares[best] < _CLOSE or any(shares[best] - shares[o] < _APART for o in others):
            return {}
        return {best: ""}

    def _mass(self, grams: frozenset[str]) -> float:
        return sum(self._weight[g] for g in grams)


def _bigrams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))
