"""Evaluation: question sets, a run over them, metrics, the gate and the report."""

from assistant.evaluation.gate import check_gate, write_baseline
from assistant.evaluation.outcomes import Outcome, load_outcomes, save_outcomes
from assistant.evaluation.report import render, to_json
from assistant.evaluation.rows import Row, load_set, load_sets
from assistant.evaluation.run import evaluate
from assistant.evaluation.score import Results, score

__all__ = [
    "Outcome",
    "Results",
    "Row",
    "check_gate",
    "evaluate",
    "load_outcomes",
    "load_set",
    "load_sets",
    "render",
    "save_outcomes",
    "score",
    "to_json",
    "write_baseline",
]
