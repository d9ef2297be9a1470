"""The same figure given differently in two documents: each pair of sentences, for a person to judge.

Two sentences are taken to speak of the same thing when the clauses around a figure of one unit share most of their
weight in words (cosine of inverse document frequencies, as in a vector space model) and no year tells them apart. Where
the documents say themselves that sources differ, or `differences.yaml` gives the reason, there is nothing to find.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.corpus.finding import Finding
from assistant.corpus.source import SourceFile
from assistant.errors import LibraryError
from assistant.language.numerals import dates, figures
from assistant.language.words import content_words

_MARKED = re.compile(r"口径|不一致|不同来源|出入|有分歧|说法不一|另有|一说|而不是|有别于")
_NO_QUANTITY = ("", "年", "月", "日", "号", "章", "节", "条", "款", "次", "期", "届", "部门", "部")
_SIMILAR = 0.6
_CONTEXT_WEIGHT = 0.5
# A hundredfold difference is another quantity, not another account of this one.
_FURTHEST = 100


class Difference(BaseModel):
    """Two documents that may differ, and why."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    documents: tuple[str, str]
    figures: tuple[str, str]
    reason: str


def load_differences(path: Path) -> tuple[Difference, ...]:
    """The accepted differences; none without the file. Raises `LibraryError` when it is malformed."""
    if not path.exists():
        return ()
    try:
        return TypeAdapter(tuple[Difference, ...]).validate_python(
            yaml.safe_load(path.read_text(encoding="utf-8")) or ()
        )
    except (OSError, yaml.YAMLError, ValidationError) as problem:
        raise LibraryError(
            f"{path} 的写法有误（{str(problem).splitlines()[0]}）；请改正后再试。"
        ) from problem


@dataclass(frozen=True, slots=True)
class _Statement:
    """A figure and what is said with it."""

    source: SourceFile
    line: int
    said: str
    value: Decimal
    unit: str
    years: frozenset[int]
    words: frozenset[str]
    context: frozenset[str]


def check_agreement(sources: Sequence[SourceFile], accepted: Sequence[Difference] = ()) -> Iterator[Finding]:
    """Pairs of sentences of two documents that seem to give one thing two values."""
    statements = [s for source in sources for s in _statements(source)]
    count = Counter(word for s in statements for word in s.words | s.context)
    weight = {word: math.log(1 + len(statements) / n) for word, n in count.items()}
    allowed = {
        (document, figure, other, figure2)
        for d in accepted
        for (document, figure), (other, figure2) in (
            tuple(zip(d.documents, d.figures, strict=True)),
            tuple(zip(d.documents[::-1], d.figures[::-1], strict=True)),
        )
    }
    for one, two in _pairs(statements, weight):
        ids = one.source.document.id, two.source.document.id
        if (ids[0], one.said, ids[1], two.said) in allowed:
            continue
        yield Finding(
            one.source.path,
            one.line,
            f"“{one.said}”与 {two.source.path.name}:{two.line} 的“{two.said}”说的可能是同一件事；"
            "请核对，在文中写明口径不一，或写进 differences.yaml 并说明理由。",
        )


def _statements(source: SourceFile) -> Iterator[_Statement]:
    title = frozenset(content_words(source.document.title))
    # A report of the year speaks of that year and the one before it, mostly without naming them.
    own = {source.document.year} if source.document.year else set()
    for sentence in source.sentences:
        if not sentence.supports or _MARKED.search(sentence.text):
            continue
        text = sentence.text
        values = {f.start for d in dates(text) for f in figures(text) if d.start <= f.start < d.end}
        whole = frozenset(content_words(text))
        for figure in figures(text, chinese=False):
            if figure.unit in _NO_QUANTITY or figure.start in values:
                continue
            start = max((text.rfind(mark, 0, figure.start) for mark in "，；。："), default=-1) + 1
            ends = [e for mark in "，；。" if (e := text.find(mark, figure.end)) >= 0]
            clause = text[start : min(ends, default=len(text))]
            years = {d.year for d in dates(clause)} or own or {d.year for d in dates(text)}
            words = frozenset(w for w in content_words(clause) if not any(c.isdigit() for c in w))
            yield _Statement(
                source,
                sentence.line,
                _printed(text, figure.start, figure.end, figure.unit),
                figure.value,
                figure.unit,
                frozenset(years),
                words,
                (whole | title) - words,
            )


def _printed(text: str, start: int, end: int, unit: str) -> str:
    tail = text[end : end + 6]
    return text[start : end + (tail.find(unit) + len(unit) if unit in tail else 0)]


def _pairs(
    statements: Sequence[_Statement], weight: dict[str, float]
) -> Iterator[tuple[_Statement, _Statement]]:
    by_unit: dict[str, list[_Statement]] = defaultdict(list)
    for statement in statements:
        by_unit[statement.unit].append(statement)
    for alike in by_unit.values():
        for one, two in combinations(alike, 2):
            if (
                one.source is two.source
                or one.value == two.value
                or (one.years and two.years and not one.years & two.years)
            ):
                continue
            low, high = sorted((abs(one.value), abs(two.value)))
            if low * _FURTHEST < high:
                continue
            if _similarity(one, two, weight) >= _SIMILAR and not _says_both(one, two):
                yield one, two


def _similarity(one: _Statement, two: _Statement, weight: dict[str, float]) -> float:
    """Cosine over the words of the clauses (whole weight) and of the rest of the sentence and the title (half)."""

    def vector(s: _Statement) -> dict[str, float]:
        return {w: weight[w] for w in s.words} | {w: weight[w] * _CONTEXT_WEIGHT for w in s.context}

    a, b = vector(one), vector(two)
    shared = sum(a[w] * b[w] for w in a.keys() & b.keys())
    if not shared:
        return 0.0
    return shared / math.sqrt(sum(x * x for x in a.values()) * sum(x * x for x in b.values()))


def _says_both(one: _Statement, two: _Statement) -> bool:
    """Whether a document gives the other's value too: then it tells of both."""
    return any(
        any(
            f.value == other.value and f.unit == other.unit
            for s in own.source.sentences
            for f in figures(s.text)
        )
        for own, other in ((one, two), (two, one))
    )
