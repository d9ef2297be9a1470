"""`assistant eval`: load the sets, run or score again, report, and hold the gate."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.evaluation.gate import check_gate, write_baseline
from assistant.evaluation.outcomes import load_outcomes, save_outcomes
from assistant.evaluation.report import render, to_json
from assistant.evaluation.rows import load_sets
from assistant.evaluation.run import evaluate
from assistant.evaluation.score import Results, score
from assistant.progress import progress_bar

if TYPE_CHECKING:
    from assistant.service import Service

LAST_RUN = Path("evaluation") / "last.jsonl"
_WIDTH = 160


def run_evaluation(
    service: Service,
    *,
    sets: Sequence[str] | None = None,
    gate: bool = False,
    as_json: bool = False,
    save_baseline: bool = False,
    rescore: Path | None = None,
    out: Callable[[str], None],
) -> int:
    """Run the named sets (all when none) and hand the report to `out`; what was seen stays in the home.

    With `rescore` the outcomes of an older run are scored instead and nothing is asked. Returns 1 when `gate`
    is asked for and not passed, else 0. Raises `EvaluationError` for files that cannot be read.
    """
    settings = service.settings
    if rescore is not None:
        results = score(load_outcomes(rescore))
    else:
        rows = load_sets(settings.evals, sets or ())
        with progress_bar() as progress:
            results = evaluate(service, rows, progress)
        save_outcomes(results.outcomes, settings.home / LAST_RUN)
    baseline = settings.evals / "baseline.json"
    if save_baseline:
        write_baseline(results, baseline)
    failures = check_gate(results, settings.evals / "gates.yaml", baseline) if gate else []
    out(
        json.dumps(to_json(results, failures), ensure_ascii=False) if as_json else _as_text(results, failures)
    )
    return 1 if failures else 0


def _as_text(results: Results, failures: Sequence[str]) -> str:
    from rich.console import Console

    # A pipe has no width of its own, and rows cut at 80 columns cannot be read in a CI log.
    terminal = sys.stdout.isatty()
    console = Console(file=StringIO(), width=None if terminal else _WIDTH, force_terminal=terminal)
    with console.capture() as capture:
        console.print(render(results, failures))
    return capture.get().rstrip("\n")
