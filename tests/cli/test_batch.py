"""Batches and histories as people write them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.cli.batch import history_of, read_batch, read_history
from assistant.domain import Turn
from assistant.errors import QueryError


def write(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "file"
    path.write_text(text, encoding=encoding)
    return path


def test_rows_with_all_they_may_have(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        '{"id":"1","question":"问","history":[{"q":"甲","a":"乙"},{"q":"丙"}],"as_of":"2024-03-01","gold":[1]}\n'
        '\n{"id":"2","question":""}\n',
    )
    first, second = read_batch(path)
    assert (first.id, first.question, first.as_of) == ("1", "问", date(2024, 3, 1))
    assert history_of(first) == (Turn("甲", "乙"), Turn("丙", ""))
    assert (second.question, second.as_of, history_of(second)) == ("", None, ())


def test_a_byte_order_mark_is_no_part_of_the_first_row(tmp_path: Path) -> None:
    assert read_batch(write(tmp_path, '{"id":"1","question":"问"}', "utf-8-sig"))[0].id == "1"


def test_an_empty_batch_has_no_rows(tmp_path: Path) -> None:
    assert read_batch(write(tmp_path, "\n  \n")) == []


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("{", "第 2 行"),
        ("[]", "第 2 行"),
        ('{"question":"问"}', "id"),
        ('{"id":"1"}', "question"),
        ('{"id":"1","question":"问","as_of":"2024-02-30"}', "as_of"),
        ('{"id":"1","question":"问","history":[{"a":"乙"}]}', "history.0.q"),
    ],
)
def test_a_bad_row_is_named_by_its_line_and_field(tmp_path: Path, line: str, what: str) -> None:
    with pytest.raises(QueryError, match="第 2 行") as raised:
        read_batch(write(tmp_path, '{"id":"0","question":"问"}\n' + line))
    assert what in str(raised.value)
    assert "\n" not in str(raised.value)


def test_history_is_a_list_of_turns(tmp_path: Path) -> None:
    assert read_history(write(tmp_path, '[{"q":"甲","a":"乙"},{"q":"丙","a":"丁"}]')) == (
        Turn("甲", "乙"),
        Turn("丙", "丁"),
    )
    assert read_history(write(tmp_path, "[]")) == ()


@pytest.mark.parametrize("text", ["", "no", "{}", '{"q":"甲"}', "[1]", '[{"a":"乙"}]', '[{"q":1}]'])
def test_anything_else_is_no_history(tmp_path: Path, text: str) -> None:
    with pytest.raises(QueryError, match="应为"):
        read_history(write(tmp_path, text))


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="读不到文件"):
        read_batch(tmp_path / "nowhere")
    with pytest.raises(QueryError, match="读不到文件"):
        read_history(tmp_path)
    (tmp_path / "latin").write_bytes("é".encode("latin-1"))
    with pytest.raises(QueryError, match="UTF-8"):
        read_batch(tmp_path / "latin")
