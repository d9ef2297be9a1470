"""Evaluation rows as people write them: one JSON object a line, one JSONL file a set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from assistant.domain import Status, Turn
from assistant.errors import EvaluationError

Text = Annotated[str, Field(min_length=1)]


class RowTurn(BaseModel):
    """One earlier question and its answer."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    q: Text
    a: str


class Row(BaseModel):
    """One question and what a right answer holds.

    `key_points` and `figures`: alternatives are separated by `|`, the terms one alternative needs by spaces.
    `documents`: each entry is needed; ids that serve equally are separated by `|` (`c01|founding-article`).
    `sections`: parts of headings, any of which is a right place. `forbidden`: what must not be shown.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Text
    question: Text
    history: tuple[RowTurn, ...] = ()
    as_of: date | None = None
    documents: tuple[Text, ...] = ()
    sections: tuple[Text, ...] = ()
    key_points: tuple[Text, ...] = ()
    figures: tuple[Text, ...] = ()
    forbidden: tuple[Text, ...] = ()
    must_decline: bool
    expected_status: Status | None = None
    tags: tuple[Text, ...] = ()

    @model_validator(mode="after")
    def _is_coherent(self) -> Self:
        if self.must_decline:
            if self.documents or self.key_points or self.figures or self.sections:
                raise ValueError(
                    "must_decline 为 true 的题不能再写 documents、sections、key_points 或 figures"
                )
            if self.expected_status and not self.expected_status.startswith("declined"):
                raise ValueError("must_decline 为 true 的题，expected_status 须以 declined 开头")
        elif not self.documents or not (self.key_points or self.figures):
            raise ValueError("可回答的题要写 documents，并写 key_points 或 figures")
        return self

    @property
    def turns(self) -> tuple[Turn, ...]:
        return tuple(Turn(turn.q, turn.a) for turn in self.history)

    @property
    def wanted(self) -> tuple[frozenset[str], ...]:
        """The needed documents, each as the set of ids that serve equally."""
        return tuple(frozenset(entry.split("|")) for entry in self.documents)

    @property
    def relevant(self) -> frozenset[str]:
        """Every id that is a right source."""
        return frozenset().union(*self.wanted)


def load_set(path: Path) -> list[Row]:
    """The rows of one set. Raises `EvaluationError` naming the file and line of the first unusable row."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise EvaluationError(f"评测集 {path} 无法读取；请检查路径，文件须为 UTF-8 的 JSONL。") from problem
    rows = [_row(line, f"评测集 {path.name} 第{n}行") for n, line in enumerate(lines, 1) if line.strip()]
    if not rows:
        raise EvaluationError(f"评测集 {path.name} 没有题目；请至少写一行。")
    return rows


def load_sets(directory: Path, names: Sequence[str] = ()) -> list[Row]:
    """The rows of the named sets of a directory (all `*.jsonl` when none is named), ids unique over all."""
    paths = [directory / f"{name}.jsonl" for name in names] or sorted(directory.glob("*.jsonl"))
    if not paths:
        raise EvaluationError(
            f"目录 {directory} 里没有评测集（*.jsonl）；请检查 --evals 或设置 ASSISTANT_EVALS。"
        )
    rows: list[Row] = []
    owners: dict[str, str] = {}
    for path in paths:
        for row in load_set(path):
            if row.id in owners:
                raise EvaluationError(
                    f"题号 {row.id} 在 {owners[row.id]} 和 {path.name} 里重复；请改掉其中一个。"
                )
            owners[row.id] = path.name
            rows.append(row)
    return rows


def _row(line: str, where: str) -> Row:
    try:
        return Row.model_validate_json(line)
    except ValidationError as problem:
        first = problem.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise EvaluationError(
            f"{where}{f' {field}' if field else ''}：{first['msg']}；请改正后再试。"
        ) from problem
