"""Loading data sets (`corpus.jsonl[.gz]`, `queries.jsonl`) and laying them out as documents."""

from __future__ import annotations

import ast
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.domain import Turn
from assistant.errors import EvaluationError

_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True)
class BenchDocument:
    """One document of a data set."""

    id: str
    title: str
    text: str
    region: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class BenchQuery:
    """One question with the ids of the documents that answer it."""

    id: str
    text: str
    gold: frozenset[str]
    history: tuple[Turn, ...]


def load_documents(directory: Path) -> list[BenchDocument]:
    """The documents of `corpus.jsonl` or `corpus.jsonl.gz`.

    Raises `EvaluationError` when there is no such file, no document in it, or one id twice.
    """
    found = next((p for p in (directory / "corpus.jsonl", directory / "corpus.jsonl.gz") if p.exists()), None)
    if found is None:
        raise EvaluationError(f"{directory} 里没有 corpus.jsonl 或 corpus.jsonl.gz；请检查目录。")
    documents = [
        BenchDocument(str(r["id"]), _title(r), str(r["text"]), r.get("region") or None, _year(r.get("year")))
        for r in _objects(found, ("id", "text"))
    ]
    if not documents:
        raise EvaluationError(f"{found.name} 里没有文档；请检查数据。")
    twice = [id_ for id_, n in Counter(d.id for d in documents).items() if n > 1]
    if twice:
        raise EvaluationError(f"{found.name} 里 id {twice[0]} 出现不止一次；请让每篇文档的 id 唯一。")
    return documents


def load_queries(directory: Path, limit: int | None = None) -> list[BenchQuery]:
    """The first `limit` questions (all when None) that have gold documents; unanswerable ones are skipped."""
    path = directory / "queries.jsonl"
    if not path.exists():
        raise EvaluationError(f"{directory} 里没有 queries.jsonl；请检查目录。")
    queries = [
        BenchQuery(str(r.get("id", n)), str(r["text"]), frozenset(map(str, _listed(r["gold"]))), _history(r))
        for n, r in enumerate(_objects(path, ("text",)))
        if r.get("gold") and not r.get("unanswerable")
    ]
    if not queries:
        raise EvaluationError(f"{path.name} 里没有带 gold 的问题，无从计分；请检查数据。")
    return queries[:limit]


def load_answers(directory: Path) -> dict[str, tuple[str, ...]]:
    """The literal answers that a set lists, by query id; for sets that list reference sentences, those."""
    return {
        str(row.get("id", n)): tuple(
            str(a) for a in _listed(row.get("answers") or row.get("references")) if str(a).strip()
        )
        for n, row in enumerate(_objects(directory / "queries.jsonl", ("text",)))
    }


def _listed(value: object) -> list[Any]:
    """A list as it is or as JSON or Python prints it; None is empty, anything else one item."""
    if isinstance(value, str):
        for read in (json.loads, ast.literal_eval):
            try:
                found = read(value)
            except (ValueError, SyntaxError):
                continue
            if isinstance(found, list | tuple):
                return list(found)
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def write_documents(documents: list[BenchDocument], directory: Path) -> dict[str, str]:
    """Write each document as a Markdown file; returns the ids given to them, mapped to the set's own.

    Ids of a data set may hold anything, so the files are numbered d000001 and on.
    """
    directory.mkdir(parents=True, exist_ok=True)
    originals: dict[str, str] = {}
    for number, document in enumerate(documents, 1):
        name = f"d{number:06d}"
        originals[name] = document.id
        # JSON strings are YAML strings, whatever they hold.
        head = {
            "id": name,
            "title": document.title,
            "kind": "other",
            "region": document.region,
            "year": document.year,
        }
        front = "".join(
            f"{k}: {json.dumps(v, ensure_ascii=False)}\n" for k, v in head.items() if v is not None
        )
        (directory / f"{name}.md").write_text(
            f"---\n{front}---\n# {document.title}\n\n{document.text}\n", encoding="utf-8"
        )
    return originals


def _objects(path: Path, needed: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            for n, line in enumerate(lines, 1):
                if line.strip():
                    found = json.loads(line)
                    if not isinstance(found, dict) or any(found.get(k) is None for k in needed):
                        raise EvaluationError(f"{path.name} 第{n}行缺少 {'、'.join(needed)}；请检查数据。")
                    yield found
    except (OSError, EOFError, ValueError) as problem:
        raise EvaluationError(f"{path.name} 无法读取，须为 UTF-8 的 JSONL；请检查数据。") from problem


def _title(row: dict[str, Any]) -> str:
    """The title in one line; where a set has none, the first piece of the text, as a reader would call it."""
    title = " ".join(str(row.get("title") or "").split())
    if title:
        return title
    first = re.split(r"[\s。！？]", str(row["text"]).strip(), maxsplit=1)[0]
    return first[:_LONGEST_TITLE] or str(row["id"])


def _year(value: object) -> int | None:
    text = str(value or "")
    return int(text) if re.fullmatch(r"\d{4}", text) else None


def _history(row: dict[str, Any]) -> tuple[Turn, ...]:
    return tuple(Turn(str(t.get("q", "")), str(t.get("a", ""))) for t in row.get("history") or ())
