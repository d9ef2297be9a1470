"""Whether everything in the corpus is findable: each article, fact and case, by a question made of its key terms.

    python -m bench.coverage [--rows FILE] [--missed FILE]

`bench/coverage.jsonl` holds a row for each article and each verified fact of the fact sheets: the document and the
section in which it stands, its key terms, and the name by which one would ask for the document. Two questions are
made of it, one with the name and one of the terms alone; the section should be among the first three that search
finds. Printed by folder, with a bootstrap interval of 95 %; the last line of stdout is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError, EvaluationError
from assistant.evaluation.score import ci95
from assistant.service import Service, index
from assistant.settings import load_settings

ROWS = Path(__file__).with_suffix(".jsonl")
SECTIONS = 3
_PASSAGES = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One article, fact or case; `section` is the heading under which it stands ("" for the lead)."""

    document: str
    section: str
    name: str
    terms: tuple[str, ...]

    def named(self) -> str:
        return f"{self.name}关于{'、'.join(self.terms)}有什么内容？"

    def unnamed(self) -> str:
        return "、".join(self.terms)


QUESTIONS: dict[str, Callable[[Row], str]] = {"named": Row.named, "terms": Row.unnamed}


def load_rows(path: Path) -> list[Row]:
    """The rows of the file; raises `EvaluationError`."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
        return [Row(r["document"], r["section"], r["name"], tuple(r["terms"])) for r in rows]
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise EvaluationError(f"{path} 无法读取（{problem}）；请检查路径和内容。") from problem


def found_at(service: Service, row: Row, question: str) -> int:
    """The place of the row's section among the sections found, from 1; 0 when it is not among the passages found.

    The text that another version replaced is asked for as of the day on which it took effect.
    """
    document = service.library.documents().get(row.document)
    as_of = document.begins if document and document.superseded_by else None
    sections = [
        (hit.passage.document_id, hit.passage.section_path[-1] if len(hit.passage.section_path) > 1 else "")
        for hit in service.search(service.query(question, as_of=as_of), _PASSAGES)
    ]
    order = list(dict.fromkeys(sections))
    wanted = (row.document, row.section)
    return order.index(wanted) + 1 if wanted in order else 0


def measure(service: Service, rows: Sequence[Row]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Shares found by folder and form of question, and the rows that were missed."""
    folder = {id_: Path(d.path).parent.name for id_, d in service.library.documents().items()}
    hits: dict[str, dict[str, list[float]]] = {}
    missed = []
    for done, row in enumerate(rows, 1):
        for form, question in QUESTIONS.items():
            place = found_at(service, row, question(row))
            hit = float(0 < place <= SECTIONS)
            for group in (folder.get(row.document, "?"), "all"):
                hits.setdefault(group, {}).setdefault(form, []).append(hit)
            if not hit:
                missed.append({"form": form, "question": question(row), "place": place, **asdict(row)})
        if done % max(1, len(rows) // 10) == 0:
            sys.stderr.write(f"coverage {done}/{len(rows)}\n")
    shares = {
        group: {"rows": len(forms["named"])}
        | {form: round(sum(v) / len(v), 4) for form, v in forms.items()}
        | {f"{form}_ci95": [round(x, 4) for x in ci95(v)] for form, v in forms.items()}
        for group, forms in sorted(hits.items())
    }
    return shares, missed


def main() -> int:
    """The command; 0, or 1 with one sentence on stderr."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.coverage", description="文库的每一条是否都能查到。"
    )
    parser.add_argument(
        "--rows", type=Path, default=ROWS, metavar="FILE", help="题目（默认 bench/coverage.jsonl）"
    )
    parser.add_argument("--missed", type=Path, metavar="FILE", help="把没有查到的写进这个 JSONL 文件")
    options = parser.parse_args()
    try:
        rows = load_rows(options.rows)
        with tempfile.TemporaryDirectory(prefix="bench-") as home:
            settings = load_settings(home=Path(home))
            index(settings, (), with_corpus=True)
            shares, missed = measure(Service.open(settings), rows)
    except AssistantError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    if options.missed:
        lines = (json.dumps(row, ensure_ascii=False) for row in missed)
        options.missed.write_text("\n".join(lines) + "\n", encoding="utf-8")
    for group, share in shares.items():
        low, high = share["named_ci95"]
        sys.stdout.write(
            f"{group:10} {share['rows']:5}  named {share['named']:.4f} ({low:.3f}–{high:.3f})  terms {share['terms']:.4f}\n"
        )
    sys.stdout.write(json.dumps(shares, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
