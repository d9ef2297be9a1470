"""English text to Chinese candidates: phrases, word forms, names, what is left out."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.language.english import STOP_WORDS, EnglishDictionary

TABLE = """\
border\t边境
box\t箱子
chain\t链条
city\t城市 市
company\t公司 企业
cross\t十字
digitize\t数字化
goods\t货物
license\t执照 许可证
merge\t合并
pay\t支付
plan\t计划 规划
rate of growth\t增长率
shelf\t架子
small\t小
supply\t供应
supply chain\t供应链
tax\t税收
"""


@pytest.fixture
def dictionary(tmp_path: Path) -> EnglishDictionary:
    path = tmp_path / "english_chinese.tsv"
    path.write_text(TABLE, encoding="utf-8")
    return EnglishDictionary(path)


def test_the_longest_phrase_wins_and_stop_words_go(dictionary: EnglishDictionary) -> None:
    found = dictionary.translate("What is the rate of growth of the supply chain?")
    assert found == [["增长率"], ["供应链"]]
    assert dictionary.translate("the supply, chain") == [["供应"], ["链条"]]  # no phrase across a comma


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("cities", "城市"),
        ("companies", "公司"),
        ("boxes", "箱子"),
        ("shelves", "架子"),
        ("taxes", "税收"),
        ("planned", "计划"),
        ("planning", "计划"),
        ("paid", "支付"),
        ("smaller", "小"),
        ("goods", "货物"),
        ("Licences", "执照"),
        ("digitising", "数字化"),
        ("merger", "合并"),
        ("payment", "支付"),
        ("company's", "公司"),
        ("supply chains", "供应链"),
        ("supply-chain", "供应链"),
    ],
)
def test_word_forms(dictionary: EnglishDictionary, said: str, meant: str) -> None:
    found = dictionary.translate(said)
    assert len(found) == 1
    assert found[0][0] == meant


def test_names_numbers_and_chinese_stand_for_themselves(dictionary: EnglishDictionary) -> None:
    said = ["COSMOPlat", "AI", "GDP", "2025", "5G", "Catena-X", "RISC-V", "3.5%", "数据安全法", "Xometry"]
    assert dictionary.translate(" ".join(said)) == [[name] for name in said]


def test_hyphenated_words_are_cut_only_when_all_parts_are_known(dictionary: EnglishDictionary) -> None:
    assert dictionary.translate("cross-border") == [["十字"], ["边境"]]
    assert dictionary.translate("cross-gartered") == [["cross-gartered"]]


def test_the_degree_that_is_asked_for_is_no_topic(dictionary: EnglishDictionary) -> None:
    assert dictionary.translate("How small is the company?") == [["公司", "企业"]]
    assert dictionary.translate("How did the small company pay?") == [["小"], ["公司", "企业"], ["支付"]]


def test_candidates_come_once(dictionary: EnglishDictionary) -> None:
    assert dictionary.translate("cities and a city") == [["城市", "市"]]


def test_without_the_table_words_stand_for_themselves(tmp_path: Path) -> None:
    dictionary = EnglishDictionary(tmp_path / "none.tsv")
    assert not dictionary.available
    assert dictionary.translate("the supply chain") == [["supply"], ["chain"]]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text())
def test_any_text_gives_words_without_stop_words_or_repetition(
    dictionary: EnglishDictionary, text: str
) -> None:
    found = dictionary.translate(text)
    assert all(0 < len(candidates) <= 4 and all(candidates) for candidates in found)
    assert not any(word.lower() in STOP_WORDS for candidates in found for word in candidates)
    assert len({tuple(candidates) for candidates in found}) == len(found)
