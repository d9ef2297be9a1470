"""From CC-CEDICT (Chinese word -> English glosses) to the table that `assistant.language.english` reads.

CC-CEDICT explains Chinese to readers of English. Turned round it offers dozens of Chinese words for a common English
one, most of them rare or bookish. The best few are kept, ranked by how directly the word is explained by the
English (the gloss is the word; an early sense; few other senses) and how usual the Chinese word is (its rank
in the vocabulary of the word vectors; two characters, as most words of official Chinese have).

    policy<TAB>政策 方针        one line an English word or phrase, lower case, sorted; best first
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

CANDIDATES = 4
LONGEST_PHRASE = 4
_ENTRY = re.compile(r"^\S+ (\S+) \[[^\]]*\] /(.*)/\s*$")
_CHINESE = re.compile(r"[\u3400-\u9fff]{1,8}")
_KEY = re.compile(r"[a-z][a-z0-9]*(?: [a-z0-9]+)*")
# Glosses that say something about the entry instead of translating it, and words that official texts do not use.
_ASIDE = re.compile(
    r"surname |classifier|CL:|variant of|abbr\. |see also|see [\u3400-\u9fff]|also written|also pr\.|used in |used after|particle|"
    r"\((?:[^)]*\b)?(?:old|archaic|literary|classical|vulgar|slang|dialect|derog|onom|bird species|Tw|TCM|Buddhism|"
    r"bound form|coll|jocular|idiom|math|music|sports|neologism)\b"
)
_REMARK = re.compile(r"\([^()]*\)")
_LEADING = re.compile(r"^(?:to (?:be )?|an? |the |sb's |lit\. |fig\. )")
# "Ningde prefecture-level city in Fujian": what stands before is the name.
_PLACE = re.compile(
    r"^([A-Z][a-z']+)(?:,| (?:or [A-Z]\w+ )?(?:prefecture|province|city|subprovincial|county|district|municipality))"
)
# Weights of the ranking, in units of one natural logarithm of a word's rank in the vocabulary.
_LATER_SENSE, _OTHER_SENSES, _REMARKED, _ONE_CHARACTER, _LONG = 1.0, 0.6, 0.7, 2.5, 0.5
_PLURAL = 2.0  # the singular is explained, not this form
_PART = 5.0  # the gloss only ends with the word: "administrative enclave" for "enclave"


def build_table(cedict: Iterable[str], words: Iterable[str]) -> str:
    """The table as text, from the lines of CC-CEDICT and the words of the vocabulary, most frequent first."""
    entries = list(_entries(cedict))
    ranks = _ranks(words, {word for word, _ in entries})
    best: dict[str, dict[str, float]] = defaultdict(dict)
    for word, senses in entries:
        for key, cost in _keys(senses):
            total = cost + _unusualness(word, ranks)
            best[key][word] = min(total, best[key].get(word, math.inf))
    _inherit(best)
    lines = (f"{key}\t{' '.join(_first(chinese))}\n" for key, chinese in sorted(best.items()))
    return "".join(lines)


def _entries(cedict: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    """Simplified words of Chinese characters with their glosses."""
    for line in cedict:
        entry = _ENTRY.match(line)
        if entry and _CHINESE.fullmatch(entry[1]):
            yield entry[1], [g.strip() for sense in entry[2].split("/") for g in sense.split(";")]


def _keys(senses: list[str]) -> Iterator[tuple[str, float]]:
    """English words and phrases that an entry translates, each with the cost of how indirectly it does so."""
    senses = [s for s in senses if not _ASIDE.search(s)]
    for position, sense in enumerate(senses):
        plain = _REMARK.sub("", sense).strip()
        place = _PLACE.match(plain)
        key = re.sub(r"[^a-z0-9]+", " ", _LEADING.sub("", place[1] if place else plain).lower()).strip()
        cost = _LATER_SENSE * min(position, 5) + _OTHER_SENSES * min(len(senses) - 1, 4)
        cost += _REMARKED if plain != sense else 0.0
        yield from ((k, cost + more) for k, more in _phrasings(key) if _KEY.fullmatch(k))


def _phrasings(key: str) -> Iterator[tuple[str, float]]:
    """A gloss and what else may be asked for, each with its further cost: "price of electricity", "electricity price"."""
    if key.count(" ") >= LONGEST_PHRASE:
        return
    yield key, 0.0
    head, _, whole = key.partition(" of ")
    if whole:
        yield f"{whole} {head}", 0.0
    elif key.count(" ") == 1:
        yield key.split()[1], _PART


def _inherit(best: dict[str, dict[str, float]]) -> None:
    """A plural that is a gloss itself ("cities" of a rare word) also has the words of its singular."""
    for key in [k for k in best if k.endswith("s") and " " not in k]:
        singular = key[:-3] + "y" if key.endswith("ies") else key[:-1]
        for word, cost in best.get(singular, {}).items():
            best[key][word] = min(cost + _PLURAL, best[key].get(word, math.inf))


def _ranks(words: Iterable[str], headwords: set[str]) -> dict[str, float]:
    """How usual each headword is, 1 the most. The vocabulary leaves out the commonest words along with the rarest;
    the rank of a word that it does not hold is estimated from the number of headwords that are built with it.
    """
    ranks: dict[str, float] = {}
    for rank, word in enumerate(words, 1):
        ranks.setdefault(word, rank)
    parts = Counter(
        word[i:j] for word in headwords for i in range(len(word)) for j in range(i + 1, len(word) + 1)
    )
    lowest = 2.0 * len(ranks)
    return {word: ranks.get(word, max(1.0, lowest / parts[word])) for word in headwords}


def _unusualness(word: str, ranks: Mapping[str, float]) -> float:
    """Natural logarithm of a word's rank, higher for lengths that terms of official Chinese seldom have."""
    length = _ONE_CHARACTER if len(word) == 1 else _LONG * max(len(word) - 2, 0)
    return math.log(ranks[word]) + length


def _first(chinese: Mapping[str, float]) -> list[str]:
    return sorted(chinese, key=lambda word: (chinese[word], word))[:CANDIDATES]
