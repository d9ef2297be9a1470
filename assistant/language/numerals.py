"""Figures and dates in text, in one form: 二〇二五年六月一日 = 2025-06-01, 百分之三十 = 30%, 400万 = 四百万."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_NUMERAL = "零〇○一二两三四五六七八九十百千万亿"
_SCALE = {"": 1, "千": 10**3, "万": 10**4, "百万": 10**6, "亿": 10**8, "万亿": 10**12, "兆": 10**12}
_FIGURE = re.compile(
    rf"(?P<arabic>\d+(?:,\d{{3}})*(?:\.\d+)?)\s*(?P<scale>万亿|百万|[千万亿兆])?|百分之(?P<percent>[{_NUMERAL}点\d.]+)"
    rf"|(?P<chinese>[{_NUMERAL}]*[{_NUMERAL}](?:点[{_NUMERAL}]+)?)"
)
_UNIT_AFTER = re.compile(
    r"\s*(?:余|多|来|以上|以下)*\s*(%|个百分点|平方公里|万美元|美元|欧元|元|家|个|条|项|户|人|名|座|款|件|天|日|年|月|倍|亩|类|种|部门|部|次|期|届|章|节|号|城市|岁|周岁|小时|分钟|秒|英里|公里|吨|EFLOPS)?"
)
_DATE = re.compile(
    rf"(?P<y>\d{{4}}|[{_NUMERAL}]{{4}})\s*(?:年|[-/.](?=\d))\s*(?:(?P<m>\d{{1,2}}|[{_NUMERAL}]{{1,3}})\s*(?:月|[-/.](?=\d))\s*(?:(?P<d>\d{{1,2}}|[{_NUMERAL}]{{1,3}})\s*日?)?)?"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a text: its value, the unit right after it ("" if none), and its span."""

    value: Decimal
    unit: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text, as precise as it is said, and its span."""

    year: int
    month: int | None
    day: int | None
    start: int
    end: int

    @property
    def iso(self) -> str:
        parts = [f"{self.year:04d}", *(f"{p:02d}" for p in (self.month, self.day) if p is not None)]
        return "-".join(parts)


def arabic(run: str) -> int | None:
    """The value of a run of Chinese numerals (三十, 二〇二五, 四百万), or None if it is none."""
    if not run or any(c not in _DIGITS and c not in _UNITS for c in run):
        return None
    if not any(c in _UNITS for c in run):
        return int("".join(str(_DIGITS[c]) for c in run))
    total = section = digit = last = 0
    for c in run:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif (unit := _UNITS[c]) >= 10**4:
            # 一万亿 multiplies what was said before; in 一亿零三万 the 万 counts only what follows the 亿.
            section += digit
            total = (total + section) * unit if unit > last else total + section * unit
            section, digit, last = 0, 0, unit
        else:
            section, digit = section + (digit or 1) * _UNITS[c], 0
    return total + section + digit


def figures(text: str, *, chinese: bool = True) -> list[Figure]:
    """All figures in order, offsets into `text`. With `chinese` False only those with Arabic digits."""
    folded = _fold(text)
    found: list[Figure] = []
    for match in _FIGURE.finditer(folded):
        value = _value(match) if chinese or match["arabic"] else None
        if value is None:
            continue
        unit = _UNIT_AFTER.match(folded, match.end())
        name = "%" if match["percent"] else (unit.group(1) or "" if unit else "")
        found.append(Figure(value.normalize(), name, match.start(), match.end()))
    return found


def plain_numbers(text: str) -> set[str]:
    """Every number as printed, without thousands separators and leading zeros, Chinese numerals as Arabic (contract form)."""
    folded = re.sub(r"(?<=\d),(?=\d{3})", "", _fold(text))
    found = {n.rstrip(".").lstrip("0") or "0" for n in re.findall(r"\d[\d.]*", folded)}
    for run in re.findall(f"[{_NUMERAL}]+", folded):
        value = arabic(run)
        if value is not None and any(c in _DIGITS or c == "十" for c in run):
            found.add(str(value))
    return found


def dates(text: str) -> list[DateMention]:
    """Dates with at least a year, offsets into `text`; impossible ones (month 13) are left out."""
    found: list[DateMention] = []
    for match in _DATE.finditer(_fold(text)):
        year, month, day = (_number(match[name]) for name in ("y", "m", "d"))
        if year is None or not 1900 <= year <= 2200:
            continue
        try:
            date(year, month or 1, day or 1)
        except ValueError:
            continue
        found.append(DateMention(year, month, day, match.start(), match.end()))
    return found


def _fold(text: str) -> str:
    """Full-width digits and signs as ASCII, character by character so that offsets stay."""
    if text.isascii():
        return text
    return "".join(_fold_one(c) for c in text)


def _fold_one(char: str) -> str:
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char


def _number(run: str | None) -> int | None:
    if run is None:
        return None
    return int(run) if run.isdigit() else arabic(run)


def _value(match: re.Match[str]) -> Decimal | None:
    if match["arabic"]:
        return Decimal(match["arabic"].replace(",", "")) * _SCALE[match["scale"] or ""]
    run = match["percent"] or match["chinese"]
    if re.fullmatch(r"\d+(\.\d+)?", run):
        return Decimal(run)
    whole, _, rest = run.partition("点")
    # A lone 万, 亿, 千 is a scale or a part of a word, not a number of its own.
    if not any(c in _DIGITS or c == "十" for c in whole):
        return None
    value = arabic(whole)
    if value is None or any(c not in _DIGITS for c in rest):
        return None
    return Decimal(f"{value}.{''.join(str(_DIGITS[c]) for c in rest)}") if rest else Decimal(value)
