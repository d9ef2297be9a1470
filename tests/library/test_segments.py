"""A base with what has changed beside it answers as an index built anew would."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.language.words import cut_chars, cut_words
from assistant.library import generations
from assistant.library.library import Library
from assistant.library.snapshot import Snapshot

from .conftest import HashedEmbeddings, quick, write

_SENTENCES = (
    "星海市设立虚拟园区服务中心。",
    "注册企业满37家即可启动。",
    "数据处理者应当建立安全管理制度。",
    "云上织造平台聚集纺织企业，接单周期缩短百分之三十。",
    "本办法自2024年3月1日起施行。",
    "链主企业牵头编制技术标准。",
)
_QUESTIONS = ("虚拟园区服务中心", "多少家企业可以启动", "安全管理制度何时施行", "链主企业技术标准")
_FIELDS = ("heading", "words", "chars", "title", "document")
_bodies = st.lists(st.sampled_from(_SENTENCES), min_size=1, max_size=4)
_changes = st.lists(st.tuples(st.sampled_from("abcdef"), st.none() | _bodies), min_size=1, max_size=4)


def seen(snapshot: Snapshot, embeddings: HashedEmbeddings) -> dict[str, object]:
    """All that retrieval asks of the segments, by passage and document ids instead of rows."""
    segments = snapshot.segments
    found: dict[str, object] = {}
    for field in _FIELDS:
        found[f"{field} count"] = segments.count(field)
        found[f"{field} average"] = pytest.approx(segments.average(field))
    for question in _QUESTIONS:
        for field in _FIELDS:
            tokens = cut_words(question) if field == "words" else cut_chars(question)
            found[f"{field} frequencies {question}"] = segments.frequencies(field, tokens).tolist()
            rows = segments.top(field, tokens, 50).tolist()
            names = segments.id_of if field in ("title", "document") else segments.place_of
            found[f"{field} {question}"] = {names(row) for row in rows}
        rows = segments.dense(embeddings.embed_query(question), 50)
        found[f"dense {question}"] = {segments.place_of(row) for row in rows.tolist()}
    found["passages"] = {
        p.id: snapshot.passage_at(segments.row_of(p)).text for p in snapshot.passages().values()
    }
    return found


def document(folder: Path, name: str, body: list[str] | None) -> None:
    if body is None:
        (folder / f"{name}.md").unlink(missing_ok=True)
    else:
        write(folder, name, f"{name}区试行办法", "\n\n".join(f"第{n}条 {s}" for n, s in enumerate(body, 1)))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from("abcdef"), _bodies, min_size=1), _changes)
def test_any_changes_give_what_a_new_index_gives(
    base: dict[str, list[str]], changes: list[tuple[str, list[str] | None]]
) -> None:
    embeddings = HashedEmbeddings()
    root = Path(tempfile.mkdtemp())
    try:
        folder = root / "docs"
        document(folder, "kept", ["本条始终不变。"])  # a library with nothing in it is another matter
        for name, body in base.items():
            document(folder, name, body)
        indexer = quick(root / "home", embeddings, delta_share=100.0)
        indexer.index([folder])
        library = Library.open(root / "home", embeddings, embeddings.name)
        for name, changed in changes:
            document(folder, name, changed)
            indexer.index()
            library.refresh()
        quick(root / "anew", embeddings).index([folder])
        anew = Library.open(root / "anew", embeddings, embeddings.name)
        assert seen(library.snapshot, embeddings) == seen(anew.snapshot, embeddings)
        library.close()
        anew.close()
    finally:
        shutil.rmtree(root)


def test_adding_then_deleting_is_as_never_adding(
    folder: Path, home: Path, embeddings: HashedEmbeddings
) -> None:
    indexer = quick(home, embeddings, delta_share=100.0)
    indexer.index([folder])
    library = Library.open(home, embeddings, embeddings.name)
    before = seen(library.snapshot, embeddings)
    write(folder, "new", "链主企业标准办法", "第一条 链主企业牵头编制技术标准。")
    added = indexer.index()
    assert generations.base_of(home, str(added.generation)), "a small change stands beside the base"
    assert library.refresh()
    assert seen(library.snapshot, embeddings) != before
    (folder / "new.md").unlink()
    indexer.index()
    assert library.refresh()
    assert seen(library.snapshot, embeddings) == before


def test_a_large_change_is_indexed_anew(folder: Path, home: Path, embeddings: HashedEmbeddings) -> None:
    indexer = quick(home, embeddings)
    indexer.index([folder])
    write(folder, "new", "新办法", "第一条 新设。")
    generation = str(indexer.index().generation)
    assert generations.base_of(home, generation) is None
