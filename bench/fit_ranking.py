"""Fit the weights of the ranking features: `python -m bench.fit_ranking [DIR ...] [--write]`.

Questions are those of `evals/` and of data sets given (directories with `corpus.jsonl` and `queries.jsonl`); the set
`independent` is left out, so that it measures the weights on questions they were not fitted on. A passage is right when
it belongs to a wanted document and holds an expected article, key point or answer; where none does, all of the wanted
documents' candidates count as right, the likelier the more. The weights maximise the mean log-probability that a softmax
over a question's candidates gives to the right ones (listwise likelihood: Cao et al. 2007), L2-regularised, each set
weighing as much as its share in `SHARES`. Prints recall@1, recall@5 and MRR by document, cross-validated over questions, and the
gain of each feature: what MRR loses without it. `--write` writes `assistant/retrieval/ranking.yaml`.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from assistant.domain import Query
from assistant.evaluation.rows import load_set, load_sets
from assistant.language.normal import squeeze
from assistant.retrieval.features import FEATURES
from assistant.retrieval.ranking import WEIGHTS_FILE, normalised
from assistant.service import Service, index
from assistant.settings import load_settings
from bench.common import load_answers, load_documents, load_queries, write_documents

HELD_OUT = "independent"
# How much a set counts; 1 where nothing is said. Policies are what the product is for; web_qa is noisy.
SHARES = {"evals": 2.0, "policy_qa": 2.0, "web_qa": 0.5}
FOLDS = 4
L2 = 0.01
STEPS = 25
LONGEST_STEP = 0.7
MOST_QUESTIONS = 400  # of one set: more change nothing and take long
Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Example:
    """The candidates of one question: features [n, f], which are right, and the document of each."""

    table: Matrix
    right: NDArray[np.bool_]
    wanted: NDArray[np.bool_]
    documents: NDArray[np.intp]


def example_of(
    service: Service, query: Query, wanted: Callable[[str], bool], right: Callable[[str], bool]
) -> Example | None:
    """The example of a question, or None when no wanted document is among its candidates."""
    retriever = service.retriever
    segments = service.library.snapshot.segments
    text = query.effective_text
    question = retriever.understood(text)
    rows, table, _ = retriever.looked_at(question, (), query.filters)
    if not len(rows):
        return None
    numbers = segments.document_of(rows)
    of_wanted = np.array([wanted(segments.id_of(n)) for n in numbers.tolist()])
    passages = [service.library.snapshot.passage_at(r) for r in rows.tolist()]
    holds = of_wanted & np.array(
        [
            right(squeeze(" ".join((*p.section_path, p.text)))) if w else False
            for p, w in zip(passages, of_wanted, strict=True)
        ]
    )
    if not of_wanted.any():
        return None
    columns = np.stack([normalised(table[name]) for name in FEATURES], axis=1)
    return Example(columns, holds if holds.any() else of_wanted, of_wanted, numbers)


def own_examples(service: Service) -> list[Example]:
    """Those of the evaluation sets, in their order."""
    found: list[Example | None] = []
    held_out = {row.id for row in load_set(service.settings.evals / f"{HELD_OUT}.jsonl")}
    for row in load_sets(service.settings.evals):
        if row.relevant and row.id not in held_out:
            keys = [squeeze(part) for text in (row.sections or row.key_points) for part in text.split()]
            query = service.query(row.question, as_of=row.as_of, history=row.turns)
            found.append(
                example_of(
                    service, service.standing_alone(query), row.relevant.__contains__, partial(_any_in, keys)
                )
            )
    return [e for e in found if e]


def examples_of(directory: Path, scratch: Path) -> list[Example]:
    """Those of a data set, indexed at `scratch`."""
    originals = write_documents(load_documents(directory), scratch / "documents")
    settings = load_settings(home=scratch / "home")
    index(settings, [scratch / "documents"])
    service = Service.open(settings)
    answers = load_answers(directory)
    queries = load_queries(directory)
    found: list[Example | None] = []
    for asked in queries[:: max(1, len(queries) // MOST_QUESTIONS)]:
        keys = [squeeze(a) for a in answers.get(asked.id, ())]
        query = service.standing_alone(service.query(asked.text, history=asked.history))
        found.append(
            example_of(
                service,
                query,
                {i for i, o in originals.items() if o in asked.gold}.__contains__,
                partial(_any_in, keys),
            )
        )
    return [e for e in found if e]


def _any_in(keys: Sequence[str], text: str) -> bool:
    return any(key in text for key in keys if key)


def fit(sets: Mapping[str, Sequence[Example]], columns: Sequence[int]) -> Matrix:
    """The weights of these columns, by Newton's method with short steps: the likelihood of several right passages together
    is not quite concave."""
    weights = np.zeros(len(columns))
    for _ in range(STEPS):
        gradient, curvature = L2 * weights, L2 * np.eye(len(columns))
        for name, examples in sets.items():
            weight = SHARES.get(name, 1.0) / len(examples)
            for e in examples:
                table = e.table[:, columns]
                chance = _softmax(table @ weights)
                share = np.zeros(len(chance))
                share[e.right] = _softmax(table[e.right] @ weights)
                mean = table.T @ chance
                gradient = gradient + weight * (mean - table.T @ share)
                curvature = curvature + weight * ((table.T * chance) @ table - np.outer(mean, mean))
        step = np.linalg.solve(curvature, gradient)
        step *= min(1.0, LONGEST_STEP / float(np.linalg.norm(step)))
        weights = weights - step
        if np.abs(step).max() < 1e-3:
            break
    return weights


def _softmax(scores: Matrix) -> Matrix:
    grown = np.exp(scores - scores.max())
    return np.asarray(grown / grown.sum())


def ranks(examples: Sequence[Example], columns: Sequence[int], weights: Matrix) -> NDArray[np.intp]:
    """The rank of the first wanted document of each question, documents standing where their best passage does."""
    found = []
    for e in examples:
        order = np.argsort(-(e.table[:, columns] @ weights), kind="stable")
        _, first = np.unique(e.documents[order], return_index=True)
        place = np.sort(first)
        found.append(int(np.nonzero(e.wanted[order][place])[0][0]) + 1)
    return np.array(found, dtype=np.intp)


def cross_validated(
    sets: Mapping[str, Sequence[Example]], columns: Sequence[int]
) -> dict[str, NDArray[np.intp]]:
    """The ranks of each set's questions under weights fitted on the other folds."""
    found = {name: np.zeros(len(examples), dtype=np.intp) for name, examples in sets.items()}
    for fold in range(FOLDS):
        kept = {n: [e for i, e in enumerate(s) if i % FOLDS != fold] for n, s in sets.items()}
        weights = fit(kept, columns)
        for name, examples in sets.items():
            at = np.arange(fold, len(examples), FOLDS)
            found[name][at] = ranks([examples[i] for i in at.tolist()], columns, weights)
    return found


def mrr(found: Mapping[str, NDArray[np.intp]]) -> float:
    """The mean reciprocal rank over the sets, by their shares."""
    shares = [SHARES.get(name, 1.0) for name in found]
    return float(np.average([(1 / ranks_).mean() for ranks_ in found.values()], weights=shares))


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m bench.fit_ranking")
    parser.add_argument("directories", type=Path, nargs="*", metavar="DIR")
    parser.add_argument("--write", action="store_true", help="write ranking.yaml")
    options = parser.parse_args()
    sets: dict[str, Sequence[Example]] = {}
    with tempfile.TemporaryDirectory(prefix="fit-") as scratch:
        settings = load_settings(home=Path(scratch) / "own")
        index(settings, with_corpus=True)
        sets["evals"] = own_examples(Service.open(settings))
        for directory in options.directories:
            sets[directory.name] = examples_of(directory, Path(scratch) / directory.name)
    every = list(range(len(FEATURES)))
    found = cross_validated(sets, every)
    whole = mrr(found)
    for name, ranks_ in found.items():
        print(
            f"{name:20} {len(ranks_):4} R@1 {(ranks_ == 1).mean():.4f} R@5 {(ranks_ <= 5).mean():.4f} MRR {(1 / ranks_).mean():.4f}"
        )
    weights = fit(sets, every)
    features = {}
    for i, name in enumerate(FEATURES):
        gain = whole - mrr(cross_validated(sets, [c for c in every if c != i]))
        features[name] = {"weight": round(float(weights[i]), 3), "gain": round(gain, 4)}
        print(f"{name:12} {weights[i]:7.3f}  {gain:+.4f}")
    if options.write:
        head = "# Weights of the ranking features and what cross-validated MRR loses without each; written by\n# `python -m bench.fit_ranking --write`.\n"
        counted = {name: len(examples) for name, examples in sets.items()}
        text = json.dumps({"questions": counted, "features": features}, indent=1)
        WEIGHTS_FILE.write_text(head + yaml.safe_dump(json.loads(text), sort_keys=False), encoding="utf-8")


if __name__ == "__main__":
    main()
