from __future__ import annotations

import gc
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import LibraryError
from assistant.library.vectors import ChromaVectors


def some(n: int, d: int = 16) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    return np.random.default_rng(7).normal(size=(n, d)).astype(np.float32)


def test_cosine_order_and_values(tmp_path: Path) -> None:
    vectors, ids = some(50), [f"文档-{i}#1" for i in range(50)]
    assert ChromaVectors().build(tmp_path / "v", [(ids[:20], vectors[:20]), (ids[20:], vectors[20:])]) == 50
    reader = ChromaVectors().open(tmp_path / "v")
    found = reader.query(3 * vectors[7], 5)
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines = unit @ unit[7]
    assert [id_ for id_, _ in found] == [ids[i] for i in np.argsort(-cosines)[:5]]
    assert [score for _, score in found] == pytest.approx(sorted(cosines, reverse=True)[:5], abs=1e-5)
    reader.close()


def test_more_than_chroma_takes_at_once(tmp_path: Path) -> None:
    vectors = some(6000, 4)
    assert ChromaVectors().build(tmp_path / "v", [([str(i) for i in range(6000)], vectors)]) == 6000


def test_k_beyond_what_there_is_and_an_empty_index(tmp_path: Path) -> None:
    ChromaVectors().build(tmp_path / "v", [(["a", "b"], some(2))])
    ChromaVectors().build(tmp_path / "empty", [])
    assert len(ChromaVectors().open(tmp_path / "v").query(some(1)[0], 10)) == 2
    empty = ChromaVectors().open(tmp_path / "empty")
    assert (empty.count(), empty.query(some(1)[0], 10)) == (0, [])


def test_two_readers_of_one_index_close_apart(tmp_path: Path) -> None:
    from chromadb.api.shared_system_client import SharedSystemClient

    ChromaVectors().build(tmp_path / "v", [(["a"], some(1))])
    first, second = ChromaVectors().open(tmp_path / "v"), ChromaVectors().open(tmp_path / "v")
    first.close()
    assert second.query(some(1)[0], 1)[0][0] == "a"
    del second  # the last holder lets go: the process keeps nothing of it
    gc.collect()
    assert str(tmp_path / "v") not in SharedSystemClient._identifier_to_system


def test_missing_or_damaged_is_a_library_error(tmp_path: Path) -> None:
    with pytest.raises(LibraryError):
        ChromaVectors().open(tmp_path / "nowhere")
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "chroma.sqlite3").write_bytes(b"not a database" * 100)
    with pytest.raises(LibraryError):
        ChromaVectors().open(tmp_path / "bad")
    with pytest.raises(LibraryError):
        ChromaVectors().build(tmp_path / "bad", [(["a"], some(1))])
