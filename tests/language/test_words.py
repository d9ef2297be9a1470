"""Words and character n-grams, the same for index and question."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.language.normal import normalise
from assistant.language.words import STOP_WORDS, char_ngrams, content_words, words

MIXED = st.text(st.sampled_from("虚拟产業集群数据的了吗COSMOPlat 5G3.5%，。（）-+"), max_size=40)


@given(MIXED)
def test_words_are_the_text_in_order(text: str) -> None:
    folded = normalise(text)
    at = 0
    for word in words(text):
        found = folded.find(word, at)
        assert found >= at, word
        at = found + len(word)


@given(MIXED)
def test_every_chinese_character_is_a_unigram(text: str) -> None:
    characters = [c for c in normalise(text) if "\u3400" <= c <= "\u9fff"]
    grams = char_ngrams(text)
    assert sorted(g for g in grams if len(g) == 1 and "\u3400" <= g <= "\u9fff") == sorted(characters)


@given(MIXED)
def test_content_words_are_words_without_stop_words(text: str) -> None:
    assert content_words(text) == [w for w in words(text) if w not in STOP_WORDS]


def test_index_and_question_are_cut_alike() -> None:
    assert words("虛擬產業集群") == words("虚拟产业集群")
    assert char_ngrams("ＣＯＳＭＯＰｌａｔ") == ["cosmoplat"]


def test_latin_runs_and_numbers_stay_whole() -> None:
    assert words("COSMOPlat在5G+和3.5%之间") == ["cosmoplat", "在", "5g", "和", "3.5%", "之间"]
    assert char_ngrams("工业互联网2.0") == [
        "工",
        "业",
        "互",
        "联",
        "网",
        "工业",
        "业互",
        "互联",
        "联网",
        "2.0",
    ]


def test_questions_words_carry_no_topic() -> None:
    assert content_words("请问什么是数据要素？") == ["数据", "要素"]
    assert content_words("") == []
