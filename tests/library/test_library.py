from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.domain import Kind, Validity
from assistant.errors import IndexMissingError, LibraryError
from assistant.library.library import Library
from assistant.library.sync import Indexer

from .conftest import HashedEmbeddings, dense, lexical, write

Open = Callable[[], Library]


def test_nothing_indexed(opened: Open) -> None:
    with pytest.raises(IndexMissingError, match="assistant index"):
        opened()


def test_what_was_read_is_what_is_there(indexer: Indexer, folder: Path, opened: Open) -> None:
    indexer.index([folder])
    library = opened()
    assert library.document("law").kind is Kind.REGULATION
    for passage in library.passages().values():
        document = library.document(passage.document_id)
        assert document.text[passage.start : passage.end] == passage.text
    with pytest.raises(LibraryError, match="没有"):
        library.document("nothing")


def test_neighbours(indexer: Indexer, folder: Path, opened: Open) -> None:
    indexer.index([folder])
    library = opened()
    first, second = library.document_passages("park")
    assert library.neighbours(first) == (None, second)
    assert library.neighbours(second) == (first, None)


def test_lexical_and_dense_find_the_passage(
    indexer: Indexer, folder: Path, opened: Open, embeddings: HashedEmbeddings
) -> None:
    indexer.index([folder])
    library = opened()
    best = lexical(library, "chars", "多少家企业注册可以启动")[0]
    assert "37家" in library.passages()[best].text
    near = dense(library, embeddings, "星海市虚拟园区试行办法 注册企业满37家即可启动", 3)
    assert len(near) == 3
    assert "37家" in library.passages()[near[0]].text


def test_a_passage_is_found_by_its_title_and_heading(indexer: Indexer, folder: Path, opened: Open) -> None:
    indexer.index([folder])
    library = opened()
    effects = next(p for p in library.document_passages("case") if "周期" in p.text)
    assert lexical(library, "heading", "云上织造案例有哪些成效")[0] == effects.id
    assert effects.id in lexical(library, "chars", "云上织造案例")


def test_validity_looks_at_the_successor(indexer: Indexer, tmp_path: Path, opened: Open) -> None:
    docs = tmp_path / "docs"
    write(docs, "old", "旧办法", "第一条 旧。", kind="policy", effective="2020-01-01", superseded_by="new")
    write(
        docs,
        "older",
        "更旧办法",
        "第一条 更旧。",
        kind="policy",
        effective="2010-01-01",
        superseded_by="《新办法》",
    )
    write(docs, "new", "新办法", "第一条 新。", kind="policy", effective="2025-01-01")
    indexer.index([docs])
    library = opened()
    for id_ in ("old", "older"):
        assert library.validity(library.document(id_), date(2024, 12, 31)) is Validity.IN_FORCE
        assert library.validity(library.document(id_), date(2025, 1, 1)) is Validity.REPEALED


def test_a_reader_keeps_its_generation_until_it_looks(
    indexer: Indexer, folder: Path, opened: Open, embeddings: HashedEmbeddings
) -> None:
    indexer.index([folder])
    library = opened()
    held, before = library.snapshot, library.generation
    seen: list[int] = []

    def read(_phase: str, _done: int, _total: int) -> None:
        seen.append(len(library.documents()))
        assert lexical(library, "chars", "园区")
        assert dense(library, embeddings, "园区")
        assert not library.refresh()

    write(folder, "new", "新办法", "第一条 新设园区。")
    indexer.index(progress=read)
    assert set(seen) == {3}
    assert library.generation == before
    assert library.refresh()
    assert not library.refresh()
    assert len(library.documents()) == 4
    assert dense(library, embeddings, "新办法 第一条 新设园区。", 1)[0].startswith("new#")
    assert dense(held, embeddings, "园区"), "who still holds the old one can finish with it"


def test_refresh_while_others_search(
    indexer: Indexer, folder: Path, opened: Open, embeddings: HashedEmbeddings
) -> None:
    indexer.index([folder])
    library = opened()
    problems: list[BaseException] = []
    stop = threading.Event()

    def search() -> None:
        try:
            while not stop.is_set():
                snapshot = library.snapshot
                assert dense(snapshot, embeddings, "园区", 6)
                assert lexical(snapshot, "chars", "园区", 6)
        except BaseException as problem:  # told to the test below
            problems.append(problem)

    threads = [threading.Thread(target=search) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(2):
        write(folder, "new", "新办法", f"第一条 新设园区{number}。")
        indexer.index()
        assert library.refresh()
    stop.set()
    for thread in threads:
        thread.join(30)
    assert not problems
