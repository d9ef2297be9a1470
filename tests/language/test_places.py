"""Provinces, cities and areas named in text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.places import places_in, province_of, region_key

_CITY = {
    "杭州": "浙江",
    "深圳": "广东",
    "恩施": "湖北",
    "呼伦贝尔": "内蒙古",
    "苏州": "江苏",
    "宿州": "安徽",
    "喀什": "新疆",
}


def test_places_in_order_of_mention_each_once() -> None:
    assert places_in("浙江省杭州市和广东省，浙江的义乌") == ["浙江", "杭州", "广东", "义乌"]


def test_texts_without_places() -> None:
    assert places_in("虚拟产业集群有哪些代表性模式？") == []


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("恩施土家族苗族自治州", ["恩施"]),
        ("内蒙古自治区鄂尔多斯市", ["内蒙古", "鄂尔多斯"]),
        ("长江三角洲区域和长三角", ["长三角"]),
        ("粤港澳大湾区、京津冀、成渝地区双城经济圈", ["大湾区", "京津冀", "成渝"]),
        ("推动东北振兴、中部地区崛起和西部大开发", ["东北", "中部", "西部"]),
        ("雄安新区、上海浦东新区和海南自由贸易港", ["雄安", "上海", "浦东", "海南自贸港"]),
        ("大庆市与日照市", ["大庆", "日照"]),
        ("中山市的企业", ["中山"]),
    ],
)
def test_cities_and_areas(text: str, places: list[str]) -> None:
    assert places_in(text) == places


@pytest.mark.parametrize(
    "text",
    "孙中山 中山路 中山大学 长春花 东北大学 设备的中部 朝阳区 西湖区 阿里巴巴 日照时数 形成都市圈 线上海外销售 目前海外 推广东部经验 "
    "第三明确 面临高风险 大同小异 长治久安 南京西路 大理石 宁德时代 公安庆祝 隆重庆祝 普洱茶 黄河源头 稳定西部 出海口".split(),
)
def test_names_inside_of_other_words_are_no_places(text: str) -> None:
    assert places_in(text) == []


@pytest.mark.parametrize(
    ("city", "province"), [*_CITY.items(), ("北京", "北京"), ("浦东", "上海"), ("吉林市", "吉林")]
)
def test_province_of_a_city(city: str, province: str) -> None:
    assert province_of(city) == province


@pytest.mark.parametrize("name", ["长三角", "德国", "", "海淀区"])
def test_no_province_of_what_is_no_city(name: str) -> None:
    assert province_of(name) is None


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("浙江 浙江省 浙江省人民政府 浙江省人大常委会 中国（浙江）自由贸易试验区", "浙江"),
        ("内蒙古 内蒙古自治区 內蒙古自治區人民政府", "内蒙古"),
        ("全国 国家 国务院 中国 中央 国务院办公厅", "全国"),
        ("杭州 杭州市 浙江省杭州市", "杭州"),
        ("重庆市、四川省 重庆、四川", "重庆、四川"),
        ("德国 ", "德国"),
    ],
)
def test_one_key_for_a_region_however_it_is_said(said: str, key: str) -> None:
    assert {region_key(way) for way in said.split()} == {key}


@given(st.sampled_from(sorted(_CITY)), st.sampled_from(["", "市", "州", "市人民政府", "地区"]))
def test_a_city_has_one_key_with_and_without_its_province(city: str, suffix: str) -> None:
    assert region_key(city + suffix) == region_key(f"{_CITY[city]}省{city}{suffix}") == city


@given(st.text())
def test_any_text_has_a_key(text: str) -> None:
    assert region_key(region_key(text)) == region_key(text)
