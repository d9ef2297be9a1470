"""The table from CC-CEDICT: which glosses count, and which Chinese word comes first."""

import importlib.util
from pathlib import Path

_path = Path(__file__).resolve().parents[2] / "scripts" / "english_dictionary.py"
_spec = importlib.util.spec_from_file_location("english_dictionary", _path)
assert _spec is not None
assert _spec.loader is not None
english_dictionary = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(english_dictionary)


def table(*lines: str, words: str = "") -> dict[str, list[str]]:
    text = english_dictionary.build_table(lines, words.split())
    rows = [line.split("\t") for line in text.splitlines()]
    assert [key for key, _ in rows] == sorted(key for key, _ in rows)
    return {key: chinese.split(" ") for key, chinese in rows}


def test_glosses_become_keys() -> None:
    found = table(
        "# CC-CEDICT",
        "採購 采购 [cai3 gou4] /to procure (for an enterprise etc)/to purchase/",
        "許可證 许可证 [xu3 ke3 zheng4] /license; permit/",
        "電價 电价 [dian4 jia4] /price of electricity/",
        "寧德 宁德 [Ning2 de2] /Ningde prefecture-level city in Fujian/",
        "3C 3C [san1 C] /computers/",
    )
    assert found["procure"] == found["purchase"] == ["采购"]
    assert found["permit"] == ["许可证"]
    assert found["price of electricity"] == found["electricity price"] == ["电价"]
    assert found["ningde"] == ["宁德"]
    assert "computers" not in found  # only words of Chinese characters


def test_glosses_that_do_not_translate_are_dropped() -> None:
    found = table(
        "張 张 [Zhang1] /surname Zhang/sheet of paper/classifier for flat objects/CL:個|个[ge4]/",
        "銀 银 [yin2] /variant of 垠[yin2]/",
        "發改委 发改委 [fa1 gai3 wei3] /abbr. for 發展和改革委員會|发展和改革委员会/",
        "晶片 晶片 [jing1 pian4] /(Tw) chip; wafer/",
        "俸 俸 [feng4] /(old) salary/",
    )
    assert set(found) == {"sheet of paper", "paper sheet", "wafer"}


def test_usual_direct_short_words_come_first() -> None:
    lines = (
        "政策 政策 [zheng4 ce4] /policy/",
        "方策 方策 [fang1 ce4] /policy/",
        "策 策 [ce4] /policy/",
        "方針 方针 [fang1 zhen1] /guideline/orientation/policy/",
        "政策綱 政策纲 [zheng4 ce4 gang1] /policy/",
        "治國策 治国策 [zhi4 guo2 ce4] /policy/",
    )
    found = table(*lines, words="策 政策 方针 政策纲 治国策 方策")
    assert found["policy"][0] == "政策"
    assert len(found["policy"]) == english_dictionary.CANDIDATES
    assert "方针" not in found["policy"]  # a third sense gives way to words that mean nothing else


def test_a_gloss_that_only_ends_with_the_word_comes_last() -> None:
    found = table(
        "飛地 飞地 [fei1 di4] /administrative enclave/",
        "圍地 围地 [wei2 di4] /enclave/",
        words="飞地 围地",
    )
    assert found["enclave"] == ["围地", "飞地"]


def test_a_plural_gloss_also_has_the_words_of_the_singular() -> None:
    found = table(
        "城邑 城邑 [cheng2 yi4] /cities/", "城市 城市 [cheng2 shi4] /city/", words="城市 " + "x " * 99
    )
    assert set(found["cities"]) == {"城市", "城邑"}
    assert found["city"] == ["城市"]
