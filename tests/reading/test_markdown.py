"""From bytes to a Document: clean text, outline, notes, and refusals."""

import hashlib
import logging

import pytest

from assistant.domain import Document, Note
from assistant.errors import ReadingError
from assistant.reading.markdown import read_markdown

HEADER = "---\nid: a\ntitle: 甲\n---\n"


def read(body: str) -> Document:
    return read_markdown((HEADER + body).encode(), "甲.md")


def test_a_digest() -> None:
    raw = (
        "---\nid: p1\ntitle: 甲规划\nkind: plan\nissuers: [国务院]\ntext_kind: digest\n---\n"
        "# 甲规划\n\n甲规划由国务院印发。[^1]甲规划共八章。[^2]\n\n## 发展目标 ##\n\n<!-- 待补\n两行 -->\n"
        "到2025年建成10个园区。[^1][^2]\n\n\n\n"
        "[^1]: 转载（与主题无关的网站）：http://www.example.com/a?b=1\n"
        "[^2]: 官方页面：\n    https://www.gov.cn/x\n"
    ).encode()
    document = read_markdown(raw, "corpus/p1.md")
    assert document.text == (
        "甲规划\n\n甲规划由国务院印发。甲规划共八章。\n\n发展目标\n\n到2025年建成10个园区。"
    )
    assert [s.path for s in document.outline] == [("甲规划",), ("甲规划", "发展目标")]
    first = Note(
        document.text.index("甲规划共"),
        "转载（与主题无关的网站）：http://www.example.com/a?b=1",
        "http://www.example.com/a?b=1",
    )
    assert document.notes[0] == first
    assert document.notes[1] == Note(
        document.text.index("\n\n发展目标"), "官方页面： https://www.gov.cn/x", "https://www.gov.cn/x"
    )
    assert [n.position for n in document.notes[2:]] == [len(document.text)] * 2
    assert (document.id, document.issuers, document.path) == ("p1", ("国务院",), "corpus/p1.md")
    assert document.sha256 == hashlib.sha256(raw).hexdigest()


def test_plain_statute_text_below_one_title() -> None:
    document = read("\n# 星海市办法\n\n第一条 星海市设立中心。\n\n第二条 本办法自2024年3月1日起施行。\n")
    assert [(s.label, s.path) for s in document.outline] == [
        ("", ("星海市办法",)),
        ("第一条", ("星海市办法", "第一条")),
        ("第二条", ("星海市办法", "第二条")),
    ]


def test_lists_stay_and_marks_of_layout_go() -> None:
    body = (
        "##总则\n> 引文。\n\n1. **甲**。\n- 见[办法](https://a.cn/x)，国发[2021](29)号。\n"
        "  - 乙\n　　丙。  \n\n---\n#话题#丁。\n"
    )
    assert (
        read(body).text == "总则\n引文。\n\n1. 甲。\n- 见办法，国发[2021](29)号。\n  - 乙\n丙。\n\n#话题#丁。"
    )
    assert [s.heading for s in read(body).outline] == ["总则"]


def test_signs_inside_a_line_stay() -> None:
    document = read("## 第九条　付款期限\n\n甲　乙 > 丙，A**B，[^ ]。\n")
    assert document.text == "第九条　付款期限\n\n甲　乙 > 丙，A**B，[^ ]。"
    assert (document.outline[0].label, document.outline[0].heading) == ("第九条", "付款期限")


def test_line_ends_and_byte_order_mark() -> None:
    raw = b"\xef\xbb\xbf" + (HEADER + "甲。\n乙。").replace("\n", "\r\n").encode()
    assert read_markdown(raw, "x").text == "甲。\n乙。"


def test_a_note_without_definition_is_left_out_and_said(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        document = read("甲。\n乙。[^9]\n")
    assert (document.text, document.notes) == ("甲。\n乙。", ())
    assert "第6行" in caplog.text
    assert "[^9]" in caplog.text


@pytest.mark.parametrize(
    ("raw", "part"),
    [
        (b"", "文件是空的"),
        (b" \n\n", "文件是空的"),
        (bytes(range(256)) * 40, "不是 UTF-8"),
        ("---\nid: a\ntitle: 甲\n---\n甲".encode("gb18030"), "不是 UTF-8"),
        (HEADER.encode() + b"a\x00b", "二进制"),
        (HEADER.encode(), "没有正文"),
        ((HEADER + "# 甲\n\n## 乙\n<!-- 丙 -->\n[^1]: 丁\n").encode(), "没有正文"),
    ],
)
def test_refused(raw: bytes, part: str) -> None:
    with pytest.raises(ReadingError, match=part):
        read_markdown(raw, "x")
