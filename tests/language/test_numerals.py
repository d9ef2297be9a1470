"""Figures and dates in one form, and where they stand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.language.numerals import arabic, dates, figures, plain_numbers

_DIGITS = "零一二三四五六七八九"


def chinese(number: int) -> str:
    """A number below 10^12 as Chinese numerals, written out from scratch."""
    if number == 0:
        return "零"
    text = ""
    for scale, unit in ((10**8, "亿"), (10**4, "万"), (1, "")):
        section, number = divmod(number, scale)
        if section == 0:
            if text and number:
                text = text.rstrip("零") + "零"
            continue
        part = ""
        if text and section < 1000:
            part = "零"
        for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, section = divmod(section, place)
            if digit:
                part += _DIGITS[digit] + name
            elif part and section and not part.endswith("零"):
                part += "零"
        text = text.rstrip("零") + part + unit if part.startswith("零") else text + part + unit
    return text


@given(st.integers(0, 10**12 - 1))
def test_numerals_are_read_as_written(number: int) -> None:
    assert arabic(chinese(number)) == number


@given(st.integers(10, 19))
def test_ten_may_stand_without_one(number: int) -> None:
    assert arabic(chinese(number).removeprefix("一")) == number


@given(st.integers(1900, 2199))
def test_years_are_read_digit_by_digit(year: int) -> None:
    assert arabic("".join("〇一二三四五六七八九"[int(d)] for d in str(year))) == year


@pytest.mark.parametrize("run", ["", "三十a", "政策", "3十"])
def test_what_is_no_numeral_is_none(run: str) -> None:
    assert arabic(run) is None


@pytest.mark.parametrize(
    ("run", "value"),
    [("两百", 200), ("四百万", 4_000_000), ("十万", 100_000), ("一万零三十", 10_030), ("二十", 20)],
)
def test_known_numerals(run: str, value: int) -> None:
    assert arabic(run) == value


@given(st.text(st.sampled_from("0123456789.,%万亿千百十三两点零年月日家企业增长 ０９％"), max_size=40))
def test_figures_stand_where_they_say(text: str) -> None:
    end = 0
    for figure in figures(text):
        assert end <= figure.start < figure.end <= len(text)
        end = figure.end
        printed = text[figure.start : figure.end]
        again = figures(printed)
        assert len(again) == 1
        assert again[0].value == figure.value


@given(st.integers(0, 10**9), st.sampled_from(["家", "%", "亿元", "项", "个"]))
def test_arabic_figures_keep_their_value(number: int, unit: str) -> None:
    for printed in (str(number), f"{number:,}"):
        (figure, *_) = figures(f"聚集{printed}{unit}。")
        scale = 10**8 if unit == "亿元" else 1
        assert figure.value == number * scale


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("聚集企业400万余家", "4000000", "家"),
        ("增长3.5%", "3.5", "%"),
        ("比例为百分之三十", "30", "%"),
        ("提高百分之三点五", "3.5", "%"),
        ("规模1.2万亿元", "1200000000000", "元"),
        ("共二十条", "20", "条"),
        ("约１２３家", "123", "家"),
        ("超过1,234.5亿元", "123450000000", "元"),
        ("提高2个百分点", "2", "个百分点"),
    ],
)
def test_known_figures(text: str, value: str, unit: str) -> None:
    (figure,) = figures(text)
    assert (figure.value, figure.unit) == (Decimal(value), unit)


def test_parts_of_words_are_no_figures() -> None:
    assert figures("千方百计保障亿万群众") == []


def test_chinese_figures_can_be_left_out() -> None:
    assert [f.value for f in figures("三类共20条", chinese=False)] == [Decimal(20)]


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_dates_are_read_in_every_form(day: date) -> None:
    printed = f"{day.year}年{day.month}月{day.day}日"
    written = "".join("〇一二三四五六七八九"[int(d)] for d in str(day.year))
    for text in (
        printed,
        day.isoformat(),
        f"{written}年{chinese(day.month)}月{chinese(day.day)}日".replace("一十", "十"),
    ):
        (found,) = dates(f"自{text}起施行")
        assert (found.year, found.month, found.day) == (day.year, day.month, day.day)
        assert found.iso == day.isoformat()
        assert f"自{text}起施行"[found.start : found.end] == text


@pytest.mark.parametrize("text", ["2021年13月1日", "2023年2月29日", "1021年", "第20条"])
def test_impossible_dates_are_left_out(text: str) -> None:
    assert dates(text) == []


def test_dates_are_as_precise_as_said() -> None:
    assert [d.iso for d in dates("到2025年，较2020年12月；2021-09-01")] == ["2025", "2020-12", "2021-09-01"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("1,234家", {"1234"}), ("第007号", {"7"}), ("三十日和5%", {"30", "5"}), ("０", {"0"}), ("万众", set())],
)
def test_plain_numbers(text: str, expected: set[str]) -> None:
    assert plain_numbers(text) == expected


@pytest.mark.parametrize(
    ("run", "value"),
    [("一亿零三万", 100_030_000), ("一万亿", 10**12), ("两万亿零五亿", 2 * 10**12 + 5 * 10**8)],
)
def test_large_units_in_either_order(run: str, value: int) -> None:
    assert arabic(run) == value
