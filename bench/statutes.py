"""Statutes of a data set of articles (`statute_articles.jsonl.gz`) as documents, and questions made from them."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

import yaml

from assistant.domain import Kind, Level
from assistant.errors import EvaluationError
from assistant.language.places import places_in
from assistant.language.sentences import sentences

_PLACE = re.compile(r"[\u4e00-\u9fff]{2,7}?(?:省|自治区|自治州|自治县|市|经济特区)")
_SHORTEST_SPAN, _LONGEST_SPAN = 12, 40


@dataclass(frozen=True, slots=True)
class Article:
    """An article: its label as printed (第三条), the headings above it, its text."""

    label: str
    chapters: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Statute:
    """A law in one version; `id` is one of ours."""

    id: str
    title: str
    effective: date | None
    articles: tuple[Article, ...]

    @property
    def region(self) -> str | None:
        """The place whose law it is; None for one of the whole country."""
        found = _PLACE.match(self.title)
        return found[0] if found and places_in(found[0]) else None  # 人力资源市 is none

    @property
    def level(self) -> Level:
        """Its rank, told from its title."""
        if self.region:
            return Level.LOCAL_REGULATION
        if self.title.endswith("法"):
            return Level.LAW
        return Level.ADMINISTRATIVE_REGULATION if self.title.endswith(("条例", "细则")) else Level.NORMATIVE

    def markdown(self) -> str:
        """The statute as a document file: front matter, chapters as headings, articles as lines."""
        fields = {
            "id": self.id,
            "title": self.title,
            "kind": str(Kind.LAW if self.level is Level.LAW else Kind.REGULATION),
            "level": str(self.level),
            "region": self.region,
            "effective": self.effective.isoformat() if self.effective else None,
        }
        head = yaml.safe_dump({k: v for k, v in fields.items() if v}, allow_unicode=True, sort_keys=False)
        lines = [f"---\n{head}---\n# {self.title}\n"]
        above: tuple[str, ...] = ()
        for article in self.articles:
            shared = next(
                (i for i, (a, b) in enumerate(zip(above, article.chapters, strict=False)) if a != b),
                min(len(above), len(article.chapters)),
            )
            new = enumerate(article.chapters[shared:], shared + 2)
            lines += [f"{'#' * min(depth, 6)} {heading}\n" for depth, heading in new]
            lines.append(f"{article.label}　{article.text}\n")
            above = article.chapters
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, with the title and the level of the statute it was made from."""

    text: str
    title: str
    level: Level


def load_statutes(path: Path, articles: int) -> list[Statute]:
    """Statutes of `articles` articles together, in an order that is the same every time but not that of the file, where
    the long codes stand first; the last of them may be cut short.

    Raises `EvaluationError` when the file cannot be read or holds fewer.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            rows = [_row(line) for line in lines]
    except (OSError, EOFError, ValueError, KeyError, TypeError) as problem:
        raise EvaluationError(
            f"{path.name} 无法读取，须为 gzip 压缩的 JSONL，每行有 title、law、no、text；请检查 --data。"
        ) from problem
    if len(rows) < articles:
        raise EvaluationError(f"{path.name} 只有 {len(rows)} 条；请用 --passages 写一个不大于它的数。")
    # A law stands in one piece, but for a few that are continued elsewhere: those parts are statutes of their own.
    groups = [list(group) for _, group in groupby(rows, key=lambda row: (row["law"], row["version"]))]
    random.Random(0).shuffle(groups)
    found: list[Statute] = []
    left = articles
    for n, group in enumerate(groups, 1):
        if left <= 0:
            break
        found.append(_statute(f"s{n:05d}", group[:left]))
        left -= len(group)
    return found


def write_statutes(statutes: Sequence[Statute], directory: Path) -> None:
    """Write each statute as `<id>.md`."""
    directory.mkdir(parents=True)
    for statute in statutes:
        (directory / f"{statute.id}.md").write_text(statute.markdown(), encoding="utf-8")


def questions(statutes: Sequence[Statute], count: int, seed: int) -> list[Asked]:
    """`count` questions, in turn an article's name and a sentence of its text, drawn evenly over all articles."""
    drawn = random.Random(seed)
    weights = [len(statute.articles) for statute in statutes]
    found: list[Asked] = []
    for statute in drawn.choices(statutes, weights, k=count):
        article = drawn.choice(statute.articles)
        spans = list(_spans(article.text))
        by_name = len(found) % 2 == 0 or not spans
        text = f"{statute.title}{article.label}" if by_name else drawn.choice(spans)
        found.append(Asked(text, statute.title, statute.level))
    return found


def _row(line: str) -> dict[str, str]:
    row = json.loads(line)
    found = {key: str(row[key]) for key in ("title", "law", "no", "text")}
    return found | {key: str(row.get(key) or "") for key in ("version", "chapter")}


def _statute(id_: str, rows: Sequence[dict[str, str]]) -> Statute:
    first = rows[0]
    return Statute(
        id_,
        first["title"].removesuffix(first["no"]),
        date.fromisoformat(first["version"]) if first["version"] else None,
        tuple(
            Article(row["no"], tuple(filter(None, row["chapter"].split(" / "))), row["text"]) for row in rows
        ),
    )


def _spans(text: str) -> Iterator[str]:
    """What a person might paste of a text: its sentences of some length, cut to at most `_LONGEST_SPAN`."""
    for start, end in sentences(text):
        if end - start >= _SHORTEST_SPAN:
            yield text[start : min(end, start + _LONGEST_SPAN)]
