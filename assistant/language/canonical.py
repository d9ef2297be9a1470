"""The form in which texts are indexed and asked: the normal form, with one way of printing numbers and dates.

Never shown, and offsets do not survive. What is made equal, by value:

    二〇二五年六月一日, 2025-06-01, ２０２５年０６月０１日    2025年6月1日; 6月1号, 六月份: 6月1日, 6月
    百分之三点五, 3.50％, 3.5 %                             3.5%
    千分之二, 2‰, 万分之二十                                0.2%: a share has one unit, whatever it was said in
    三分之一                                                1/3
    4百万, 四百万, 4,000,000家, 12000亿                     400万, 400万家, 1.2万亿
    第十七条, 第 17 条, 第（三）项, 第十七、十八条          第17条, 第3项, 第17、18条
    二十余家, 二百余万人                                    20多家, 200万多人
    三十家, 十三个部门, 十三部门, 两年                      30家, 13部门, 2年; 个 is dropped before a noun, not in 3个月
    三至五年, 3—5年, 3年到5年                               3至5年, 3年至5年
    “十四五”, 第十四个五年规划                              十四五, 十四五规划: a name, no number
    一个, 1个, 1种                                          一个, 一种: words, no amounts

Amounts from ten thousand on are printed with the largest of 万, 亿, 万亿 that is not above them. A run of Arabic digits
without a unit is a label (a telephone number, a standard) and stays as it is. Chinese numerals are read only where a
unit, a part of a date, 第, 分之, 万 or 亿 says that they are a number: 三农, 统一, 一次性, 双十一, 三五年, 十四五, 一是 and
the list marks 一、 and （一） stay; so do 一元, 二元, 三元, which are more often words than money.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from assistant.language.normal import normalise
from assistant.language.values import DIGITS, NUMERALS, digits_of, plain, printed, serial_of, value_of

_D, _C = DIGITS, NUMERALS
_SHARE = {"百": 1, "千": 10, "万": 100, "%": 1, "‰": 10, "‱": 100}

# Numerals that follow another mark; possessive and bounded, so that no text takes more than linear time.
_SMALL = rf"(?:[{_C}]{{1,10}}+|\d{{1,6}}+)"
_ANY = rf"(?:[{_C}]{{1,32}}+(?:点[{_D}]{{1,8}}+)?|\d{{1,20}}+(?:\.\d{{1,8}}+)?)"
_TWO = rf"(?:\d{{1,2}}|[{_D}十]{{1,3}})"
_DAY = rf" ?月(?:份| ?{_TWO} ?(?:日|号(?![楼线文令])))?"
_LABEL = r"(?:条|章|节|款|项|目(?![标的录])|编|届|次(?!性)|批(?![发评])|期(?!货)|号|个|季度|位|名(?!称)|类|卷|页|部分)"
_UNIT = (
    r"(?:个月|个[^\W\da-z月个第零〇一二两三四五六七八九十百千万亿]|个|家|项|年代|周年|周岁|年|岁|天(?![然津府])|日|季度|月|周|小时|分钟|秒"
    r"|世纪|工作日|部门|部委|部(?![署落队])|条(?!龙)|章|节|款|届|批次|次(?!性)|批(?![发评])|期(?!货)|名(?![称牌义])|人|户|件|座"
    rf"|台(?![河县湾山])|套|辆|架|艘|栋|幢|亩|公顷|公里|公斤|倍|元(?<!(?<![{_C}])[二三]元)(?!素|宇宙)|美元|欧元|英镑|类|种|级|号|页"
    r"|册|份|城市|省|市|县|镇|村|平方|立方|米|吨|克|升|瓦|兆|方面|领域|行业|企业|单位|地区|国家|机构|平台|集群|园区)"
)
# A lone 一 is more often a part of a word, so fewer units count, and not after these: 统一, 唯一, 之一, 上一年, 每一项.
_ONE = (
    r"(?:个月|个|家|项|年|岁|天|日|季度|月|周(?!边)|小时|分钟|届|次(?!性)|批(?![发评])|期(?!货)|名(?![称牌义])|人|户|件|条(?!龙)|倍|级"
    r"|号|款|种|类)"
)
_NOT_ONE = "统唯单同逐专划归惟其不任某每这那哪另上下前后之初合"
_TO = rf" ?(?:[至到]|[-–—―~]{{1,2}}) ?(?={_ANY}[百千万亿]{{0,2}} ?(?:[%‰‱]|{_UNIT}))"
_PLAN = r"(?:十[一二三四五六七八九]?|[一二三四五六七八九])五"

# 二十多家, 二百余万人: what is more stands before the unit, or inside the number.
_MORE = rf" ?[多余来](?:[百千万亿]{{1,2}}+ ?(?:{_UNIT})?| ?{_UNIT})"

_NUMBER = re.compile(
    rf"[第“\"‘'「\d{_C}](?:"
    rf"(?<=第) ?(?:\({_SMALL}\)|{_SMALL}(?:(?:[、,至到和及或~]|[-–—―]{{1,2}}) ?第?{_SMALL}){{0,20}}+) ?"
    rf"(?:个五年(?=规划|计划)|{_LABEL}(?:之{_SMALL})?)"
    rf"|(?<=[“\"‘'「]){_PLAN}[”\"’'」]"
    # Chinese: a date, a lone 一 before few units, any other run
    rf"|(?<=[{_C}])(?<![{_C}\da-z.·第数几双].)(?<!\d,.)(?:"
    rf"[o{_D}]{{3}}(?: ?年(?: ?{_TWO}{_DAY})?)|[{_D}十]{{0,2}}{_DAY}(?:{_TO})?"
    rf"|(?:(?<=一)(?![{_C}点分])(?<![{_NOT_ONE}]一) ?{_ONE}"
    rf"|(?:(?<!一)|(?=[{_C}点分]))[{_C}]{{0,31}}+(?![{_C}])(?:[点·][{_D}]{{1,8}}+[百千万亿]{{0,2}}+)?(?:分之{_ANY}|{_MORE}| ?{_UNIT})?"
    rf")(?:{_TO})?)"
    # Arabic: an ISO date, a date, an amount
    r"|(?<=\d)(?<![\da-z.第].)(?<!\d,.)(?:"
    r"(?<!-.)\d{3}(?P<by>[-/.])\d{1,2}(?P=by)\d{1,2}(?!\d|[-/.]\d)|(?<!-.)\d{3}-(?:0[1-9]|1[0-2])(?![\d-])"
    rf"|(?:\d{{3}} ?年(?: ?{_TWO}{_DAY})?|\d?{_DAY})(?:{_TO})?"
    rf"|(?:\d{{0,2}}(?:,\d{{3}}){{1,8}}+|\d{{0,19}}+)(?:\.\d{{1,8}}+)?(?![\d.])(?: ?[百千万亿]{{1,3}}+(?:\d{{1,4}}[百千万亿]{{1,2}}+){{0,3}}+)?"
    rf"(?: ?[%‰‱]|{_MORE}| ?{_UNIT})?(?:{_TO})?))"
)
_DATE = re.compile(rf"(?:([\do{_D}]{{4}}) ?年 ?)?(?:({_TWO}) ?月(?:份| ?({_TWO}) ?[日号])?)?")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?")
_AMOUNT = re.compile(
    rf"(?P<number>[\d,.]*[\d{_C}]+(?:[点·][{_D}]+[百千万亿]*)?(?:(?<=\d) [百千万亿][\d百千万亿]*)?)"
    rf"(?:分之(?P<part>.+)| ?(?P<more>[多余来]?)(?P<scale>[百千万亿]*) ?(?P<unit>.*))"
)
_RANGE = re.compile(r" ?(?:[至到]|[-–—―~]{1,2}) ?$")
_PLANS = "零 一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九".split()
# A full-width comma after a half-width digit is a pause; NFKC would make a thousands separator of it.
_PAUSE = re.compile(r"([0-9])，")


def canonical(text: str) -> str:
    """The form in which texts and questions are compared (see the module); takes any string and raises nothing.

    Idempotent: `canonical(canonical(text)) == canonical(text)`.
    """
    form = _once(_PAUSE.sub(r"\1、", text) if "，" in text else text)
    # What stands side by side after a change may make a new number or composed character; rarely so, and never for long.
    for _ in range(8):
        again = _once(form)
        if again == form:
            break
        form = again
    return form


def _once(text: str) -> str:
    try:
        folded = normalise(text)
    except UnicodeEncodeError:  # a lone surrogate, which OpenCC cannot take
        folded = normalise(text.encode("utf-8", "replace").decode())
    return _NUMBER.sub(lambda m: _form(m[0]), folded)


@lru_cache(maxsize=1 << 16)
def _form(run: str) -> str:
    """The one form of a number, a date or a label with its unit, as `_NUMBER` finds it; what is none stays."""
    if run[0] == "第":
        return _label(run)
    if run[0] in "“\"‘'「":
        return run[1:-1]
    body = _RANGE.sub("", run)
    to = "至" if body != run else ""
    date = _date(body)
    if date is not None:
        return date + to
    amount = _amount(body, is_number=bool(to))
    return run if amount is None else amount + to


def _label(run: str) -> str:
    """第十七条, 第 17 条, 第(三)项, 第十七、十八条 with Arabic numbers; 第十四个五年 as the name of the plan."""
    if run.endswith("个五年"):
        number = value_of(run[1:-3].strip(" ()"))
        return run if number is None or not 0 < number < 20 else f"{_PLANS[int(number)]}五"
    run = "第" + re.sub(r"[ ()第]", "", run).replace(",", "、")
    run = re.sub(r"[到~]|[-–—―]+", "至", run)
    return re.sub(rf"[{_C}]+|\d+", lambda m: m[0] if (n := serial_of(m[0])) is None else plain(n), run)


def _date(body: str) -> str | None:
    """A date or part of one with Arabic numbers without leading zeros, or None."""
    match = _ISO.fullmatch(body) or (body[-1] in "年月日号份" and _DATE.fullmatch(body)) or None
    if match is None:
        return None
    numbers = [None if part is None else _part(part) for part in match.groups()]
    form = ""
    for number, most, unit in zip(numbers, (9999, 12, 31), "年月日", strict=True):
        if number is not None and not 0 < number <= most:
            return None
        form += "" if number is None else f"{number}{unit}"
    return form


def _amount(body: str, *, is_number: bool) -> str | None:
    """A number with its unit printed by value, or None where it is no number or a label."""
    match = _AMOUNT.fullmatch(body)
    if match is None:
        return None
    number, part = match["number"] + (match["scale"] or ""), match["part"]
    more, unit = (match["more"] or "").replace("余", "多"), match["unit"] or ""
    if part is not None:
        return _fraction(number, part)
    value = value_of(number)
    if value is None or number in "零〇○":  # 零部件, 零距离
        return None
    if unit in _SHARE:
        return f"{plain(value / _SHARE[unit])}%"
    if unit in ("个", "种") and value == 1 and not more:
        return f"一{unit}"
    if len(unit) == 2 and unit[0] == "个" and unit != "个月":
        return f"一{unit}" if value == 1 and not more else f"{printed(value)}{more}{unit[1]}"
    if unit in ("年", "号", "页"):
        return f"{plain(value)}{more}{unit}"
    if (
        unit
        or is_number
        or any(c in number for c in "万亿,〇○")
        or (number[0].isdigit() and number[-1] in "百千")
    ):
        return f"{printed(value)}{more}{unit}"
    return None


def _fraction(below: str, above: str) -> str | None:
    """百分之三 and its like in per cent, 三分之一 as 1/3."""
    if below in _SHARE:
        share = Decimal(100) if above == "百" else value_of(above)
        return None if share is None else f"{plain(share / _SHARE[below])}%"
    parts = value_of(above), value_of(below)
    return None if None in parts else "/".join(plain(part) for part in parts if part is not None)


def _part(run: str) -> int | None:
    """A year, said digit by digit, or the number of a month or day."""
    value = Decimal(digits_of(run)) if len(run) == 4 else value_of(run)
    return None if value is None else int(value)
