"""Names by which documents are called in text: 《titles》 and 发文字号."""

from __future__ import annotations

import re
import unicodedata

_TITLE = re.compile(r"《([^《》]{2,80}(?:《[^《》]{1,60}》[^《》]{0,40})?)》")
_DOC_NUMBER = re.compile(
    r"(?P<who>[\u4e00-\u9fff]{2,12}?)\s*[〔\[（(【［]\s*(?P<year>(?:19|20)\d{2})\s*[〕\]）)】］]\s*(?P<no>\d{1,5})\s*号"
)
_ARTICLE = re.compile(r"第[零〇一二两三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十])?")


def titles_in(text: str) -> list[str]:
    """Titles inside 《》, outer ones only, without the marks."""
    return _TITLE.findall(text)


def doc_numbers_in(text: str) -> list[str]:
    """发文字号 in the one form 国发〔2021〕29号, whatever brackets were used."""
    folded = unicodedata.normalize("NFKC", text)
    return [f"{m['who']}〔{m['year']}〕{int(m['no'])}号" for m in _DOC_NUMBER.finditer(folded)]


def articles_in(text: str) -> list[str]:
    """Article labels such as 第十二条, as printed."""
    return _ARTICLE.findall(text)
