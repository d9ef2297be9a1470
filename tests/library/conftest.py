"""Real files, real reading, real SQLite, Chroma and tantivy; only the embedding is a small one of its own."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from assistant.language.words import char_ngrams, cut_chars, cut_words
from assistant.library.check import checking_here
from assistant.library.library import Library
from assistant.library.snapshot import Snapshot
from assistant.library.sync import Indexer


class HashedEmbeddings(Embeddings):
    """Hashed character n-grams: deterministic, and near for near texts. Counts what it is asked."""

    def __init__(self, name: str = "hashed-64", dimension: int = 64) -> None:
        self.name = name
        self.dimension = dimension
        self.embedded: list[str] = []

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        self.embedded.extend(texts)
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        vector = np.zeros(self.dimension, dtype=np.float32)
        for token in char_ngrams(text):
            vector[zlib.crc32(token.encode()) % self.dimension] += 1.0
        return [float(x) for x in vector]


def quick(home: Path, embeddings: HashedEmbeddings, **options: Any) -> Indexer:
    """An indexer that proves its generations in this process: the same proof in a tenth of the time.

    The process of its own is used where it matters: `test_interruption`, `test_check`, the first index.
    """
    return Indexer(home, embeddings, checking=checking_here, **options)


def write(folder: Path, id_: str, title: str, body: str, name: str | None = None, **fields: object) -> Path:
    """A corpus file with this front matter."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name or id_}.md"
    front = "".join(f"{key}: {value}\n" for key, value in {"id": id_, "title": title, **fields}.items())
    path.write_text(f"---\n{front}---\n\n# {title}\n\n{body}\n", encoding="utf-8")
    return path


@pytest.fixture
def embeddings() -> HashedEmbeddings:
    return HashedEmbeddings()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three documents, a README and a hidden file."""
    base = tmp_path / "docs"
    write(
        base,
        "park",
        "星海市虚拟园区试行办法",
        "第一条 星海市设立虚拟园区服务中心。\n\n第二条 注册企业满37家即可启动。",
        kind="policy",
    )
    write(
        base,
        "law",
        "数据安全条例",
        "第一条 数据处理者应当建立安全管理制度。\n\n第二条 本条例自2024年3月1日起施行。",
        kind="regulation",
    )
    write(
        base / "cases",
        "case",
        "云上织造案例",
        "## 做法\n\n云上织造平台聚集纺织企业。\n\n## 成效\n\n平台接单周期缩短。",
        kind="case",
    )
    (base / "README.md").write_text("# 不是文档", encoding="utf-8")
    (base / ".draft.md").write_text("# 草稿", encoding="utf-8")
    return base


@pytest.fixture
def indexer(home: Path, embeddings: HashedEmbeddings) -> Indexer:
    return quick(home, embeddings)


@pytest.fixture
def opened(home: Path, embeddings: HashedEmbeddings) -> Callable[[], Library]:
    """Opens the library of the home."""
    return lambda: Library.open(home, embeddings, embeddings.name)


def lexical(library: Library | Snapshot, field: str, text: str, k: int = 5) -> list[str]:
    """The ids of the best passages by one field."""
    snapshot = library.snapshot if isinstance(library, Library) else library
    tokens = cut_words(text) if field == "words" else cut_chars(text)
    return [snapshot.passage_at(row).id for row in snapshot.segments.top(field, tokens, k).tolist()]


def dense(library: Library | Snapshot, embeddings: HashedEmbeddings, text: str, k: int = 5) -> list[str]:
    """The ids of the passages nearest to a text."""
    snapshot = library.snapshot if isinstance(library, Library) else library
    rows = snapshot.segments.dense(embeddings.embed_query(text), k).tolist()
    return [snapshot.passage_at(row).id for row in rows]


def ids(library: Library) -> Sequence[str]:
    return list(library.documents())
