"""One question and its answer as the page shows them: pure functions from a record to JSON without markup."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.web.quoting import citation_line, copy_text
from assistant.web.record import STEPS, Record

_MARKER = re.compile(r"\[(\d+)\]")
_ITEM = re.compile(r"(?:^|\n)\d+\. $")


@dataclass(frozen=True, slots=True)
class Shown:
    """One question with its record; `id` is None while it is not stored, `seconds` counts while it is worked on."""

    record: Record
    id: str | None = None
    feedback: str | None = None
    seconds: int = 0


def message(shown: Shown, today: date) -> dict[str, Any]:
    """One question and what became of it."""
    record = shown.record
    status: str = record["status"]
    state = _state(status)
    text: str = record.get("answer", "")
    blocks, rest = _blocks(text, record.get("claims", []))
    withdrawn = [c["text"] for c in record.get("withdrawn", [])]
    answered = state == "answered"
    return {
        "id": shown.id,
        "question": record["question"],
        "rewritten": record.get("rewritten"),
        "filters": [[name, value] for name, value in record.get("filters", {}).get("read", {}).items()],
        "unread": record.get("unread", []),
        "as_of": record["as_of"] if record["as_of"] != today.isoformat() else None,
        "state": state,
        "partly": status == "answered_partly",
        "steps": _steps(record["step"]) if state == "working" else [],
        "seconds": shown.seconds,
        "blocks": blocks if state in ("answered", "working", "stopped") else [],
        # A declined answer's first line says why; what follows in its text is shown below as parts of their own.
        "sentence": "" if answered else text.split("\n")[0],
        "notes": [_segments(line) for line in rest if _is_note(line, withdrawn)] if answered else [],
        "conflicts": _conflicts(record),
        "withdrawn": withdrawn,
        "warnings": record.get("warnings", []),
        "citations": [_citation(c) for c in record.get("citations", [])],
        "nearest": [_citation(c) for c in record.get("nearest", [])],
        "follow_ups": record.get("follow_ups", []),
        "copy": copy_text(record) if answered else "",
        "why": _why(record) if answered or state == "declined" else None,
        "feedback": shown.feedback,
    }


def safe_url(url: str | None) -> str | None:
    """The address if a browser may follow it, else None: a document's front matter may hold anything."""
    return url if url and re.match(r"https?://[^\s]+$", url, re.IGNORECASE) else None


def _state(status: str) -> str:
    prefix = status.split("_")[0]
    return prefix if prefix in ("working", "answered", "declined", "stopped") else "error"


def _steps(current: str) -> list[dict[str, str]]:
    at = STEPS.index(current)
    return [
        {"name": name, "at": "done" if i < at else "now" if i == at else "next"}
        for i, name in enumerate(STEPS)
    ]


def _blocks(text: str, claims: Sequence[Mapping[str, Any]]) -> tuple[list[dict[str, Any]], list[str]]:
    """Claims as paragraphs and lists, as the answer's text lays them out, and the lines that follow the claims."""
    blocks: list[dict[str, Any]] = []
    at = 0
    for claim in claims:
        marked = claim["text"] + "".join(f"[{n}]" for n in claim["citations"])
        found = text.find(marked, at)
        before = text[at:found] if found >= 0 else ""
        kind = "list" if found >= 0 and _ITEM.search("\n" + text[:found].rpartition("\n")[2]) else "text"
        at = found + len(marked) if found >= 0 else at
        part = {"text": claim["text"], "verdict": claim["verdict"], "citations": claim["citations"]}
        if blocks and blocks[-1]["kind"] == kind and (kind == "list" or "\n" not in before):
            blocks[-1]["claims"].append(part)
        else:
            blocks.append({"kind": kind, "claims": [part]})
    return blocks, [line for line in text[at:].split("\n") if line.strip()]


def _segments(line: str) -> list[dict[str, Any]]:
    """A line cut at its [n] markers: `{"text"}` and `{"n"}` parts."""
    parts: list[dict[str, Any]] = []
    for i, piece in enumerate(_MARKER.split(line)):
        if piece:
            parts.append({"n": int(piece)} if i % 2 else {"text": piece})
    return parts


def _is_note(line: str, withdrawn: Sequence[str]) -> bool:
    # Withdrawn sentences are told in a part of their own, where they can be opened.
    return not (withdrawn and line.endswith("已撤下。"))


def _conflicts(record: Record) -> list[dict[str, Any]]:
    by_number = {c["n"]: c for c in record.get("citations", [])}
    return [
        {
            "subject": conflict["subject"],
            "rule": conflict["rule"],
            "sides": [
                {
                    "n": side["n"],
                    "value": side["value"],
                    "prevails": side["n"] == conflict["prevails"],
                    "title": by_number[side["n"]]["title"],
                    "doc_number": by_number[side["n"]]["doc_number"],
                    "validity": by_number[side["n"]]["validity"],
                    "digest": by_number[side["n"]]["text_kind"] == "digest",
                }
                for side in conflict["sides"]
                if side["n"] in by_number
            ],
        }
        for conflict in record.get("conflicts", [])
    ]


def _citation(citation: Mapping[str, Any]) -> dict[str, Any]:
    dates = [
        [key, citation[key]] for key in ("signed", "published", "effective", "until") if citation.get(key)
    ]
    return {
        "n": citation["n"],
        "title": citation["title"],
        "kind": citation["kind"],
        "doc_number": citation["doc_number"],
        "issuers": "、".join(citation["issuers"]),
        "dates": dates,
        "validity": citation["validity"],
        "digest": citation["text_kind"] == "digest",
        "checked_on": citation["checked_on"],
        "section": citation["section"],
        "before": _paragraphs(citation.get("before", "")),
        "quote": citation["quote"],
        "after": _paragraphs(citation.get("after", "")),
        "url": safe_url(citation["url"]),
        "source_url": safe_url(citation["source_url"]),
        "source_kind": citation["source_kind"],
        "copy": citation_line(citation),
    }


def _paragraphs(text: str) -> str:
    return re.sub(r"\n\s*\n", "\n", text)


def _why(record: Record) -> dict[str, Any]:
    timings = record.get("timings_ms", {})
    return {
        "model": record.get("model"),
        "tokens": record.get("tokens", {}),
        "timings": [[name, round(ms)] for name, ms in timings.items()],
        "reasons": [
            {"text": c["text"], "verdict": c["verdict"], "reason": c["reason"], "citations": c["citations"]}
            for c in record.get("claims", [])
        ],
        "read": [str(hit) for hit in record.get("trace", {}).get("hits", [])],
    }
