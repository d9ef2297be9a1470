"""Asking the service every row."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from assistant.answering.contract import answer_to_json
from assistant.domain import Hit, Status
from assistant.errors import AssistantError
from assistant.evaluation.outcomes import Outcome, SeenAnswer
from assistant.evaluation.rows import Row
from assistant.evaluation.score import Results, score

if TYPE_CHECKING:
    from assistant.service import Service

# Ten documents are scored, and one document often fills several of the first ranks.
PASSAGES = 50

Progress = Callable[[str, int, int], None]

_log = logging.getLogger(__name__)


def evaluate(service: Service, rows: Sequence[Row], progress: Progress | None = None) -> Results:
    """Ask every row in order and score what came. A row that fails counts as wrong and the rest goes on.

    `progress` is called with ("evaluate", rows done, rows in all).
    """
    outcomes: list[Outcome] = []
    for done, row in enumerate(rows, 1):
        outcomes.append(ask_row(service, row))
        if progress:
            progress("evaluate", done, len(rows))
    return score(outcomes)


def ask_row(service: Service, row: Row) -> Outcome:
    """Search and answer one row as a user would."""
    started = time.perf_counter()
    ranked: tuple[str, ...] = ()
    seen = SeenAnswer(status=Status.ERROR_INTERNAL)
    error = None
    try:
        query = service.query(row.question, as_of=row.as_of, history=row.turns)
        answer = service.ask(query)
        ranked = ranked_documents(service.search(query, PASSAGES))
        seen = SeenAnswer.model_validate(answer_to_json(answer))
        error = answer.text if answer.status.is_error else None
    except AssistantError as problem:
        error = str(problem)
    except Exception as problem:  # a defect must show as its row's failure, not end a run of many minutes
        _log.exception("评测题 %s 出错", row.id)
        error = f"{type(problem).__name__}: {problem}"
    return Outcome(row=row, ranked=ranked, answer=seen, error=error, seconds=time.perf_counter() - started)


def ranked_documents(hits: Iterable[Hit]) -> tuple[str, ...]:
    """Document ids in the order in which their first passage was found."""
    return tuple(dict.fromkeys(hit.document.id for hit in hits))
