"""The value of one printed number, in Chinese, Arabic or mixed signs, and the one way in which a value is printed."""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS = "零〇○一二两三四五六七八九"
NUMERALS = DIGITS + "十百千万亿"
_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "o": 0, "两": 2}
_POWER = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_TOKEN = re.compile(r"\d+(?:\.\d+)?|.")


def value_of(run: str) -> Decimal | None:
    """The value of a well-formed number (四百万, 1.2万亿, 三点五亿, 1,234, 二〇三五), or None.

    None are approximations (三四十, 三五), names (十四五) and powers without a digit (千万). A last digit after a power counts
    a tenth of it (一万五 is 15000), as it is said.
    """
    by_digit = "·" in run  # the print of older plans: 四二七·四亿
    whole, _, rest = run.replace(",", "").replace(" ", "").replace("·", "点").partition("点")
    if rest:
        value, part = (serial_of if by_digit else value_of)(whole), rest.rstrip("百千万亿")
        return (
            None if value is None else (value + Decimal(f"0.{digits_of(part)}")) * _product(rest[len(part) :])
        )
    if len(whole) > 1 and all(c in _DIGIT for c in whole):
        # 三五 is three to five; only a zero, or how a year begins, says that digits are read one by one.
        is_year = len(whole) == 4 and whole.startswith(("一八", "一九", "二"))
        return Decimal(digits_of(whole)) if is_year or set(whole) & set("零〇○") else None
    return _composed(_TOKEN.findall(whole))


def serial_of(run: str) -> Decimal | None:
    """The same after 第, where three digits and more are read one by one (第一一六号)."""
    said_alone = len(run) > 2 and all(c in _DIGIT for c in run)
    return Decimal(digits_of(run)) if said_alone else value_of(run)


def digits_of(run: str) -> str:
    """Digits said one by one (二〇二五, 二OO五 in lower case) in Arabic."""
    return "".join(c if c.isdigit() else str(_DIGIT[c]) for c in run)


def printed(value: Decimal) -> str:
    """With the largest of 万, 亿, 万亿 that is not above the value."""
    for power, name in ((10**12, "万亿"), (10**8, "亿"), (10**4, "万")):
        if value >= power:
            return f"{plain(value / power)}{name}"
    return plain(value)


def plain(value: Decimal) -> str:
    """Without exponent and trailing zeros."""
    return f"{value.normalize():f}"


def _product(powers: str) -> int:
    product = 1
    for power in powers:
        product *= _POWER[power]
    return product


def _composed(tokens: list[str]) -> Decimal | None:
    """The value of digits and powers in their order; None when this is not how a number is said."""
    total = section = Decimal(0)  # what is before the last 万 or 亿, and what is after it
    digit: Decimal | None = None
    last = big = 0  # the power before in this section; the last of 万 and 亿
    zero = False
    for token in tokens:
        power = _POWER.get(token, 0)
        if power >= 10**4:
            section += digit or 0
            if not section and (not total or power < big):
                return None
            # 一万亿 and 五万万 multiply all before; in 一亿零三万 the 万 counts only what follows the 亿.
            total = (total + section) * power if power >= big else total + section * power
            section, digit, last, big, zero = Decimal(0), None, 0, power, False
        elif power:
            if (digit is None and token != "十") or (last and power >= last):
                return None
            section += (1 if digit is None else digit) * power
            digit, last, zero = None, power, False
        elif token in "零〇○":
            if digit is not None or zero:
                return None
            zero = True
        elif digit is not None:
            return None
        else:
            digit = Decimal(_DIGIT.get(token, token))
    if digit is None:
        return total + section if total or section or zero else None
    if not zero and len(tokens) > 1 and tokens[-1] in _DIGIT and tokens[-2] != "十":
        digit *= Decimal(_POWER[tokens[-2]]) / 10
    return total + section + digit
