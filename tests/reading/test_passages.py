"""Passages: along the outline, exact, covering everything, of bounded length."""

from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain import Document
from assistant.reading import passages
from assistant.reading.markdown import read_markdown
from assistant.reading.outline import own_spans
from assistant.reading.passages import MAX_CHARACTERS


def read(body: str) -> Document:
    return read_markdown(f"---\nid: a\ntitle: 甲\n---\n{body}".encode(), "a.md")


def test_statute_text_gives_one_passage_an_article() -> None:
    found = passages(read("# 办法\n\n第一条 星海市设立中心。\n\n第二条 自2024年3月1日起施行。\n"))
    assert [(p.id, p.ordinal, p.section_path, p.text) for p in found] == [
        ("a#1", 1, ("办法", "第一条"), "第一条 星海市设立中心。"),
        ("a#2", 2, ("办法", "第二条"), "第二条 自2024年3月1日起施行。"),
    ]


def test_text_of_outer_sections_is_a_passage_of_its_own() -> None:
    found = passages(
        read(
            "引言。\n# 甲\n\n甲由国务院印发。\n\n## 乙\n\n乙有两类。\n\n"
            "### 丙\n\n1. 丙一。\n2. 丙二。\n\n## 待核实\n\n文号。\n"
        )
    )
    assert [(p.section_path, p.text) for p in found] == [
        ((), "引言。"),
        (("甲",), "甲由国务院印发。"),
        (("甲", "乙"), "乙有两类。"),
        (("甲", "乙", "丙"), "1. 丙一。\n2. 丙二。"),
        (("甲", "待核实"), "文号。"),
    ]
    assert [p.is_unverified for p in found] == [False, False, False, False, True]


def test_long_sections_are_cut_at_sentence_ends_with_one_sentence_overlap() -> None:
    sentences = [f"第{i}项措施由有关部门按照职责分工组织落实并定期公布进展情况。" for i in range(60)]
    found = passages(read("# 甲\n\n" + "".join(sentences)))
    assert len(found) >= 3
    for before, after in zip(found, found[1:], strict=False):
        assert before.text.endswith("。")
        last = before.text.rstrip("。").rpartition("。")[2] + "。"
        assert after.text.startswith(last)
    assert all(MAX_CHARACTERS // 2 < len(p.text) <= MAX_CHARACTERS for p in found)


def test_a_document_without_outline_is_cut_shorter() -> None:
    found = passages(read("有关部门应当及时公布进展情况。" * 80))
    assert len(found) > 2
    assert all(200 < len(p.text) <= 400 for p in found)


def test_a_text_without_any_stop_is_still_cut() -> None:
    found = passages(read("# 甲\n\n" + "数" * 2000))
    assert [len(p.text) for p in found] == [300] * 6 + [200]


PIECES = st.sampled_from(
    [
        "# 甲\n",
        "## 一、乙\n",
        "### （一）丙\n",
        "第一条 内容。\n",
        "第二章 措施\n",
        "一、要求\n",
        "（一）目标。建成一百家。\n",
        "1. 甲类。\n",
        "- 乙类；\n",
        "\n",
        "　　",
    ]
)
PROSE = st.text(alphabet="甲乙丙，。；：《》“”（）!? .\nA1%", min_size=1, max_size=900)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, PROSE), max_size=15))
def test_passages_are_exact_ordered_and_cover_the_text(parts: list[str]) -> None:
    document = read("正文。\n" + "".join(parts))
    found = passages(document)
    covered: set[int] = set()
    for i, passage in enumerate(found, start=1):
        assert passage.text == document.text[passage.start : passage.end]
        assert passage.text == passage.text.strip()
        assert 0 < len(passage.text) <= MAX_CHARACTERS
        assert (passage.id, passage.ordinal) == (f"a#{i}", i)
        covered.update(range(passage.start, passage.end))
    assert all(a.start < b.start and a.end < b.end for a, b in zip(found, found[1:], strict=False))
    own = {i for _, start, end in own_spans(document.text, document.outline) for i in range(start, end)}
    assert {i for i in own if not document.text[i].isspace()} <= covered <= own
    headings = "".join(c if i not in own else "\n" for i, c in enumerate(document.text)).split("\n")
    assert {h.strip() for h in headings} <= {"", *(s.path[-1] for s in document.outline)}
