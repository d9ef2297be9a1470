"""The list of hits as a person wants it: reposts folded, neighbours joined, no document crowding out the others."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from assistant.domain import Document, Hit, TextKind
from assistant.language.grams import FIRST, LATIN, grams
from assistant.language.places import places_in
from assistant.library.segments import Segments

# Jaccard index of the n-grams from which two texts are one, as printed twice.
_SAME_PASSAGE = 0.9
_SAME_DOCUMENT = 0.9
# Documents are compared by their so many smallest hashes (Cohen and Kaplan 2007): standard error under .03 at .9.
_SKETCH = 128
# Passages compared for reposts: what stands further down is not shown to anybody.
_COMPARED = 40
_LONGEST = 900  # characters of a joined passage
_SHARE = 0.4  # of the list that one document may take unless it was named

Grams = NDArray[np.uint32]
Pairs = NDArray[np.bool_]


class Shaper:
    """Shapes lists of hits over one generation."""

    def __init__(self, segments: Segments) -> None:
        self._segments = segments
        self._sketch = lru_cache(maxsize=4096)(self._sketched)

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
        compared = hits[:_COMPARED]
        same = self._same_passage(compared) | self._same_document(compared)
        groups: list[list[int]] = []
        for i, hit in enumerate(compared):
            group = next((g for g in groups if same[g[0], i] and _may_be_one(compared[g[0]], hit)), None)
            if group is None:
                groups.append([i])
            else:
                group.append(i)
        return [_front([compared[i] for i in group]) for group in groups] + list(hits[_COMPARED:])

    def _same_passage(self, hits: Sequence[Hit]) -> Pairs:
        """Whether two passages are one text, with the same figures."""
        rows = [self._segments.row_of(hit.passage) for hit in hits]
        texts = self._segments.texts(np.array(sorted(rows), dtype=np.intp))
        pieces = [texts.symbols[s:e] for s, e in pairwise(texts.symbol_starts.tolist())]
        at = {row: grams(piece) for row, piece in zip(sorted(rows), pieces, strict=True)}
        sets = [np.unique(at[row]) for row in rows]
        common, own = _overlap(sets)
        alike = common >= _SAME_PASSAGE * (own[:, None] + own[None, :] - common)
        figures, many = _overlap([_figures(s) for s in sets])
        return np.asarray(alike & (figures == many[:, None]) & (figures == many[None, :]))

    def _same_document(self, hits: Sequence[Hit]) -> Pairs:
        """Whether the documents of two hits are nearly the same text, the figures of one all in the other."""
        sketches = [self._sketch(hit.document.id) for hit in hits]
        common, own = _overlap([sketch for sketch, _ in sketches])
        alike = common >= _SAME_DOCUMENT * np.maximum(np.maximum(own[:, None], own[None, :]), 1)
        figures, many = _overlap([figures for _, figures in sketches])
        return np.asarray(alike & (figures == np.minimum(many[:, None], many[None, :])))

    def _sketched(self, document_id: str) -> tuple[Grams, Grams]:
        """The smallest hashes of the document's grams, and its figures."""
        held = self._segments.document_grams(self._segments.numbers_of([document_id])).grams
        keys = held.astype(np.uint64)
        mixed = (keys ^ (keys >> np.uint64(15))) * np.uint64(0x9E3779B97F4A7C15)
        return np.sort((mixed >> np.uint64(32)).astype(np.uint32))[:_SKETCH], _figures(held)


def _figures(held: Grams) -> Grams:
    """Runs of Latin letters and digits among grams: most often figures, and names that matter as much."""
    return held[(held >= LATIN) & (held < FIRST << 16)]


def _overlap(sets: Sequence[Grams]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How many members each two sets have in common, [n, n], and how many each has, [n]."""
    own = np.array([len(s) for s in sets], dtype=np.float32)
    if not own.sum():
        return np.zeros((len(sets), len(sets)), dtype=np.float32), own
    members, column = np.unique(np.concatenate(sets), return_inverse=True)
    table = np.zeros((len(sets), len(members)), dtype=np.float32)
    table[np.repeat(np.arange(len(sets)), own.astype(int)), column] = 1
    return table @ table.T, own


def _may_be_one(one: Hit, other: Hit) -> bool:
    return one.document.id != other.document.id and not _differ(one.document, other.document)


def _differ(one: Document, other: Document) -> bool:
    """Whether what is known of two documents says that they are not the same one: near-identical texts of two years or
    regions, or two versions of a law, are different statements."""
    known = (
        (one.doc_number, other.doc_number),
        (one.region, other.region),
        (one.dated, other.dated),
        (one.effective, other.effective),
    )
    here, there = (set(places_in(document.title)) for document in (one, other))
    return any(a and b and a != b for a, b in known) or bool(here and there and here.isdisjoint(there))


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
