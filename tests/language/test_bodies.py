"""Bodies named in text, by their official names."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.bodies import Bodies, departments_in, is_body
from assistant.language.canonical import canonical
from assistant.library.glossary import load_glossary

_GLOSSARY = Path(__file__).parents[2] / "corpus" / "glossary.yaml"


@pytest.fixture(scope="module")
def bodies() -> Bodies:
    return Bodies({name: t.term for t in load_glossary(_GLOSSARY) for name in (t.term, *t.short)})


@pytest.mark.parametrize(
    ("said", "official"),
    [
        ("发改委 国家发改委 国家发展改革委 国家发展和改革委员会 國家發展改革委", "国家发展改革委"),
        ("工信部 工业和信息化部", "工业和信息化部"),
        ("国办 国务院办公厅", "国务院办公厅"),
        ("网信办 国家互联网信息办公室 中央网络安全和信息化委员会办公室", "中央网信办"),
        ("住建部 住房和城乡建设部", "住房城乡建设部"),
        ("交通部 交通运输部", "交通运输部"),
        ("央行 人民银行 中国人民银行", "中国人民银行"),
        ("国新办 国务院新闻办公室", "国务院新闻办公室"),
        ("知识产权局 国家知识产权局", "国家知识产权局"),
        ("全国人大常委会 全国人民代表大会常务委员会", "全国人民代表大会常务委员会"),
        ("浙江省政府 浙江省人民政府 关于浙江省政府", "浙江省人民政府"),
        ("浙江省政府办公厅 浙江省人民政府办公厅", "浙江省人民政府办公厅"),
        ("浙江省委 中共浙江省委", "中共浙江省委"),
        ("新疆维吾尔自治区政府 新疆维吾尔自治区人民政府", "新疆维吾尔自治区人民政府"),
        ("深圳市政府", "深圳市人民政府"),
        ("北京市人大常委会", "北京市人民代表大会常务委员会"),
    ],
)
def test_one_body_has_one_name(bodies: Bodies, said: str, official: str) -> None:
    assert [[name for name, _, _ in bodies.in_text(canonical(way))] for way in said.split()] == [
        [official]
    ] * len(said.split())


@pytest.mark.parametrize(
    "text",
    [
        "浙江省发改委",
        "深圳市知识产权局",
        "财政部门",
        "个人行为",
        "市委员会",
        "直辖市人民政府",
        "城市政府",
        "《工信部关于集群的通知》",
        "",
    ],
)
def test_what_is_no_body_of_that_name(bodies: Bodies, text: str) -> None:
    assert bodies.in_text(canonical(text)) == []


def test_several_bodies_in_order_with_their_spans(bodies: Bodies) -> None:
    text = canonical("工信部、国家发展改革委等13部门与浙江省政府")
    found = bodies.in_text(text)
    assert [text[start:end] for _, start, end in found] == ["工信部", "国家发展改革委", "浙江省政府"]


def test_no_names_find_only_organs_of_places() -> None:
    assert Bodies({}).in_text("工信部和浙江省政府") == [("浙江省人民政府", 4, 9)]


@given(st.text(st.sampled_from("国家发展改革委工信部门省市政府人大常《》浙江 、"), max_size=30))
def test_spans_are_in_order_and_apart(text: str) -> None:
    names = Bodies({"工信部": "工业和信息化部", "发改委": "国家发展改革委"})
    ends = [edge for _, start, end in names.in_text(text) for edge in (start, end)]
    assert ends == sorted(ends) and (not ends or ends[-1] <= len(text))


@pytest.mark.parametrize(
    "name", ["格局", "上头部", "企业开办", "一网通办", "内部", "产业集群", "区域分工协作格局"]
)
def test_words_that_end_alike_are_no_bodies(name: str) -> None:
    assert not is_body(name)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("13部门意见", [13]),
        ("十三部门的意见", [13]),
        ("十三个部门联合印发", [13]),
        ("13部委联合发文", [13]),
        ("国家发展改革委等13个部门", [13]),
        ("涉及3个部门", []),
        ("部门意见", []),
    ],
)
def test_how_many_departments_issued_it(text: str, numbers: list[int]) -> None:
    assert departments_in(text) == numbers
