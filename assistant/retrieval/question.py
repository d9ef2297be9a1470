"""A question as retrieval takes it: its words and grams, and the years and places it names."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from assistant.language.canonical import canonical
from assistant.language.expansions import Expansions
from assistant.language.grams import Symbols, codes, word_ids
from assistant.language.places import places_in
from assistant.language.words import content_words, cut_chars, cut_topic

# More is not a question: a text of ten thousand characters is looked up by its beginning.
MOST_TOKENS = 256
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_PERIOD = re.compile(r"(?<!\d)((?:19|20)\d{2})年?[至到—–-]{1,2}((?:19|20)\d{2})(?!\d)")
_PLANS = "三五 四五 五五 六五 七五 八五 九五 十五 十一五 十二五 十三五 十四五 十五五 十六五".split()
_TWO_DIGITS = r"(?:9\d|[0-3]\d)"
_SHORT_YEARS = re.compile(
    rf"(?<![\d第])(?:({_TWO_DIGITS})年?[至到、和-])?({_TWO_DIGITS})年(?!代|前|内|期|来|间|以上|以下|多)"
)


@dataclass(frozen=True)
class Question:
    """A question in official words, cut the way the index is.

    `tokens` are its distinct character n-grams and `grams` the same as numbers, `words` its distinct words that carry a
    topic and `word_ids` the same as numbers. `said` is the question as it was asked together with its official form: what
    is looked up; only the official form is judged. `meanings` are, for each spoken word in it, the official words that may be meant.
    """

    official: str
    said: str
    tokens: tuple[str, ...]
    grams: Symbols
    topic: Symbols
    words: tuple[str, ...]
    word_ids: Symbols
    years: frozenset[int]
    places: tuple[str, ...]
    meanings: tuple[tuple[str, ...], ...]

    @classmethod
    def of(cls, text: str, official: str, spoken: Expansions) -> Question:
        """Read a question; `official` is the same with short and spoken names replaced by official ones, and `spoken`
        tells what else its words may mean."""
        form = canonical(official)
        years = years_of(form)
        # Documents write their years out.
        form = " ".join(
            (form, *(f"{year}年" for year in sorted(years) if str(year) not in form), *plans_of(form))
        )
        tokens = tuple(dict.fromkeys(cut_chars(form)))[:MOST_TOKENS]
        meanings = tuple(spoken.of(form).values())
        words = tuple(dict.fromkeys(content_words(form)))[:MOST_TOKENS]
        return cls(
            official=form,
            said=" ".join((canonical(text), form, *(word for meant in meanings for word in meant))),
            meanings=meanings,
            tokens=tokens,
            grams=codes(tokens),
            topic=codes(tuple(dict.fromkeys(cut_topic(form)))),
            words=words,
            word_ids=word_ids(words),
            years=frozenset(years),
            places=tuple(places_in(form)),
        )

    @property
    def symbols(self) -> Symbols:
        """Its single symbols, without the bigrams."""
        return np.unique(self.grams[self.grams < 1 << 24])


def plans_of(text: str) -> list[str]:
    """The five-year plans whose years a text gives (21到25年: 十四五), from the third, 1966 to 1970, on."""
    periods = [(int(a), int(b)) for a, b in _PERIOD.findall(text)]
    periods += [(_full(a), _full(b)) for a, b in _SHORT_YEARS.findall(text) if a]
    numbers = [(first - 1966) // 5 for first, last in periods if last == first + 4 and first % 5 == 1]
    return list(dict.fromkeys(_PLANS[n] for n in numbers if 0 <= n < len(_PLANS)))


def _full(year: str) -> int:
    return int(year) + (1900 if int(year) >= 90 else 2000)


def years_of(text: str) -> set[int]:
    """Years named, also in two digits (25年, 21到23年)."""
    said = {int(year) for year in _YEAR.findall(text)}
    for first, last in _SHORT_YEARS.findall(text):
        said |= {_full(y) for y in (first, last) if y}
    return said
