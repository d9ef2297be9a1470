"""Fit the weights with which the assistant judges whether it can answer: `python -m bench.fit_answerable [--foreign FILE]`.

Each part of each question of `evals/` is one example: answerable or not, with the signals of `answering.signals`.
The set `independent` is left out, so that it measures the weights on questions they were not fitted on.
`--foreign` adds questions of another world (JSONL with `question` or `text`), all to be declined. Parts that their best
sentence contradicts are declined by rule and left out. Logistic regression with L2 (Newton's method), because a dozen
numbers that can be read and explained are wanted, not a tree. Prints cross-validated shares, folds by question, and with
`--write` writes `answerable.yaml`; the thresholds in it are chosen by a person from the printed table.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from assistant.answering import answerable
from assistant.answering.signals import Signals
from assistant.evaluation.rows import load_sets
from assistant.service import Service
from assistant.settings import load_settings

WEIGHED = ("match", "coverage", "document", "grams", "known", "strange", "dense", "named", "head")
HELD_OUT = "independent"
L2 = 2.0
FOLDS = 5
# Foreign questions outnumber the others; together they should not decide everything.
FOREIGN_WEIGHT = 0.3
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """One part of a question."""

    question: int
    signals: Signals
    answerable: bool
    weight: float


def fit(rows: Matrix, labels: Matrix, weights: Matrix) -> Matrix:
    """Coefficients, the intercept last, of an L2-regularised logistic regression (the intercept is not shrunk)."""
    design = np.c_[rows, np.ones(len(rows))]
    shrink = np.r_[np.full(rows.shape[1], L2), 1e-6]
    found = np.zeros(design.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ found))
        gradient = design.T @ (weights * (chance - labels)) + shrink * found
        curvature = (design * (weights * chance * (1 - chance))[:, None]).T @ design + np.diag(shrink)
        found -= np.linalg.solve(curvature, gradient)
    return found


def examples_of(service: Service, foreign: Path | None) -> list[Example]:
    """The signals of every question, through the product's own chain."""
    sets = [path.stem for path in sorted(service.settings.evals.glob("*.jsonl")) if path.stem != HELD_OUT]
    own = load_sets(service.settings.evals, sets)
    asked = [(row.question, row.turns, not row.must_decline, 1.0) for row in own]
    if foreign:
        lines = [
            json.loads(line) for line in foreign.read_text(encoding="utf-8").splitlines() if line.strip()
        ]
        asked += [(line.get("question") or line["text"], (), False, FOREIGN_WEIGHT) for line in lines]
    found = []
    for number, (question, history, can, weight) in enumerate(asked):
        answer = service.ask(service.query(question, history=history))
        for signals in answer.trace.get("signals", ()):  # type: ignore[attr-defined]  # the trace is plain JSON
            found.append(Example(number, Signals(**signals), can, weight))
    return found


def cross_validated(examples: list[Example]) -> Matrix:
    """For each example the chance given by a model that has not seen its question; 0 where contradicted."""
    folds = np.random.default_rng(0).integers(0, FOLDS, max(e.question for e in examples) + 1)
    fold = folds[[e.question for e in examples]]
    ruled_out = np.array([e.signals.contradicted for e in examples])
    rows, labels, weights = _arrays(examples)
    chances = np.zeros(len(examples))
    for k in range(FOLDS):
        seen = (fold != k) & ~ruled_out
        found = fit(rows[seen], labels[seen], weights[seen])
        held_out = fold == k
        chances[held_out] = 1 / (1 + np.exp(-np.c_[rows[held_out], np.ones(held_out.sum())] @ found))
    chances[ruled_out] = 0.0
    return chances


def _arrays(examples: list[Example]) -> tuple[Matrix, Matrix, Matrix]:
    rows = np.array([[asdict(e.signals)[name] for name in WEIGHED] for e in examples])
    return rows, np.array([float(e.answerable) for e in examples]), np.array([e.weight for e in examples])


def _shares(examples: list[Example], chances: Matrix, threshold: float) -> tuple[float, float, float]:
    """Shares of questions answered, declined (own), declined (foreign): a question counts by its best part."""
    best: dict[int, tuple[float, Example]] = {}
    for example, chance in zip(examples, chances, strict=True):
        if example.question not in best or chance > best[example.question][0]:
            best[example.question] = (float(chance), example)
    groups: dict[str, list[bool]] = {"answered": [], "own": [], "foreign": []}
    for chance, example in best.values():
        if example.answerable:
            groups["answered"].append(chance >= threshold)
        else:
            groups["own" if example.weight == 1.0 else "foreign"].append(chance < threshold)
    shares = [float(np.mean(g)) if g else float("nan") for g in groups.values()]
    return shares[0], shares[1], shares[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--foreign", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    service = Service.open(load_settings(model=None))
    examples = examples_of(service, options.foreign)
    chances = cross_validated(examples)
    print(f"{len(examples)} parts of {len({e.question for e in examples})} questions")
    for threshold in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        answered, own, foreign = _shares(examples, chances, threshold)
        print(f"{threshold:.2f}  answered {answered:.3f}  declined own {own:.3f}  foreign {foreign:.3f}")
    kept = [e for e in examples if not e.signals.contradicted]
    found = fit(*_arrays(kept))
    weights = {name: round(float(value), 2) for name, value in zip(WEIGHED, found[:-1], strict=True)}
    print(weights, round(float(found[-1]), 2))
    if options.write:
        path = Path(answerable.__file__).with_name("answerable.yaml")
        limits = yaml.safe_load(path.read_text(encoding="utf-8"))
        limits |= {"weights": weights, "intercept": round(float(found[-1]), 2)}
        head = "# Fitted by bench/fit_answerable.py; see there for data and figures.\n"
        path.write_text(head + yaml.safe_dump(limits, allow_unicode=True, sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    main()
