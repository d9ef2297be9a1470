"""The list of hits as a person wants it: reposts folded, neighbours joined, no document crowding out the others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.domain import Document, Hit, TextKind
from assistant.language.canonical import canonical
from assistant.language.grams import LATIN, grams, symbols
from assistant.library.segments import Segments

# Jaccard index of the n-grams from which two texts are one, as printed twice.
_SAME_PASSAGE = 0.9
_SAME_DOCUMENT = 0.9
# Documents are compared by a sketch of so many smallest hashes (Cohen and Kaplan 2007): standard error under .03 at .9.
_SKETCH = 128
# Passages compared for reposts: what stands further down is not shown to anybody.
_COMPARED = 40
_LONGEST = 900  # characters of a joined passage
_SHARE = 0.4  # of the list that one document may take unless it was named

Grams = NDArray[np.uint32]


class Shaper:
    """Shapes lists of hits over one generation."""

    def __init__(self, segments: Segments) -> None:
        self._segments = segments
        self._sketch = lru_cache(maxsize=4096)(self._sketched)
        self._grams = lru_cache(maxsize=4096)(_grams)

    def shaped(self, hits: Sequence[Hit], named: Collection[str], k: int) -> list[Hit]:
        """The best `k` of `hits`, best first; `named` documents may fill the list."""
        joined = _joined(self._folded(hits))
        share = max(2, round(k * _SHARE))
        taken: dict[str, int] = {}
        first: list[Hit] = []
        rest: list[Hit] = []
        for hit in joined:
            taken[hit.document.id] = taken.get(hit.document.id, 0) + 1
            crowds = taken[hit.document.id] > share and hit.document.id not in named
            (rest if crowds else first).append(hit)
        return [replace(hit, rank=rank) for rank, hit in enumerate([*first, *rest][:k], 1)]

    def _folded(self, hits: Sequence[Hit]) -> list[Hit]:
        """Hits that say the same in another document stand behind the most authoritative one, at the best place."""
        kept: list[list[Hit]] = []
        for hit in hits[:_COMPARED]:
            group = next((g for g in kept if self._repeats(g[0], hit)), None)
            if group is None:
                kept.append([hit])
            else:
                group.append(hit)
        return [_front(group) for group in kept] + list(hits[_COMPARED:])

    def _repeats(self, one: Hit, other: Hit) -> bool:
        if one.document.id == other.document.id or _differ(one.document, other.document):
            return False
        a, b = self._grams(one.passage.text), self._grams(other.passage.text)
        if _jaccard(a, b) >= _SAME_PASSAGE:
            return np.array_equal(
                a[a >= LATIN][a[a >= LATIN] < 1 << 24], b[b >= LATIN][b[b >= LATIN] < 1 << 24]
            )
        s, t = self._sketch(one.document.id), self._sketch(other.document.id)
        union = np.union1d(s, t)[:_SKETCH]
        return len(np.intersect1d(np.intersect1d(s, t), union)) >= _SAME_DOCUMENT * len(union) > 0

    def _sketched(self, document_id: str) -> NDArray[np.uint64]:
        """The smallest hashes of the document's grams, sorted."""
        keys = self._segments.document_grams(self._segments.numbers_of([document_id])).grams.astype(np.uint64)
        mixed = (keys ^ (keys >> np.uint64(15))) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
        return np.sort(mixed)[:_SKETCH]


def _grams(text: str) -> Grams:
    return np.unique(grams(symbols(canonical(text))))


def _jaccard(a: Grams, b: Grams) -> float:
    if min(len(a), len(b)) < _SAME_PASSAGE * max(len(a), len(b)) or not len(a):
        return 0.0
    common = len(np.intersect1d(a, b, assume_unique=True))
    return common / (len(a) + len(b) - common)


def _differ(one: Document, other: Document) -> bool:
    """Whether what is known of two documents says that they are not the same one: near-identical texts of two years or
    regions, or two versions of a law, are different statements."""
    known = (
        (one.doc_number, other.doc_number),
        (one.region, other.region),
        (one.dated, other.dated),
        (one.effective, other.effective),
    )
    return any(a and b and a != b for a, b in known)


def _front(group: Sequence[Hit]) -> Hit:
    """The hit of the highest level, an original before a digest, a numbered one before a repost, else the best one."""
    front = min(
        group,
        key=lambda hit: (
            hit.document.level.rank if hit.document.level else 99,
            hit.document.text_kind is TextKind.DIGEST,
            hit.document.doc_number is None,
        ),
    )
    behind = tuple(dict.fromkeys(h.document.id for h in group if h.document.id != front.document.id))
    return replace(front, rank=group[0].rank, scores=group[0].scores, folded=behind) if behind else front


def _joined(hits: Sequence[Hit]) -> list[Hit]:
    """Passages of one section that follow each other, as one hit at the better place."""
    kept: list[Hit] = []
    for hit in hits:
        at = next((i for i, other in enumerate(kept) if _adjacent(other, hit)), None)
        if at is None:
            kept.append(hit)
        else:
            kept[at] = _together(kept[at], hit)
    return kept


def _adjacent(one: Hit, other: Hit) -> bool:
    a, b = one.passage, other.passage
    if a.document_id != b.document_id or a.section_path != b.section_path:
        return False
    start, end = min(a.start, b.start), max(a.end, b.end)
    first, second = sorted((a, b), key=lambda p: p.start)
    between = one.document.text[first.end : second.start]
    return end - start <= _LONGEST and not between.strip()


def _together(one: Hit, other: Hit) -> Hit:
    a, b = sorted((one.passage, other.passage), key=lambda p: p.start)
    start, end = a.start, max(a.end, b.end)
    passage = replace(a, text=one.document.text[start:end], start=start, end=end)
    return replace(one, passage=passage, folded=tuple(dict.fromkeys((*one.folded, *other.folded))))
