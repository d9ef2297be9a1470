"""Reading a file from disk, whatever it is called."""

from pathlib import Path

import pytest

from assistant.errors import ReadingError
from assistant.reading import read_file


def test_a_text_file_is_read_by_content(tmp_path: Path) -> None:
    path = tmp_path / "甲.txt"
    path.write_text("---\nid: a\ntitle: 甲\n---\n第一条 内容。\n", encoding="utf-8")
    document = read_file(path)
    assert (document.id, document.path, document.outline[0].label) == ("a", str(path), "第一条")


@pytest.mark.parametrize(
    ("content", "part"),
    [(b"%PDF-1.7\n", "PDF"), (b"PK\x03\x04\x14\x00", "Word"), (b"", "空"), (bytes(range(256)) * 40, "UTF-8")],
)
def test_what_is_no_text_is_named(tmp_path: Path, content: bytes, part: str) -> None:
    path = tmp_path / "甲.md"
    path.write_bytes(content)
    with pytest.raises(ReadingError, match=part) as error:
        read_file(path)
    assert str(tmp_path) not in str(error.value)


def test_a_file_that_is_not_there_and_a_folder(tmp_path: Path) -> None:
    for path in (tmp_path / "none.md", tmp_path):
        with pytest.raises(ReadingError, match="无法读取") as error:
            read_file(path)
        assert str(tmp_path) not in str(error.value)
