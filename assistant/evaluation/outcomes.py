"""What a run saw for each row, in the shape of `ask --json`, kept so that old output can be scored again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from assistant.domain import Verdict
from assistant.errors import EvaluationError
from assistant.evaluation.rows import Row


class _Seen(BaseModel):
    # Keys that scoring does not read are allowed: the contract may grow.
    model_config = ConfigDict(frozen=True, extra="ignore")


class SeenClaim(_Seen):
    """One sentence of the answer."""

    text: str
    verdict: Verdict
    citations: tuple[int, ...] = ()


class SeenCitation(_Seen):
    """One citation of the answer."""

    n: int
    document_id: str
    title: str = ""
    doc_number: str | None = None
    section: str = ""
    quote: str = ""


class SeenAnswer(_Seen):
    """The part of `ask --json` that is scored."""

    status: str
    answer: str = ""
    claims: tuple[SeenClaim, ...] = ()
    citations: tuple[SeenCitation, ...] = ()


class Outcome(_Seen):
    """One row, its ranked documents (best first, each once), its answer, or the error that prevented it."""

    row: Row
    ranked: tuple[str, ...] = ()
    answer: SeenAnswer
    error: str | None = None
    seconds: float = 0.0

    @property
    def failed(self) -> bool:
        """Whether it ended in an error; every metric that applies then counts as wrong."""
        return self.error is not None or self.answer.status.startswith("error")


def save_outcomes(outcomes: Iterable[Outcome], path: Path) -> None:
    """One JSON object a line, replacing the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(o.model_dump_json() + "\n" for o in outcomes), encoding="utf-8")


def load_outcomes(path: Path) -> list[Outcome]:
    """What `save_outcomes` wrote. Raises `EvaluationError` naming the line that cannot be used."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise EvaluationError(f"评测结果 {path} 无法读取；请检查路径。") from problem
    found: list[Outcome] = []
    for n, line in enumerate(lines, 1):
        try:
            found.append(Outcome.model_validate_json(line))
        except ValidationError as problem:
            raise EvaluationError(f"评测结果 {path.name} 第{n}行不可用；请重新运行评测。") from problem
    return found
