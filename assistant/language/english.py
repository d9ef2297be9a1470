"""Chinese words for an English text, from the dictionary that set-up lays out (scripts/english_dictionary.py)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

LONGEST_PHRASE = 4
_PAUSE = re.compile(r"[,.:]\s|[;?!()\"“”/]")  # no phrase goes across one
_TOKEN = re.compile(r"[a-z0-9]+(?:[.\-+&][a-z0-9]+)*%?|[\u3400-\u9fff]+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?\b", re.IGNORECASE)
_CHINESE = re.compile(r"[\u3400-\u9fff]")
# An acronym, a name with capitals inside, or anything with a digit: COSMOPlat, GDP, 2025, 5G, Catena-X.
_AS_IT_IS = re.compile(r".*\d|[A-Za-z]+[A-Z]|.*-[A-Z]$")

# Function words, and the verbs and adverbs that questions are made of: they carry no topic.
STOP_WORDS = frozenset(
    "a an the this that these those it its he his she her they them their theirs we us our you your i my me one ones "
    "who whom whose which what when where why how whether if then than so such as because while though although "
    "and or but nor not no yes of in on at to for from by with without within into onto over under up down off out "
    "about above below after before since until till during between among against through across along around per via "
    "is are was were be been being am do does did done doing have has had having can could may might must shall should "
    "will would ought many much more most less least few fewer several some any all each every both either neither own "
    "other others another same only also too very just even still yet already again ever never often there here now "
    "say says said saying tell tells told mean means meant meaning get gets got getting give gives gave given make makes made "
    "take takes took taken go goes went let want wants wanted need needs like please regarding concerning called "
    "first way ways thing things kind kinds sort sorts used supposed happen happens happened count counts".split()
)
# Ending -> ending of the base, tried in order; a base counts only when the dictionary holds it. First the rules of
# detachment of WordNet's morphy (Miller et al. 1990), then British spelling, then nouns made from verbs and the like.
_ENDINGS = (
    ("ies", "y"),
    ("ses", "s"),
    ("xes", "x"),
    ("zes", "z"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("men", "man"),
    ("s", ""),
    ("es", "e"),
    ("ves", "f"),
    ("ied", "y"),
    ("ier", "y"),
    ("iest", "y"),
    ("est", "e"),
    ("est", ""),
    ("ed", "e"),
    ("ed", ""),
    ("ing", "e"),
    ("ing", ""),
)
_SPELLINGS = (("is", "iz"), ("our", "or"), ("tre", "ter"), ("ogramme", "ogram"), ("ence", "ense"))
_NOUNS = (
    ("ification", "ify"),
    ("mption", "me"),
    ("ization", "ize"),
    ("ation", "ate"),
    ("ation", "e"),
    ("ation", ""),
    ("ion", "e"),
    ("ion", ""),
    ("ment", ""),
    ("ance", ""),
    ("al", ""),
    ("er", "e"),
    ("er", ""),
    ("n", ""),
    ("ly", ""),
)
_IRREGULAR = {
    "bought": "buy", "brought": "bring", "built": "build", "chosen": "choose", "grew": "grow", "grown": "grow",
    "held": "hold", "kept": "keep", "led": "lead", "left": "leave", "lent": "lend", "lost": "lose", "paid": "pay",
    "ran": "run", "rose": "rise", "risen": "rise", "sold": "sell", "sought": "seek", "spent": "spend",
    "won": "win", "written": "write", "children": "child", "criteria": "criterion",
}  # fmt: skip


class EnglishDictionary:
    """English words and phrases with their Chinese candidates, best first. Read at the first use."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def available(self) -> bool:
        return self._path.is_file()

    def translate(self, text: str) -> list[list[str]]:
        """The candidates of each content word, or longest known phrase, of a text in order, at most four each.

        Names, acronyms, numbers, Chinese words and what the dictionary does not know stand for themselves; stop
        words are left out.
        """
        found: list[list[str]] = []
        for segment in _PAUSE.split(_POSSESSIVE.sub("", text)):
            found.extend(self._translated(_TOKEN.findall(segment)))
        return [list(candidates) for candidates in dict.fromkeys(map(tuple, found))]

    def _translated(self, tokens: list[str]) -> Iterator[list[str]]:
        at = 0
        while at < len(tokens):
            if tokens[at].lower() in STOP_WORDS:
                at += 2 if _asks_degree(tokens[at : at + 3]) else 1
                continue
            length, candidates = self._longest(tokens[at : at + LONGEST_PHRASE])
            if candidates:
                yield candidates
            elif self._knows_all(parts := tokens[at].split("-")):
                yield from self._translated(parts)
            else:
                yield [tokens[at]]
            at += length

    def _longest(self, tokens: list[str]) -> tuple[int, list[str]]:
        """How many of the tokens are translated together, at least one, and by what."""
        if _CHINESE.match(tokens[0]) or _AS_IT_IS.match(tokens[0]):
            return 1, []
        for length in range(len(tokens), 0, -1):
            *front, last = " ".join(tokens[:length]).lower().replace("-", " ").split(" ")
            if length > 1 and last in STOP_WORDS:
                continue
            for base in _bases(last):
                candidates = self._look_up(" ".join([*front, base]))
                if candidates:
                    return length, candidates
        return 1, []

    def _knows_all(self, tokens: list[str]) -> bool:
        return len(tokens) > 1 and all(self._longest([token])[1] for token in tokens)

    def _look_up(self, phrase: str) -> list[str]:
        key = f"{phrase}\t"
        at = bisect_left(self._lines, key)
        line = self._lines[at] if at < len(self._lines) else ""
        return line.removeprefix(key).split(" ") if line.startswith(key) else []

    @cached_property
    def _lines(self) -> list[str]:
        return self._path.read_text(encoding="utf-8").splitlines() if self.available else []


def _asks_degree(tokens: list[str]) -> bool:
    """Whether these are the words of a question such as "how large is": the second is no topic either."""
    return tokens[0].lower() == "how" and tokens[-1].lower() in {
        "is",
        "are",
        "was",
        "were",
        "can",
        "may",
        "must",
    }


def _bases(word: str) -> Iterator[str]:
    """The word itself and the forms it may be inflected or derived from, likeliest first."""
    yield word
    if word in _IRREGULAR:
        yield _IRREGULAR[word]
    plain = [word, *_replaced(word, _ENDINGS), *_undoubled(word)]
    respelt = [
        form.replace(british, american)
        for british, american in _SPELLINGS
        for form in plain
        if british in form
    ]
    yield from plain[1:]
    yield from respelt
    for form in [*plain, *respelt]:
        yield from _replaced(form, _NOUNS)


def _replaced(word: str, endings: tuple[tuple[str, str], ...]) -> list[str]:
    return [
        word.removesuffix(old) + new
        for old, new in endings
        if word.endswith(old) and len(word) >= len(old) + 2
    ]


def _undoubled(word: str) -> list[str]:
    """planned and planning from plan."""
    stem = re.fullmatch(r"(\w+(\w))\2(?:ed|ing)", word)
    return [stem[1]] if stem else []
