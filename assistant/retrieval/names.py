"""Which documents a question names: by title, alias, or 发文字号."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from assistant.language.bodies import departments_in, is_body
from assistant.language.canonical import canonical
from assistant.language.normal import squeeze
from assistant.language.places import places_in
from assistant.language.titles import document_keys_in
from assistant.library.cards import Card

_SHORTEST = 3
# A title that is not said in full is still meant when this share of its bigrams, by weight, stands in the question.
_CLOSE = 0.6
_FEWEST_GRAMS = 6
# Titles that are nearly said to the same degree (the reports of several years) name none of them.
_APART = 0.05
_YEAR = re.compile(r"(?:19|20)\d{2}")
_NOUN = re.compile(r"通知|意见|办法|方案|规划|计划|条例")
_ASIDE = re.compile(r"[（(][^（）()]*[）)]|^关于|的?(?:通知|意见|办法|方案|规划|条例)$")

Nearest = Callable[[str], Iterable[str]]
"""The ids of the documents whose titles are nearest to a text."""
Frequencies = Callable[[Sequence[str]], Iterable[int]]
"""How many documents hold each of these character n-grams."""


class NameIndex:
    """Names of documents in their squeezed form; longer names win over names inside them."""

    def __init__(self, cards: Iterable[Card], nearest: Nearest, frequencies: Frequencies) -> None:
        self._nearest = nearest
        self._frequencies = frequencies
        self._by_name: dict[str, set[str]] = {}
        self._by_number: dict[str, set[str]] = {}
        self._cards = {card.id: card for card in cards}
        self._names: dict[str, tuple[str, ...]] = {}
        for card in self._cards.values():
            # A page that is called after a body (财政部) is not what a question that names the body is about.
            names = (_key(name) for name in (card.title, *card.aliases) if not is_body(name))
            self._names[card.id] = tuple(n for n in names if len(n) >= _SHORTEST)
            for key in self._names[card.id]:
                self._by_name.setdefault(key, set()).add(card.id)
            for number in document_keys_in(card.doc_number or ""):
                self._by_number.setdefault(_key(number), set()).add(card.id)
        self._lengths = sorted({len(name) for name in self._by_name}, reverse=True)

    def named_in(self, text: str) -> Mapping[str, tuple[str, ...]]:
        """Document ids named in the text, each with the (squeezed) name that was used, then its other names.

        The name is empty where the title is only nearly said.
        """
        key = _key(text)
        numbers = [_key(n) for n in document_keys_in(text)]
        found = {i: n for n in numbers for i in sorted(self._by_number.get(n, ()))}
        for name in self._said(key):
            for document_id in self._by_name[name]:
                found.setdefault(document_id, name)
        said = found or self._by_departments(text) or self._almost_named(text, key)
        return {i: (name, *self._names[i]) for i, name in said.items()}

    def _said(self, key: str) -> list[str]:
        """The names that stand in the key, longest first, none inside another."""
        covered: list[tuple[int, int]] = []
        said: list[str] = []
        for length in self._lengths:
            for at in range(len(key) - length + 1):
                name, end = key[at : at + length], at + length
                if name in self._by_name and not any(s <= at and end <= e for s, e in covered):
                    covered.append((at, end))
                    said.append(name)
        return said

    def _by_departments(self, text: str) -> Mapping[str, str]:
        """The one document that so many departments issued together (七部门的实施意见), if any."""
        asked = set(_NOUN.findall(text))
        found = [
            card.id
            for number in departments_in(text)
            for card in self._cards.values()
            if len(card.issuers) == number and (not asked or asked & set(_NOUN.findall(card.title)))
        ]
        return {found[0]: ""} if len(found) == 1 else {}

    def _almost_named(self, text: str, key: str) -> Mapping[str, str]:
        """The one document whose title is nearly said, if any; rarer bigrams of the title count for more."""
        asked, years, places = _bigrams(key), set(_YEAR.findall(key)), places_in(key)
        shares: dict[str, float] = {}
        for card in (self._cards[i] for i in self._nearest(text)):
            said = set(_YEAR.findall(card.title))
            if years and said and years.isdisjoint(said):
                continue
            if places and not any(place in f"{card.title} {card.region or ''}" for place in places):
                continue
            grams = _bigrams(_key(_ASIDE.sub("", card.title)))
            if len(grams) >= _FEWEST_GRAMS:
                shares[card.id] = self._mass(grams & asked) / (self._mass(grams) or 1.0)
        best, *others = sorted(shares, key=lambda i: -shares[i])[:2] or [""]
        if not best or shares[best] < _CLOSE or any(shares[best] - shares[o] < _APART for o in others):
            return {}
        return {best: ""}

    def _mass(self, grams: frozenset[str]) -> float:
        frequencies = self._frequencies(sorted(grams))
        return sum(math.log(1 + len(self._cards) / (1 + f)) for f in frequencies)


def _key(text: str) -> str:
    return squeeze(canonical(text))


def _bigrams(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))
