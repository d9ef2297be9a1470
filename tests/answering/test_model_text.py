"""Reading a model's stream: the same sentences however it is cut, and citations in every form models write."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answering.model_text import ModelSentence, SentenceStream

TEXT = "<think>先看来源[3]。</think>一、平台聚集400万余家企业[1]。供应链涉及800余家企业。[2][3]\n- 标准由20家企业制定【4】。\n结尾没有句号[1,2]"


def read(pieces: list[str]) -> list[ModelSentence]:
    stream = SentenceStream()
    found = [sentence for piece in pieces for sentence in stream.feed(piece)]
    return found + stream.close()


def test_sentences_and_their_citations() -> None:
    assert [(s.text, s.numbers) for s in read([TEXT])] == [
        ("一、平台聚集400万余家企业。", (1,)),
        ("供应链涉及800余家企业。", (2, 3)),
        ("标准由20家企业制定。", (4,)),
        ("结尾没有句号", (1, 2)),
    ]
    assert read([TEXT])[2].is_item


@given(st.lists(st.integers(1, len(TEXT) - 1), max_size=30))
def test_cutting_the_stream_changes_nothing(cuts: list[int]) -> None:
    ends = sorted({0, len(TEXT), *cuts})
    assert read([TEXT[a:b] for a, b in zip(ends, ends[1:], strict=False)]) == read([TEXT])


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        ("[1][2]", (1, 2)), ("[1,2]", (1, 2)), ("[1-3]", (1, 2, 3)), ("【1】", (1,)), ("［1］", (1,)), ("[^1]", (1,)),
        ("[1、3]", (1, 3)), ("[2][2]", (2,)), ("", ()),
    ],
)  # fmt: skip
def test_forms_of_citations(written: str, numbers: tuple[int, ...]) -> None:
    for text in (f"企业很多{written}。", f"企业很多。{written}"):
        assert [(s.text, s.numbers) for s in read([text])] == [("企业很多。", numbers)]


def test_a_citation_after_the_full_stop_is_waited_for() -> None:
    stream = SentenceStream()
    assert stream.feed("企业很多。") == []
    assert stream.feed("[1]") == []
    assert [s.numbers for s in stream.feed("下一句")] == [(1,)]


def test_noise_is_removed() -> None:
    (sentence,) = read(["**平台**见<b>此处</b>![图](http://x/y.png)[原文](http://x)[1]。"])
    assert sentence.text == "平台见此处原文。"


def test_an_unfinished_thought_says_nothing() -> None:
    assert read(["<think>我想想，可能是923万家。"]) == []
