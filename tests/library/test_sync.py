from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

from assistant.domain import Document
from assistant.errors import EmbeddingError, IndexMissingError, LibraryBusyError, LibraryError
from assistant.library import generations
from assistant.library import sync as sync_module
from assistant.library.library import Library
from assistant.library.sync import Indexer
from assistant.reading import read_file

from .conftest import HashedEmbeddings, dense, ids, lexical, quick, write

Open = Callable[[], Library]


def counts(report: sync_module.IndexReport) -> tuple[int, int, int, int]:
    assert report.documents == report.added + report.changed + report.unchanged
    return report.added, report.changed, report.removed, report.unchanged


def vector_keys(home: Path) -> int:
    with sa.create_engine(f"sqlite:///{home / 'catalogue.sqlite3'}").connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM vectors").scalar_one())


def test_first_index(home: Path, embeddings: HashedEmbeddings, folder: Path, opened: Open) -> None:
    indexer = Indexer(home, embeddings)
    seen: list[tuple[str, int, int]] = []
    report = indexer.index([folder], progress=lambda *step: seen.append(step))
    assert counts(report) == (3, 0, 0, 0)
    assert not report.failed
    library = opened()
    assert ids(library) == ["case", "law", "park"]
    assert report.passages == len(library.passages()) == 6
    assert library.generation == report.generation
    assert {step[0]: step[1:] for step in seen} == {"read": (3, 3), "embed": (6, 6), "build": (6, 6)}


def test_nothing_changed_keeps_the_generation(
    indexer: Indexer, folder: Path, embeddings: HashedEmbeddings
) -> None:
    first = indexer.index([folder])
    embeddings.embedded.clear()
    again = indexer.index()
    assert counts(again) == (0, 0, 0, 3)
    assert (again.generation, again.passages) == (first.generation, first.passages)
    assert not embeddings.embedded


def test_changed_added_and_removed_files(
    indexer: Indexer, folder: Path, embeddings: HashedEmbeddings, opened: Open
) -> None:
    indexer.index([folder])
    embeddings.embedded.clear()
    write(
        folder,
        "park",
        "星海市虚拟园区试行办法",
        "第一条 星海市设立虚拟园区服务中心。\n\n第二条 注册企业满50家即可启动。",
        kind="policy",
    )
    write(folder, "new", "新办法", "第一条 新设。")
    (folder / "law.md").unlink()
    report = indexer.index()
    assert counts(report) == (1, 1, 1, 1)
    library = opened()
    assert ids(library) == ["case", "new", "park"]
    assert "50家" in library.document("park").text
    assert len(embeddings.embedded) == 2, "only the new texts are embedded"
    assert not any(p.startswith("law#") for p in dense(library, embeddings, "数据安全", 50))


def test_a_file_that_fails_leaves_its_revision_and_lets_the_rest_in(
    indexer: Indexer, folder: Path, opened: Open
) -> None:
    indexer.index([folder])
    (folder / "park.md").write_bytes(bytes(range(256)))
    (folder / "empty.txt").write_bytes(b"")
    write(folder, "new", "新办法", "第一条 新设。")
    report = indexer.index()
    assert {Path(f.path).name for f in report.failed} == {"park.md", "empty.txt"}
    assert counts(report) == (1, 0, 0, 3)
    assert "37家" in opened().document("park").text
    write(folder, "park", "星海市虚拟园区试行办法", "第一条 满60家。")
    repaired = indexer.index()
    assert {Path(f.path).name for f in repaired.failed} == {"empty.txt"}
    assert counts(repaired) == (0, 1, 0, 3)


def test_a_home_where_nothing_can_be_read_has_no_index(
    indexer: Indexer, tmp_path: Path, opened: Open
) -> None:
    (tmp_path / "bad.md").write_bytes(b"")
    report = indexer.index([tmp_path / "bad.md"])
    assert (report.documents, report.generation, len(report.failed)) == (0, None, 1)
    with pytest.raises(IndexMissingError):
        opened()


def test_an_error_of_the_reader_itself_is_one_failed_file(
    home: Path, embeddings: HashedEmbeddings, folder: Path
) -> None:
    def stumbling(path: Path) -> Document:
        if path.name == "law.md":
            raise ZeroDivisionError
        return read_file(path)

    report = quick(home, embeddings, read=stumbling).index([folder])
    assert (report.documents, [Path(f.path).name for f in report.failed]) == (2, ["law.md"])


def test_duplicate_ids(indexer: Indexer, folder: Path, opened: Open) -> None:
    write(folder, "park", "另一个园区办法", "第一条 重复。", name="a-first")
    write(folder, "park", "第三个园区办法", "第一条 重复。", name="z-last")
    report = indexer.index([folder])
    assert {Path(f.path).name for f in report.failed} == {"park.md", "z-last.md"}
    assert all(str(folder / "a-first.md") in f.error for f in report.failed)
    assert opened().document("park").title == "另一个园区办法"


def test_a_sound_file_takes_the_id_of_one_that_fails(indexer: Indexer, folder: Path, opened: Open) -> None:
    indexer.index([folder])
    (folder / "park.md").write_bytes(b"")
    write(folder, "park", "星海市虚拟园区办法", "第一条 改名后的文件。", name="park-2026")
    report = indexer.index()
    assert counts(report) == (0, 1, 0, 2)
    assert opened().document("park").title == "星海市虚拟园区办法"


def test_roots_are_remembered_and_forgotten(
    indexer: Indexer, folder: Path, tmp_path: Path, opened: Open
) -> None:
    single = write(tmp_path / "other", "single", "单个文件", "第一条 单个。", name="single")
    single = single.rename(single.with_suffix(".text"))
    corpus = write(tmp_path / "corpus", "shipped", "随附文档", "第一条 随附。").parent
    indexer.index([folder, single])
    assert counts(indexer.index(corpus=corpus)) == (1, 0, 0, 4)
    assert counts(indexer.index()) == (0, 0, 0, 5)
    assert counts(indexer.index(forget=[single, corpus])) == (0, 0, 2, 3)
    assert ids(opened()) == ["case", "law", "park"]
    assert counts(indexer.index(forget=[folder])) == (0, 0, 3, 0)
    assert ids(opened()) == []
    assert lexical(opened(), "chars", "政策") == []


def test_a_new_home_takes_the_shipped_corpus(
    home: Path, embeddings: HashedEmbeddings, folder: Path, tmp_path: Path
) -> None:
    other = write(tmp_path / "mine", "mine", "自己的文档", "第一条 自己。").parent
    assert quick(home, embeddings, shipped=folder).index().documents == 3
    assert quick(tmp_path / "home2", embeddings, shipped=folder).index([other]).documents == 1
    with pytest.raises(LibraryError, match="还没有登记"):
        quick(tmp_path / "home3", embeddings).index()


def test_wrong_paths_change_nothing(
    indexer: Indexer, folder: Path, home: Path, tmp_path: Path, opened: Open
) -> None:
    with pytest.raises(LibraryError, match="nowhere"):
        indexer.index([folder, tmp_path / "nowhere"])
    assert not home.exists()
    before = indexer.index([folder]).generation
    write(folder, "new", "新办法", "第一条 新设。")
    with pytest.raises(LibraryError, match="登记"):
        indexer.index(forget=[tmp_path / "docs2"])
    assert opened().generation == before


def test_a_root_that_vanished_keeps_its_documents(indexer: Indexer, folder: Path, opened: Open) -> None:
    indexer.index([folder])
    folder.rename(folder.with_name("elsewhere"))
    report = indexer.index()
    assert (counts(report), [f.path for f in report.failed]) == ((0, 0, 0, 3), [str(folder)])
    assert ids(opened()) == ["case", "law", "park"]
    assert counts(indexer.index(forget=[folder])) == (0, 0, 3, 0)


def test_another_embedding_rebuilds_all_and_mixes_nothing(
    home: Path, folder: Path, embeddings: HashedEmbeddings
) -> None:
    first = quick(home, embeddings).index([folder])
    other = HashedEmbeddings("hashed-32", 32)
    second = quick(home, other).index()
    assert counts(second) == (0, 0, 0, 3)
    assert second.generation != first.generation
    assert len(other.embedded) == second.passages
    assert len(dense(Library.open(home, other, other.name), other, "园区", 10)) == 6
    with pytest.raises(LibraryError, match="assistant index"):
        Library.open(home, embeddings, embeddings.name)


def test_a_model_that_changes_under_its_name_is_embedded_again(
    home: Path, folder: Path, opened: Open
) -> None:
    quick(home, HashedEmbeddings(dimension=32)).index([folder])
    write(folder, "new", "新办法", "第一条 新设。")
    now = HashedEmbeddings(dimension=64)
    quick(home, now).index()
    assert len(dense(opened(), now, "新办法", 10)) == 7


def test_another_recipe_reads_again_but_embeds_nothing_twice(
    indexer: Indexer, folder: Path, embeddings: HashedEmbeddings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = indexer.index([folder])
    embeddings.embedded.clear()
    monkeypatch.setattr(sync_module, "recipe", lambda: "another")
    second = indexer.index()
    assert counts(second) == (0, 0, 0, 3)
    assert second.generation != first.generation
    assert not embeddings.embedded


def test_unusable_vectors_leave_the_old_index(
    home: Path, folder: Path, indexer: Indexer, opened: Open
) -> None:
    class Broken(HashedEmbeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [[float("nan")] * 64 for _ in texts]

    before = indexer.index([folder]).generation
    write(folder, "new", "新办法", "第一条 新设。")
    with pytest.raises(EmbeddingError):
        quick(home, Broken()).index()
    assert opened().generation == before
    assert counts(indexer.index()) == (1, 0, 0, 3)


def test_what_no_generation_uses_is_cleared_away(indexer: Indexer, folder: Path, home: Path) -> None:
    for number in range(4):
        write(folder, "park", "星海市虚拟园区试行办法", f"第一条 满{number}家。")
        indexer.index([folder])
    kept = sorted(path.name for path in (home / "index" / "generations").iterdir())
    assert len(kept) == 2
    assert generations.current(home) == kept[-1]
    assert vector_keys(home) == 6, "four unchanged texts and two versions of the changed one"


def test_a_second_writer_is_refused(home: Path, embeddings: HashedEmbeddings, folder: Path) -> None:
    inside, leave = threading.Event(), threading.Event()

    def wait(_phase: str, _done: int, _total: int) -> None:
        inside.set()
        leave.wait(30)

    first = threading.Thread(target=lambda: quick(home, embeddings).index([folder], progress=wait))
    first.start()
    try:
        assert inside.wait(30)
        with pytest.raises(LibraryBusyError):
            quick(home, embeddings, lock_wait=0.1).index()
    finally:
        leave.set()
        first.join(60)
    assert quick(home, embeddings).index().unchanged == 3


def test_a_catalogue_of_another_version_is_rebuilt_from_its_roots(
    indexer: Indexer, folder: Path, home: Path, opened: Open, caplog: pytest.LogCaptureFixture
) -> None:
    indexer.index([folder])
    engine = sa.create_engine(f"sqlite:///{home / 'catalogue.sqlite3'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA user_version=99")
    with pytest.raises(LibraryError, match="另一版本"):
        opened()
    assert counts(indexer.index()) == (3, 0, 0, 0)
    assert "rebuilt from its roots" in caplog.text
    assert ids(opened()) == ["case", "law", "park"]


def test_a_damaged_catalogue_or_index_is_told(
    indexer: Indexer, folder: Path, home: Path, opened: Open
) -> None:
    import shutil

    indexer.index([folder])
    shutil.rmtree(home / "index" / "generations")
    with pytest.raises(LibraryError):
        opened()
    assert counts(indexer.index()) == (0, 0, 0, 3)
    assert ids(opened()) == ["case", "law", "park"]
    for path in home.glob("catalogue.sqlite3*"):
        path.write_bytes(b"no database " * 1000)
    with pytest.raises(LibraryError):
        opened()
    with pytest.raises(LibraryError):
        indexer.index()
