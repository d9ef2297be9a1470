"""Sentence spans."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.sentences import sentences

TEXT = st.text(st.sampled_from("政策集群a B1。！？!?….\n 《》“”（）()「」，；："), max_size=80) | st.text(
    max_size=60
)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@given(TEXT)
def test_spans_are_ordered_disjoint_and_hold_every_character(text: str) -> None:
    spans = sentences(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    held = {i for start, end in spans for i in range(start, end)}
    assert all(i in held or character.isspace() for i, character in enumerate(text))


@given(TEXT)
def test_no_span_begins_or_ends_with_space(text: str) -> None:
    assert all(sentence == sentence.strip() != "" for sentence in cut(text))


@given(st.text(st.sampled_from("甲乙。！？，"), max_size=30))
def test_nothing_is_cut_inside_closed_marks(inside: str) -> None:
    for opened, closed in ("《》", "（）", "“”", "「」"):
        text = f"甲{opened}{inside}{closed}乙"
        end_of_marks = len(inside) + 2
        cuts = [end for _, end in sentences(text)]
        assert all(end > end_of_marks for end in cuts), cuts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一句。二句！三句？", ["一句。", "二句！", "三句？"]),
        ("等等……还有。", ["等等……", "还有。"]),
        ("真的吗？！是。", ["真的吗？！", "是。"]),
        ("没有句号", ["没有句号"]),
        ("第一行\n第二行", ["第一行", "第二行"]),
        ("他说：“走。”然后走了。", ["他说：“走。”", "然后走了。"]),
        ("依据《办法。试行》执行。完。", ["依据《办法。试行》执行。", "完。"]),
        ("达到3.5%。增长。", ["达到3.5%。", "增长。"]),
        ("1. 第一条要求。2. 第二条", ["1. 第一条要求。", "2. 第二条"]),
        ("One ends. Two e.g. this one.", ["One ends.", "Two e.g. this one."]),
        ("未闭合（括号。下一句。\n再一句。", ["未闭合（括号。下一句。", "再一句。"]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_known_sentences(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_a_mark_that_is_never_closed_does_not_swallow_the_text() -> None:
    assert len(cut("（" + "政策支持集群发展。" * 60)) > 20
