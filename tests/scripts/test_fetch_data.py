"""Laying out the data: the binary format of word vectors, the archives, and what is already there."""

import gzip
import importlib.util
import io
import struct
import sys
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pytest

_path = Path(__file__).resolve().parents[2] / "scripts" / "fetch_data.py"
sys.path.insert(0, str(_path.parent))  # as when the script is run: it imports the one beside it
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


def test_archives_are_laid_out(tmp_path: Path) -> None:
    vectors = b"1 2\n" + "企业".encode() + b" " + struct.pack("<2f", 3, 4)
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as sdist:
        member = tarfile.TarInfo("synonyms-0/" + fetch_data.VECTORS_MEMBER)
        member.size = len(vectors)
        sdist.addfile(member, io.BytesIO(vectors))
    with zipfile.ZipFile(tmp_path / "b.whl", "w") as wheel:
        for name in fetch_data.VOCABULARIES:
            wheel.writestr(f"x/{fetch_data.VOCABULARY_FOLDER}{name}", b"YQ== 0")
    with zipfile.ZipFile(tmp_path / "c.whl", "w") as wheel:
        line = "企業 企业 [qi3 ye4] /enterprise/\n"
        wheel.writestr(fetch_data.CEDICT_MEMBER, gzip.compress(line.encode()))
    paths = sorted(tmp_path.iterdir())
    target = tmp_path / "share"
    assert fetch_data.lay_out(paths, target) == (1, 2, 1)
    assert (target / "english_chinese.tsv").read_text(encoding="utf-8") == "enterprise\t企业\n"
    np.testing.assert_allclose(np.load(target / "word_vectors.npy"), [[0.6, 0.8]], atol=1e-3)
    assert "CC-CEDICT" in (target / "NOTICE.txt").read_text(encoding="utf-8")
    with pytest.raises(fetch_data.FetchError):
        fetch_data.lay_out(paths[:2], target)


def test_ready_only_when_everything_of_this_version_is_there(tmp_path: Path) -> None:
    (tmp_path / "tiktoken").mkdir()
    names = [
        "word_vectors.npy",
        "word_vectors.txt",
        "english_chinese.tsv",
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
