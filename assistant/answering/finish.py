"""The end of an answer: its status, its text with notices, the nearest sources where there is none, what to ask next."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answering.citing import make_citation
from assistant.answering.conflict import find_conflicts
from assistant.answering.follow_ups import follow_ups
from assistant.answering.question import Ask
from assistant.answering.wording import answer_text, refusal, validity_notice
from assistant.answering.work import Work
from assistant.domain import Answer, Citation, Conflict, Status, Validity
from assistant.library.framework import Framework
from assistant.library.snapshot import Snapshot

NEAREST = 3
_NOT_IN_FORCE = frozenset({Validity.EXPIRED, Validity.REPEALED, Validity.AMENDED, Validity.NOT_YET})


def finish(work: Work, library: Snapshot, framework: Framework) -> Answer:
    """The whole answer from what the steps have found."""
    citations = work.book.citations
    status = work.status or _status(work)
    nearest = _nearest(work, library) if status is Status.DECLINED_NO_SOURCE else ()
    asked_next = follow_ups(work.query.text, citations or nearest, framework)
    conflicts = find_conflicts(work.asked, work.query.effective_text, work.claims, citations)
    if status.is_answer:
        text = answer_text(work.parts, [*_notices(work, library), *_conflict_notices(conflicts)])
    else:
        text = refusal(status, nearest, asked_next)
    return Answer(
        question=work.query.text,
        status=status,
        text=text,
        claims=tuple(work.claims),
        citations=citations,
        conflicts=conflicts,
        nearest=nearest,
        follow_ups=asked_next,
        withdrawn=tuple(work.withdrawn),
        rewritten=work.query.rewritten,
        read=work.read,
        dropped=work.dropped,
        timings_ms=work.timings,
        prompt_tokens=work.usage.prompt,
        completion_tokens=work.usage.completion,
        warnings=tuple(work.warnings),
        trace=work.trace,
    )


def _status(work: Work) -> Status:
    if not any(claim.citations for claim in work.claims):
        return Status.DECLINED_NO_SOURCE
    return Status.ANSWERED_PARTLY if work.missing else Status.ANSWERED


def _notices(work: Work, library: Snapshot) -> list[str]:
    """What the reader must know beside the claims: documents not in force, parts without a source, sentences withdrawn."""
    notices = []
    if Ask.VALIDITY not in work.asked.kinds:
        for document in {c.document.id: c.document for c in work.book.citations}.values():
            state = library.validity(document, work.query.as_of)
            if state in _NOT_IN_FORCE:
                successor = library.successor(document)
                notices.append(validity_notice(document, state, work.query.as_of, successor))
    notices += [f"“{part.strip('，,。？? ')}”这一问，文库中没有依据。" for part in work.missing]
    if work.withdrawn:
        notices.append("有句子未能在来源中得到支持，已撤下。")
    return notices


def _conflict_notices(conflicts: Sequence[Conflict]) -> list[str]:
    return [
        f"注意：来源说法不一：{'；'.join(f'{s.value}[{s.n}]' for s in c.sides)}。{c.rule}，引用时请注明出处。"
        for c in conflicts
    ]


def _nearest(work: Work, library: Snapshot) -> tuple[Citation, ...]:
    near = [h.passage for h in work.hits if not h.passage.is_note][:NEAREST]
    return tuple(
        make_citation(n, d, p, p.start, p.end, library.validity(d, work.query.as_of))
        for n, (d, p) in enumerate(((library.document(p.document_id), p) for p in near), 1)
    )
