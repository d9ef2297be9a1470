"""Answers, citations and hits as the JSON that `--json`, the HTTP API and the records share. Change only by adding."""

from __future__ import annotations

from typing import Any

from assistant.domain import Answer, Citation, Claim, Findings
from assistant.retrieval.filters import shown


def answer_to_json(answer: Answer) -> dict[str, Any]:
    """The whole answer; `answer` holds all that is shown."""
    return {
        "question": answer.question,
        "rewritten": answer.rewritten,
        "filters": {"read": shown(answer.read), "dropped": shown(answer.dropped)},
        "status": answer.status.value,
        "answer": answer.text,
        "claims": [claim_to_json(c) for c in answer.claims],
        "citations": [citation_to_json(c) for c in answer.citations],
        "conflicts": [
            {
                "subject": c.subject,
                "sides": [{"n": s.n, "value": s.value} for s in c.sides],
                "prevails": c.prevails,
                "rule": c.rule,
            }
            for c in answer.conflicts
        ],
        "nearest": [citation_to_json(c) for c in answer.nearest],
        "withdrawn": [claim_to_json(c) for c in answer.withdrawn],
        "follow_ups": list(answer.follow_ups),
        "timings_ms": {step: round(ms, 2) for step, ms in answer.timings_ms.items()},
        "tokens": {"prompt": answer.prompt_tokens, "completion": answer.completion_tokens},
        "warnings": list(answer.warnings),
        "trace": dict(answer.trace),
    }


def claim_to_json(claim: Claim) -> dict[str, Any]:
    """One sentence with its citation numbers and verdict."""
    return {
        "text": claim.text,
        "verdict": claim.verdict.value,
        "citations": list(claim.citations),
        "reason": claim.reason,
    }


def citation_to_json(citation: Citation) -> dict[str, Any]:
    """One citation with what an official needs to quote it: number, date, validity, digest or original."""
    document = citation.document
    return {
        "n": citation.n,
        "document_id": document.id,
        "title": document.title,
        "doc_number": document.doc_number,
        "section": citation.section,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "reference": citation.reference,
        "kind": document.kind.value,
        "issuers": list(document.issuers),
        "text_kind": document.text_kind.value,
        "signed": _iso(document.signed),
        "published": _iso(document.published),
        "effective": _iso(document.effective),
        "until": _iso(document.until),
        "checked_on": _iso(document.checked_on),
        "url": document.url,
        "source_url": citation.source_url or document.source_url,
        "source_kind": document.source_kind,
        "validity": citation.validity.value if citation.validity else None,
    }


def findings_to_json(query: str, findings: Findings) -> dict[str, Any]:
    """The result of a search."""
    return {
        "query": query,
        "filters": {"read": shown(findings.read), "dropped": shown(findings.dropped)},
        "warnings": list(findings.warnings),
        "hits": [
            {
                "rank": hit.rank,
                "document_id": hit.document.id,
                "title": hit.document.title,
                "text_kind": hit.document.text_kind.value,
                "section": " / ".join(hit.passage.section_path),
                "text": hit.passage.text,
                "scores": {name: round(value, 4) for name, value in hit.scores.items()},
                "ranks": dict(hit.ranks),
                "folded": list(hit.folded),
            }
            for hit in findings.hits
        ],
    }


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
