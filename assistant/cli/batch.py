"""Questions from files: batches of rows and earlier turns of a conversation, as people write them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from pydantic import BaseModel, TypeAdapter, ValidationError

from assistant.domain import Turn
from assistant.errors import QueryError, in_words


class PastTurn(BaseModel):
    """One earlier question and its answer."""

    q: str
    a: str = ""


class BatchRow(BaseModel):
    """One question of a batch; other keys are ignored."""

    id: str
    question: str
    history: tuple[PastTurn, ...] = ()
    as_of: date | None = None


def read_batch(path: Path) -> list[BatchRow]:
    """The rows of a JSONL file; raises `QueryError` naming the line that cannot be read."""
    rows = []
    for number, line in enumerate(_read(path).splitlines(), 1):
        if line.strip():
            try:
                rows.append(BatchRow.model_validate_json(line))
            except ValidationError as problem:
                raise QueryError(
                    f"{path} 第 {number} 行不可用（{_first(problem)}）；请改正后再试。"
                ) from None
    return rows


def read_history(path: Path) -> tuple[Turn, ...]:
    """Turns of a JSON list `[{"q","a"}]`; raises `QueryError` when it is something else."""
    try:
        turns = TypeAdapter(tuple[PastTurn, ...]).validate_python(json.loads(_read(path)))
    except ValueError as problem:
        detail = _first(problem) if isinstance(problem, ValidationError) else "不是 JSON"
        raise QueryError(f'{path} 不可用（{detail}）；应为 [{{"q": "问", "a": "答"}}] 的列表。') from None
    return tuple(Turn(t.q, t.a) for t in turns)


def history_of(row: BatchRow) -> tuple[Turn, ...]:
    """The row's earlier turns."""
    return tuple(Turn(t.q, t.a) for t in row.history)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else "不是 UTF-8 文本"
        raise QueryError(f"读不到文件 {path}（{reason}）；请检查路径。") from None


def _first(problem: ValidationError) -> str:
    error = problem.errors()[0]
    place = ".".join(str(p) for p in error["loc"])
    return f"{place}：{in_words(error['type'])}" if place else in_words(error["type"])
