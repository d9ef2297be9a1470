"""Laying out word vectors: the binary format, and what is already there."""

import importlib.util
import struct
from pathlib import Path

import numpy as np

_path = Path(__file__).resolve().parents[2] / "scripts" / "fetch_data.py"
_spec = importlib.util.spec_from_file_location("fetch_data", _path)
assert _spec is not None
assert _spec.loader is not None
fetch_data = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(fetch_data)


def test_word2vec_with_and_without_line_breaks() -> None:
    def row(*values: float) -> bytes:
        return struct.pack("<2f", *values)

    data = b"4 2\n</s> " + row(1, 2) + "\n企业".encode() + b" " + row(3, 4)
    data += "集群".encode() + b" " + row(5, 32) + b"\n " + row(7, 8)
    words, matrix = fetch_data.read_word2vec(data)
    assert words == ["</s>", "企业", "集群"]  # the last has no name
    np.testing.assert_array_equal(matrix, np.array([[1, 2], [3, 4], [5, 32]], dtype=np.float32))


def test_ready_only_when_everything_of_this_version_is_there(tmp_path: Path) -> None:
    (tmp_path / "tiktoken").mkdir()
    names = [
        "word_vectors.npy",
        "word_vectors.txt",
        "NOTICE.txt",
        *(f"tiktoken/{n}" for n in fetch_data.VOCABULARIES),
    ]
    for name in names:
        (tmp_path / name).write_bytes(b"x")
    marker = tmp_path / "data.sha256"
    marker.write_text("v1")
    assert fetch_data.is_ready(tmp_path, marker, "v1")
    assert not fetch_data.is_ready(tmp_path, marker, "v2")
    (tmp_path / "word_vectors.npy").unlink()
    assert not fetch_data.is_ready(tmp_path, marker, "v1")
