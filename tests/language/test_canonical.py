"""One form for every way of printing a number, a date or a label."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.canonical import canonical

_WIDE = str.maketrans("0123456789%", "０１２３４５６７８９％")
_MARKS = "零〇○一二两三四五六七八九十百千万亿第条款年月日号家个部门元%‰分之点至到-—~、,，.0123 （）“”五规划薴H\u0331著乾"


@pytest.mark.parametrize(
    ("printed", "form"),
    [
        ("二〇二五年六月一日 二零二五年六月一日 2025-06-01 2025/6/1 2025.6.1 2025年6月1号", "2025年6月1日"),
        ("2025-06 二○二五年六月 2025年六月份 2025年06月", "2025年6月"),
        ("六月一日 06月01日 6月1号", "6月1日"),
        ("二OO五年 二〇〇五年 2005年", "2005年"),
        ("百分之三点五 3.50％ 3.5% 百分之3.5", "3.5%"),
        ("百分之百 百分之一百 100%", "100%"),
        ("千分之二 2‰ 0.2% 万分之二十", "0.2%"),
        ("三分之一 1/3", "1/3"),
        ("四百万 4百万 400万 ４００万", "400万"),
        ("四百万家 4,000,000家 4000000家 4百万家", "400万家"),
        ("1.2万亿 12000亿 一万二千亿 一点二万亿 1,200,000,000,000", "1.2万亿"),
        ("一万五千元 一万五元 1.5万元 15000元 1万5千元", "1.5万元"),
        ("一亿零三万人 10003万人", "1.0003亿人"),
        ("1,234 1234", "1234"),
        ("第十七条 第17条 第017条", "第17条"),
        ("第（三）项 第(三)项 第3项 第三项", "第3项"),
        ("第十七、十八条 第17、18条 第十七、第十八条", "第17、18条"),
        ("第一百二十条之一 第120条之一", "第120条之1"),
        ("第三十三届 第33届", "第33届"),
        ("十三个部门 13个部门 13部门 十三部门", "13部门"),
        ("三十家 30家 三十个家", "30家"),
        ("两年 二年 2年", "2年"),
        ("三个月 3个月", "3个月"),
        ("二十多家 二十余家 20多家 20余家", "20多家"),
        ("二百余万人 200多万人 200万多人", "200万多人"),
        ("一亿六千余万亩 1.6亿多亩", "1.6亿多亩"),
        ("五万万人 5亿人", "5亿人"),
        ("四二七·四亿元 427.4亿元", "427.4亿元"),
        ("三至五年 3-5年 3—5年 3~5年 三到五年", "3至5年"),
        ("2024—2028年 2024-2028年 二〇二四—二〇二八年", "2024至2028年"),
        ("30%-50% 百分之三十至百分之五十", "30%至50%"),
        ("一个平台 1个平台", "一个平台"),
        ("“十四五”规划 十四五规划 第十四个五年规划 第14个五年规划", "十四五规划"),
        ("两个一百年 2个100年", "2个100年"),
    ],
)
def test_what_is_equal_has_one_form(printed: str, form: str) -> None:
    assert {canonical(way) for way in printed.split()} == {form}


@pytest.mark.parametrize(
    "text",
    "一体化 统一 统一部门 三农 一带一路 万一 千方百计 四川 九江 三亚 三明市 七台河 五台山 双十一 一是 二是 五谷 百姓 十四五 一次性 一半 "
    "三五年 七八家 三四十家 一二三产业 二元结构 三元里 上一年 每一项 之一 第三方 第一产业 一部分 零部件 万亿级 红十字会 几十家 数百万 "
    "百分点 (一) 一、 二七区 九三学社 1/3 gb45438-2025 13800138000 v2.0版 192.168.1.1 2025-13-01".split(),
)
def test_names_words_and_marks_stay(text: str) -> None:
    assert canonical(text) == text


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("共 30 家，占 30 %", "共 30家,占 30%"),
        ("2025 年 6 月 1 日施行", "2025年6月1日施行"),
        ("投入100，200家受益", "投入100、200家受益"),  # a pause, not a thousands separator
        ("依照第十七条第二款第（三）项", "依照第17条第2款第3项"),
        ("處五萬元以上十萬元以下罰款", "处5万元以上10万元以下罚款"),
    ],
)
def test_inside_sentences(text: str, form: str) -> None:
    assert canonical(text) == form


@given(st.dates(date(1949, 1, 1), date(2099, 12, 31)), st.booleans())
def test_printed_forms_of_a_date_agree(day: date, padded: bool) -> None:
    year, month, dom = (
        day.year,
        f"{day.month:02d}" if padded else day.month,
        f"{day.day:02d}" if padded else day.day,
    )
    said = "".join("〇一二三四五六七八九"[int(c)] for c in str(year))
    forms = [
        f"{year}年{month}月{dom}日",
        f"{year} 年 {month} 月 {dom} 日",
        *(f"{year}{by}{month}{by}{dom}" for by in "-/."),
        f"{said}年{_spoken(day.month)}月{_spoken(day.day)}日",
    ]
    forms += [form.translate(_WIDE) for form in forms]
    assert {canonical(form) for form in forms} == {f"{day.year}年{day.month}月{day.day}日"}


@given(st.integers(4, 10**13), st.sampled_from(["元", "家", "吨", "人"]))
def test_printed_forms_of_an_amount_agree(number: int, unit: str) -> None:
    forms = [f"{number}{unit}", f"{number:,}{unit}", f"{_spoken(number)}{unit}"]
    forms += [
        f"{Decimal(number) / power:f}{name}{unit}"
        for power, name in ((10**4, "万"), (10**8, "亿"))
        if number % (power // 10**4) == 0 and number >= power // 10
    ]
    assert len({canonical(form) for form in (*forms, forms[0].translate(_WIDE))}) == 1


@given(st.integers(4, 10**13 - 1), st.integers(4, 10**13 - 1))
def test_different_amounts_stay_different(one: int, other: int) -> None:
    assert (canonical(f"{_spoken(one)}元") == canonical(f"{other}元")) == (one == other)


@given(st.integers(1, 99_999))
def test_printed_forms_of_a_share_agree(basis_points: int) -> None:
    share = (Decimal(basis_points) / 100).normalize()
    whole, _, part = f"{share:f}".partition(".")
    said = _spoken(int(whole)) + (
        f"点{''.join('零一二三四五六七八九'[int(c)] for c in part)}" if part else ""
    )
    forms = [
        f"{share:f}%",
        f"{share:f} ％",
        f"百分之{said}",
        f"{share * 10:f}‰",
        f"万分之{_spoken(basis_points)}",
    ]
    assert {canonical(form) for form in forms} == {f"{share:f}%"}


@given(
    st.one_of(st.text(), st.text(st.characters(), max_size=60), st.text(st.sampled_from(_MARKS), max_size=16))
)
def test_any_string_has_a_form_that_stays(text: str) -> None:
    form = canonical(text)
    assert canonical(form) == form


@pytest.mark.parametrize(
    "text", ["", "\ud800第一条\udfff", "一" * 200_000, "第一、" * 50_000, "2024-" * 50_000]
)
def test_hard_strings_have_a_form(text: str) -> None:
    assert isinstance(canonical(text), str)


def _spoken(number: int) -> str:
    """A whole number below ten billion thousands as it is said in Chinese."""
    for power, name in ((10**8, "亿"), (10**4, "万")):
        if number >= power:
            rest = number % power
            gap = "零" if 0 < rest < power // 10 else ""
            return f"{_spoken(number // power)}{name}{gap}{_spoken(rest) if rest else ''}"
    said = ""
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            said += "零一二三四五六七八九"[digit] + name
        elif said and not said.endswith("零"):
            said += "零"
    said = said.rstrip("零") or "零"
    return said.removeprefix("一") if said.startswith("一十") else said
