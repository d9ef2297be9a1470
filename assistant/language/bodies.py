"""Bodies named in text: ministries, commissions, offices, and the organs of provinces and cities, by their official names."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.language.canonical import canonical
from assistant.language.places import places_in

# How the name of a body ends, and words that end alike; two characters are no body.
_BODY = re.compile(
    r".+(?:(?<![头内外总干全局])部|委|委员会|(?<![格布全大])局|总署|信办|公厅|公室|法院|检察院|科学院|工程院|银行|政协|人大|代表大会|常委会)"
    r"|国务院|中共中央"
)
_TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
# 省发改委 and 深圳市财政局 are not the national bodies of these names.
_LOCAL = re.compile(r"[省市区县州旗厅]$")
_ORGAN = re.compile(
    r"(?<![城辖])(?P<level>省|市|自治区|自治州)(?:委(?P<party>办公厅)?(?![员托任派])|(?:人民)?政府(?P<office>办公厅|办公室)?"
    r"|(?P<congress>人大常委会|人民代表大会常务委员会))"
)
_DEPARTMENTS = re.compile(
    r"(?<!\d)(?P<number>\d{1,2})(?:部门|部委)(?=的?(?:联合|共同|印发|发布|发文|出台|制定|关于|意见|通知|文件|办法|方案|规划|计划|措施))"
    r"|等(?P<etc>\d{1,2})(?:部门|部委|单位)"
)


class Bodies:
    """A table of names of bodies, from what is said (发改委) to the official name; both compared in canonical form.

    `names` may be a whole glossary: names whose official name is not a body's are left out (`is_body`).
    """

    def __init__(self, names: Mapping[str, str]) -> None:
        said = {name: official for name, official in names.items() if is_body(official)}
        said |= {official: official for official in said.values()}
        self._official = {form: official for name, official in said.items() if (form := canonical(name))}
        longest = sorted(self._official, key=lambda name: (-len(name), name))
        self._pattern = re.compile("|".join(map(_whole, longest)) or r"(?!)")

    def in_text(self, text: str) -> list[tuple[str, int, int]]:
        """Official names with their spans in `text`, which is in canonical form; in order, the longest name at each place.

        Names inside 《》 belong to a title and are left out, national names after 省, 市 or a place (省发改委) belong to
        another body. Organs of places are read by their form: 浙江省政府 is 浙江省人民政府, 浙江省委 is 中共浙江省委.
        """
        shown = _TITLE.sub(lambda title: " " * len(title[0]), text)
        found = [_organ(match) for match in _ORGAN.finditer(shown)]
        taken = [(start, end) for _, start, end in found]
        for match in self._pattern.finditer(shown):
            start, end = match.span()
            if any(s < end and start < e for s, e in taken) or _is_local(shown, start, match[0]):
                continue
            found.append((self._official[match[0]], start, end))
        return sorted(found, key=lambda body: body[1])


def is_body(name: str) -> bool:
    """Whether an official name is that of a body, by its last characters."""
    return len(name) > 2 and _BODY.fullmatch(name) is not None


def departments_in(text: str) -> list[int]:
    """How many departments issued what is spoken of: 13部门意见, 十三个部委联合发文, 国家发展改革委等13部门."""
    return [int(m["number"] or m["etc"]) for m in _DEPARTMENTS.finditer(canonical(text))]


def _whole(name: str) -> str:
    return re.escape(name) + ("(?!门)" if name.endswith("部") else "")  # 财政部门 are not the ministry


def _is_local(text: str, at: int, name: str) -> bool:
    if name.startswith(("国", "中", "全国")):
        return False
    before = text[max(0, at - 4) : at]
    return bool(_LOCAL.search(before)) or any(before.endswith(place) for place in places_in(before))


def _organ(match: re.Match[str]) -> tuple[str, int, int]:
    """An organ of a province or city with its place, where that stands right before; else of 省 or 市 as such."""
    start, level = match.start(), match["level"]
    before = match.string[max(0, start - 9) : start]
    place = next(
        (p for p in places_in(before) if re.search(rf"{p}(?:[\u4e00-\u9fff]{{1,4}}(?:族|尔))?$", before)),
        None,
    )
    if place is not None:
        start -= len(before) - before.rindex(place)
    seat = match.string[start : match.start()] + level
    if match["congress"]:
        return f"{seat}人民代表大会常务委员会", start, match.end()
    if "政府" in match[0]:
        return f"{seat}人民政府{match['office'] or ''}", start, match.end()
    if match.string.endswith("中共", 0, start):
        start -= 2
    return f"中共{seat}委{match['party'] or ''}", start, match.end()
