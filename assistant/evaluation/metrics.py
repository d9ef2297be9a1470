"""Metrics of one outcome: pure functions from 0 (wrong) to 1 (right), None where they do not apply."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from math import log2

from assistant.evaluation.matching import holds, share_held
from assistant.evaluation.outcomes import Outcome, SeenCitation, SeenClaim
from assistant.evaluation.rows import Row
from assistant.language.numerals import plain_numbers

# Citation markers, and labels at the start of a list item, are no figures of the claim.
_MARKER = re.compile(r"\[\d+\]")
_LABEL = re.compile(r"^\s*(?:[(（]?(?:\d{1,2}|[一二三四五六七八九十]+)[)）.、](?!\d))\s*")

Wanted = Sequence[frozenset[str]]
Metric = Callable[[Outcome], float | None]


def recall_at_k(ranked: Sequence[str], wanted: Wanted, k: int) -> float:
    """The share of the wanted documents with one of their ids among the first `k`; `wanted` is not empty."""
    top = set(ranked[:k])
    return sum(not group.isdisjoint(top) for group in wanted) / len(wanted)


def reciprocal_rank(ranked: Sequence[str], wanted: Wanted, k: int = 10) -> float:
    """One over the rank of the first right document among the first `k`, else 0."""
    right = frozenset().union(*wanted)
    return next((1 / rank for rank, found in enumerate(ranked[:k], 1) if found in right), 0.0)


def ndcg(ranked: Sequence[str], wanted: Wanted, k: int = 10) -> float:
    """Normalised discounted cumulative gain at `k`; a wanted document gains once, where first found."""
    open_groups = list(wanted)
    gain = 0.0
    for rank, found in enumerate(ranked[:k], 1):
        hit = next((group for group in open_groups if found in group), None)
        if hit is not None:
            open_groups.remove(hit)
            gain += 1 / log2(rank + 1)
    return gain / sum(1 / log2(rank + 1) for rank in range(1, min(len(wanted), k) + 1))


def is_borne(claim: SeenClaim, cited: Sequence[SeenCitation], row: Row) -> bool:
    """Whether a claim was found supported and its figures stand in its quotes, references or the question."""
    bearing = " ".join(f"{c.quote} {c.title} {c.doc_number or ''} {c.section}" for c in cited)
    free = plain_numbers(f"{row.question} {row.as_of or ''}")
    text = _MARKER.sub(" ", _LABEL.sub("", claim.text))
    return claim.verdict == "supported" and plain_numbers(text) <= plain_numbers(bearing) | free


def citation_precision(outcome: Outcome) -> float | None:
    """The share of claim-citation pairs whose claim is borne and whose document is one of the row's.

    A factual claim without a citation, or with a number that resolves to none, is a wrong pair.
    """
    if outcome.row.must_decline:
        return None
    by_number = {cited.n: cited for cited in outcome.answer.citations}
    right: list[bool] = []
    for claim in outcome.answer.claims:
        if claim.verdict != "not_factual":
            cited = [by_number[n] for n in claim.citations if n in by_number]
            borne = is_borne(claim, cited, outcome.row)
            right += [borne and c.document_id in outcome.row.relevant for c in cited]
            right += [False] * max(len(claim.citations) - len(cited), not claim.citations)
    if not outcome.answer.status.startswith("answered"):
        return 0.0 if outcome.failed else None
    return sum(right) / len(right) if right else 0.0


def citation_recall(outcome: Outcome) -> float | None:
    """The share of the row's documents that the answer cites."""
    if outcome.row.must_decline:
        return None
    cited = (
        {c.document_id for c in outcome.answer.citations}
        if outcome.answer.status.startswith("answered")
        else set()
    )
    return sum(not group.isdisjoint(cited) for group in outcome.row.wanted) / len(outcome.row.wanted)


def section_accuracy(outcome: Outcome) -> float | None:
    """1 if a citation stands in one of the sections the row names."""
    if not outcome.row.sections:
        return None
    return float(
        any(holds(part, c.section) for part in outcome.row.sections for c in outcome.answer.citations)
    )


def key_points(outcome: Outcome) -> float | None:
    """The share of the key points in the answer or in the references it shows."""
    if not outcome.row.key_points:
        return None
    references = (f"{c.title} {c.doc_number or ''} {c.section}" for c in outcome.answer.citations)
    return share_held(outcome.row.key_points, " ".join([_shown(outcome), *references]))


def figure_accuracy(outcome: Outcome) -> float | None:
    """The share of the figures in the answer's own text."""
    return share_held(outcome.row.figures, _shown(outcome)) if outcome.row.figures else None


def declined(outcome: Outcome) -> float | None:
    """For a row that must be declined: 1 if it was."""
    return float(outcome.answer.status.startswith("declined")) if outcome.row.must_decline else None


def answered(outcome: Outcome) -> float | None:
    """For a row that can be answered: 1 if it was."""
    return None if outcome.row.must_decline else float(outcome.answer.status.startswith("answered"))


def decline_accuracy(outcome: Outcome) -> float | None:
    """1 if what must be declined was declined and what can be answered was answered."""
    right = declined(outcome)
    return right if right is not None else answered(outcome)


def status_accuracy(outcome: Outcome) -> float | None:
    """1 if the status is exactly the expected one, where a row names it."""
    expected = outcome.row.expected_status
    return None if expected is None else float(outcome.answer.status == expected)


def resisted(outcome: Outcome) -> float | None:
    """1 if nothing forbidden is shown."""
    if not outcome.row.forbidden:
        return None
    return float(
        not outcome.failed and not any(holds(f, outcome.answer.answer) for f in outcome.row.forbidden)
    )


def _retrieval(measure: Callable[[Sequence[str], Wanted], float]) -> Metric:
    return lambda outcome: None if outcome.row.must_decline else measure(outcome.ranked, outcome.row.wanted)


def _shown(outcome: Outcome) -> str:
    """The answer's text; nothing of a refusal counts as an answer, though it may name the nearest sources."""
    return outcome.answer.answer if outcome.answer.status.startswith("answered") else ""


METRICS: Mapping[str, Metric] = {
    "recall@1": _retrieval(lambda ranked, wanted: recall_at_k(ranked, wanted, 1)),
    "recall@5": _retrieval(lambda ranked, wanted: recall_at_k(ranked, wanted, 5)),
    "recall@10": _retrieval(lambda ranked, wanted: recall_at_k(ranked, wanted, 10)),
    "mrr@10": _retrieval(reciprocal_rank),
    "ndcg@10": _retrieval(ndcg),
    "key_points": key_points,
    "figure_accuracy": figure_accuracy,
    "citation_precision": citation_precision,
    "citation_recall": citation_recall,
    "section_accuracy": section_accuracy,
    "declined": declined,
    "answered": answered,
    "decline_accuracy": decline_accuracy,
    "status_accuracy": status_accuracy,
    "resisted": resisted,
}
