"""Places of China named in text: provinces, prefecture-level cities, and the areas that policy speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from assistant.language.canonical import canonical
from assistant.language.normal import squeeze

# Areas across provinces, by what they are called; the first name is the one returned.
_AREAS = (
    "长三角=长江三角洲 珠三角=珠江三角洲 大湾区=粤港澳大湾区=粤港澳 京津冀 成渝=川渝 长江中游 长江经济带 黄河流域 环渤海 北部湾 长株潭 关中平原 山东半岛 "
    "海峡西岸 东北 中部 西部 东部 雄安=雄安新区 浦东=浦东新区 海南自贸港=海南自由贸易港"
).split()
# These are compass directions too, and areas only before such words.
_DIRECTION = r"(?=地区|区域|大开发|崛起|振兴|率先|老工业|三省|六省|省份|城市群|陆海新通道|产业转移)"
# Names that are common words or parts of them (面临高, 第三明, 日照): only with the suffix of a place.
_ONLY_WITH_SUFFIX = (
    "朝阳 东方 新星 白杨 双河 兴安 阿里 大同 白银 日照 安康 长治 山南 来宾 海东 海西 海北 黄南 三明 和田 中卫 定安 临高 文昌 昆玉 通化 "
    "红河 文山 保山 甘南 天水 平凉 乐东 昌江 永康 石狮 天门 玉树 大庆 安庆"
).split()
_SUFFIX = r"(?=市|自治州|州|地区|盟|[\u4e00-\u9fff]{1,6}自治[州县])"
# What stands right before or after a name where it is no place; general cases only.
_NOT_AFTER = {
    "中山": "孙",
    "成都": "形完组构达变",
    "上海": "线网以陆",
    "广东": "推",
    "广西": "推",
    "海口": "出入",
    "前海": "目以之当此年日月提",
    "雄安": "英",
    "定西": "确稳",
    "西安": "东",
    "河源": "黄淮江",
    "开封": "拆已未",
    "黑河": "大",
    "乐山": "高",
}
_NOT_BEFORE = {
    "中山": "陵|装|大学|公园",
    "长春": "花|藤",
    "杭州": "湾",
    "开封": "验|后|即|查",
    "大理": "石|寺|论|想|由|解",
    "普洱": "茶",
    "宁德": "时代",
    "青岛": "啤",
    "四平": "方|米",
    "大连": "接|续|片|锁",
    "南通": "道|过|往",
    "重庆": "祝|典",
    "海南": "岸|藏族|州",
    "河南": "岸",
    "河北": "岸",
    "湖南": "岸",
    "湖北": "岸",
    "山东": "侧|麓|半岛",
    "西安": "全|排|置|装",
    "南沙": "群岛",
    "东北": "大学|师范|财经|林业|农业|角|侧|亚|虎",
}
_ROAD = r"(?![东南西北中]?路(?![径线演网]))"  # 南京西路 is a street
_WHOLE_COUNTRY = re.compile(
    r"(?:全国|国家|中国|中央|国务院|中共中央|中华人民共和国|党中央)(?!.*(?:省|市|自治区))"
)


def places_in(text: str) -> list[str]:
    """Names of provinces, cities and areas in order of mention, without their suffix, each once.

    An area has one name (长江三角洲 and 长三角: 长三角). Districts are no places here, nor are names inside of other words
    (孙中山, 长春花, 东北大学, 南京路).
    """
    area = _areas()
    return list(dict.fromkeys(area.get(name, name) for name in _pattern().findall(text)))


def province_of(city: str) -> str | None:
    """The province of a city (杭州, 杭州市: 浙江) or of a province itself; None for areas and what is none."""
    provinces = _provinces()
    return provinces.get(city) or provinces.get(
        re.sub(r"(?:省|市|地区|盟|自治区|特别行政区|新区)$", "", city)
    )


def region_key(text: str) -> str:
    """One key for a region however it is said: 浙江, 浙江省, 浙江省人民政府 agree, and so do 全国, 国家, 国务院.

    A city stands for itself, also after its province (浙江省杭州市: 杭州); several regions are joined in their order
    (重庆市、四川省: 重庆、四川). What is no place of China is its squeezed normal form (德国).
    """
    form = canonical(text)
    found = places_in(form)
    kept = [p for i, p in enumerate(found) if not any(province_of(q) == p for q in found[i + 1 :])]
    if kept:
        return "、".join(kept)
    return "全国" if _WHOLE_COUNTRY.match(form) else squeeze(form)


@cache
def _provinces() -> Mapping[str, str]:
    """The province of every city and province."""
    found: dict[str, str] = {}
    for line in files(__package__).joinpath("regions.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            province, _, cities = line.partition(":")
            found[province] = province
            for city in cities.replace("|", " ").split():
                found.setdefault(city, province)  # 吉林 and 海南 are provinces first
    return found


@cache
def _areas() -> Mapping[str, str]:
    return {name: group.split("=")[0] for group in _AREAS for name in group.split("=")}


@cache
def _pattern() -> re.Pattern[str]:
    """All names, longest first. Every branch begins with a literal, so that the search skips to a first character."""
    names = sorted({*_provinces(), *_areas()}, key=lambda name: (-len(name), name))
    return re.compile("|".join(_guarded(name) for name in names))


def _guarded(name: str) -> str:
    before = f"(?<![{_NOT_AFTER[name]}]{name})" if name in _NOT_AFTER else ""
    after = f"(?!{_NOT_BEFORE[name]})" if name in _NOT_BEFORE else ""
    if name in ("东北", "中部", "西部", "东部"):
        after += _DIRECTION
    elif name in _ONLY_WITH_SUFFIX:
        after += _SUFFIX
    return f"{name}{before}{after}{_ROAD}"
