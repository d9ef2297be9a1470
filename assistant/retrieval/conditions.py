"""Filters read out of a question: which documents it says it is about.

Read only where the words speak of documents (2024年河北省政府工作报告, 财政部印发的办法), not of things (2024年的产值): a filter
hides everything else, and it is shown to the person, who can take it off.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from assistant.domain import Filters, Kind, Level, Standing
from assistant.language.places import places_in
from assistant.language.titles import document_keys_in

_DOCUMENT = r"(?:政府工作报告|工作报告|规划纲要|五年规划|规划|计划|条例|办法|意见|通知|方案|政策文件|政策|文件|措施|规定|法规|报告)"
_ISSUED = r"(?:出台|印发|发布|公布|颁布|制定|下发|发的)"
_BETWEEN = r"[^\d，。；,;？?！!]{0,8}?"
_YEAR = re.compile(
    rf"(?<!\d)(\d{{4}})(?:年|年度)?的?{_BETWEEN}{_DOCUMENT}|(?<!\d)(\d{{4}})年{_BETWEEN}{_ISSUED}"
)
_PERIOD = re.compile(
    rf"(?<!\d)(\d{{4}})年?(?:至|到|-|—|–)(\d{{4}})年(?:间|期间)?的?{_BETWEEN}(?:{_DOCUMENT}|{_ISSUED})"
)
_SINCE = re.compile(rf"(?<!\d)(\d{{4}})年(?:以来|之后|以后|起)的?{_BETWEEN}(?:{_DOCUMENT}|{_ISSUED})")
_AFTER_PLACE = rf"(?:省|市|自治区|特别行政区|地区)?(?:人民政府|省政府|市政府|政府)?的?{_BETWEEN}"
_REPORT = re.compile(r"政府工作报告")
_CASE = re.compile(r"(?:有哪些|有什么|哪些|国内外|典型|成功|相关)(?:的)?案例")
_LAW = re.compile(r"(?:哪部|哪些|什么)(?:法律|法规|法)")
_CURRENT = re.compile(rf"(?:现行有效|现行|仍然有效|还有效|目前有效)的?{_BETWEEN}{_DOCUMENT}")
_PAST = re.compile(rf"(?:已经?(?:废止|失效)|历史上)的?{_BETWEEN}{_DOCUMENT}")
_LAST_YEAR = 9999


def read_filters(text: str, regions: Collection[str], issuers: Collection[str]) -> Filters:
    """The filters that a question in its canonical form states; `regions` and `issuers` are those of the library."""
    return Filters(
        kinds=_kinds(text),
        issuer=_issuer(text, issuers),
        region=_region(text, regions),
        years=_years(text),
        level=_level(text),
        number=next(iter(document_keys_in(text)), None),
        standing=_standing(text),
    )


def _years(text: str) -> tuple[int, int] | None:
    if period := _PERIOD.search(text):
        first, last = int(period[1]), int(period[2])
        return (first, last) if first <= last else None
    if since := _SINCE.search(text):
        return int(since[1]), _LAST_YEAR
    found = {int(a or b) for a, b in _YEAR.findall(text)}
    # Two single years are a comparison: documents of both are wanted, and those between are not.
    return (min(found), max(found)) if len(found) == 1 else None


def _region(text: str, regions: Collection[str]) -> str | None:
    """The one place whose documents are asked for, as the library calls it."""
    named = [
        place
        for place in places_in(text)
        if re.search(rf"{place}{_AFTER_PLACE}(?:{_DOCUMENT}|{_ISSUED})", text)
    ]
    if len(named) != 1:
        return None
    return min((r for r in regions if named[0] in r), key=len, default=None)


def _issuer(text: str, issuers: Collection[str]) -> str | None:
    named: Sequence[str] = [i for i in issuers if re.search(rf"{re.escape(i)}(?:联合)?{_ISSUED}", text)]
    return max(named, key=len, default=None)


def _kinds(text: str) -> tuple[Kind, ...]:
    if _REPORT.search(text):
        return (Kind.REPORT,)
    if _CASE.search(text):
        return (Kind.CASE,)
    return (Kind.LAW, Kind.REGULATION) if _LAW.search(text) else ()


def _level(text: str) -> Level | None:
    levels = [
        level
        for level in Level
        if level.value in text and level.value[-1] in "规章件" and len(level.value) > 2
    ]
    return levels[0] if len(levels) == 1 else None


def _standing(text: str) -> Standing | None:
    if _CURRENT.search(text):
        return Standing.CURRENT
    return Standing.PAST if _PAST.search(text) else None
