"""The gate: what a run must reach, and how far it may fall behind the baseline."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from assistant.errors import EvaluationError
from assistant.evaluation.metrics import METRICS
from assistant.evaluation.score import Results


class Limit(BaseModel):
    """The least mean a metric must have, and how much lower than the baseline it may be."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    minimum: float = Field(ge=0, le=1)
    allowed_drop: float = Field(ge=0, le=1)


class Gates(BaseModel):
    """The whole of `gates.yaml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    metrics: Mapping[str, Limit]
    errors: int = Field(0, ge=0, description="rows that may end in an error")
    answer_length: float | None = Field(
        None, gt=0, description="highest median length of plain answers, characters"
    )

    @field_validator("metrics")
    @classmethod
    def _are_known(cls, metrics: Mapping[str, Limit]) -> Mapping[str, Limit]:
        unknown = sorted(set(metrics) - set(METRICS))
        if unknown:
            raise ValueError(f"没有名为 {'、'.join(unknown)} 的指标，可用的有 {'、'.join(METRICS)}")
        return metrics


class Baseline(BaseModel):
    """The whole of `baseline.json`: the means of a run that was accepted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rows: int
    metrics: Mapping[str, float]


def check_gate(results: Results, gates_path: Path, baseline_path: Path) -> list[str]:
    """What the run falls short of, one sentence each; empty when it passes.

    Raises `EvaluationError` when a file cannot be read or does not say what it should.
    """
    gates = load_gates(gates_path)
    baseline = _baseline(baseline_path)
    failures = [f for name, limit in gates.metrics.items() for f in _check(name, limit, results, baseline)]
    if len(results.errors) > gates.errors:
        ids = "、".join(o.row.id for o in results.errors[:5])
        failures.append(
            f"有 {len(results.errors)} 题出错（{ids}），最多允许 {gates.errors} 题；请先查明出错原因。"
        )
    length = results.answer_length
    if gates.answer_length is not None and length is not None and length > gates.answer_length:
        failures.append(f"普通问题的回答中位长度为 {length:.0f} 字，超过上限 {gates.answer_length:.0f} 字。")
    return failures


def write_baseline(results: Results, path: Path) -> None:
    """Make this run the baseline."""
    means = {name: round(summary.mean, 4) for name, summary in results.metrics.items()}
    text = json.dumps({"rows": len(results.outcomes), "metrics": means}, ensure_ascii=False, indent=2) + "\n"
    beside = path.with_name(path.name + ".tmp")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, path)


def _check(name: str, limit: Limit, results: Results, baseline: Baseline) -> list[str]:
    summary = results.metrics.get(name)
    if summary is None:
        return [f"指标 {name} 没有可计分的题；请补充评测题或从 gates.yaml 去掉该指标。"]
    found = []
    if summary.mean < limit.minimum:
        found.append(f"指标 {name} 为 {summary.mean:.3f}，低于下限 {limit.minimum:.3f}。")
    before = baseline.metrics.get(name)
    # The baseline is stored with four decimals; less than that is no drop.
    if before is not None and before - summary.mean > limit.allowed_drop + 1e-4:
        found.append(
            f"指标 {name} 由基线 {before:.3f} 降到 {summary.mean:.3f}，超过允许的 {limit.allowed_drop:.3f}。"
        )
    return found


def load_gates(path: Path) -> Gates:
    """The gates of a file. Raises `EvaluationError` saying what is wrong with it."""
    try:
        return Gates.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as problem:
        raise EvaluationError(f"门槛文件 {path} 无法读取；请检查路径。") from problem
    except yaml.YAMLError as problem:
        raise EvaluationError(f"门槛文件 {path.name} 不是有效的 YAML；请改正后再试。") from problem
    except ValidationError as problem:
        raise EvaluationError(_sentence("门槛文件", path, problem)) from problem


def _baseline(path: Path) -> Baseline:
    try:
        return Baseline.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as problem:
        raise EvaluationError(f"基线文件 {path} 无法读取；请检查路径，或先写一份基线。") from problem
    except ValidationError as problem:
        raise EvaluationError(_sentence("基线文件", path, problem)) from problem


def _sentence(what: str, path: Path, problem: ValidationError) -> str:
    first = problem.errors()[0]
    field = ".".join(str(part) for part in first["loc"])
    return f"{what} {path.name} 的 {field or '内容'} 不可用（{first['msg']}）；请改正后再试。"
