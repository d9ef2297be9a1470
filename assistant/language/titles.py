"""Names by which documents are called in text: 《titles》 and 发文字号."""

from __future__ import annotations

import re
import unicodedata

_TITLE = re.compile(r"《([^《》]{2,80}(?:《[^《》]{1,60}》[^《》]{0,40})?)》")
_DOC_NUMBER = re.compile(
    r"(?P<who>[\u4e00-\u9fff]{2,12}?)\s*[〔\[（(【［]\s*(?P<year>(?:19|20)\d{2})\s*[〕\]）)】］]\s*(?P<no>\d{1,5})\s*号"
)
# What may stand right before a number without a space: 发文字号为国发…, 见国发…, 国务院印发的国发….
_LEAD = re.compile(
    r"^.*(?:字号|文号|编号|印发|发布|公布|文件|以及)(?:为|是|的|即)?|^(?:见|依据|根据|按照|依照|即|为|和|与|及|以)"
)
_ARTICLE = re.compile(r"第[零〇一二两三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十])?")


def titles_in(text: str) -> list[str]:
    """Titles inside 《》, outer ones only, without the marks."""
    return _TITLE.findall(text)


def doc_numbers_in(text: str) -> list[str]:
    """发文字号 in the one form 国发〔2021〕29号, whatever brackets were used."""
    folded = unicodedata.normalize("NFKC", text)
    return [f"{_issuer(m['who'])}〔{m['year']}〕{int(m['no'])}号" for m in _DOC_NUMBER.finditer(folded)]


def articles_in(text: str) -> list[str]:
    """Article labels such as 第十二条, as printed."""
    return _ARTICLE.findall(text)


def _issuer(run: str) -> str:
    """The issuer's code at the end of a run of characters, without the words that lead to it."""
    code = _LEAD.sub("", run)
    return code if len(code) >= 2 else run
