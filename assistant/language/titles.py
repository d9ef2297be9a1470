"""Names by which documents are called in text: titles, 发文字号, numbered orders, articles."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from assistant.language.canonical import canonical
from assistant.language.values import NUMERALS, plain, serial_of

_INNER = r"[^《》]|《[^《》]{1,60}》"
_ENDING = "法|法典|条例|办法|规定|细则|意见|通知|规划|纲要|方案|计划|决定|决议|报告|公告|措施|指南|标准|规范|解释|批复|函|白皮书"
# 《》 are for titles only; 「」 and 『』 quote words too, so there a title must end like one.
_TITLE = re.compile(
    rf"《((?:{_INNER}){{2,140}})》|〈([^〈〉《》]{{2,80}})〉|「((?:[^「」]|「[^「」]{{1,60}}」){{1,80}}(?:{_ENDING}))」"
    rf"|『((?:[^『』]){{1,80}}(?:{_ENDING}))』"
)
_BRACKETED = r"[〔\[(【「『〈《<]\s*(?P<year>(?:19|20)\d{2})\s*年?\s*[〕\])】」』〉》>]\s*第?\s*"
_BARE = r"\s*(?P<bare>(?:19|20)\d{2})\s*(?:年\s*第|[\s\-—]\s*第?)\s*"
_DOC_NUMBER = re.compile(rf"(?<=[\u4e00-\u9fff ])(?:{_BRACKETED}|{_BARE})(?P<no>\d{{1,5}})\s*号(?!公告|令)")
_WHO = re.compile(r"[\u4e00-\u9fff]{2,12}$")
# What may stand right before a number without a space: 发文字号为国发…, 见国发…, 国务院印发的国发….
_LEAD = re.compile(
    r"^.*(?:字号|文号|编号|印发|发布|公布|文件|以及|依据|根据|按照|依照|执行|日起)(?:为|是|的|即)?|^(?:见|即|为|和|与|及|以)"
)
# Without brackets the code itself must look like one: 国发2021 29号, 工信部联规2023-258号.
_CODE = re.compile(
    r"(?:发|办|函|字|政|府|规|联|建|税|财|技|业|[\u4e00-\u9fff]联[\u4e00-\u9fff]{1,3}|^发改[\u4e00-\u9fff]{2})$"
)
_SERIAL = rf"第?\s*(?P<{{0}}>\d{{{{1,5}}}}|[{NUMERALS}]{{{{1,8}}}})\s*号"
_ORDER = re.compile(
    rf"(?P<who>国务院|国家主席|主席|国|[\u4e00-\u9fff]{{2,14}}?)\s*令\s*(?:\([^()]{{1,8}}\))?\s*{_SERIAL.format('after')}"
    rf"|(?P<body>国务院|国家主席|主席)?\s*{_SERIAL.format('before')}\s*(?P<name>国务院令|主席令|令)"
)
_NOTICE = re.compile(
    r"公告\s*(?P<a>(?:19|20)\d{2})\s*年?\s*第\s*(?P<b>\d{1,5})\s*号|(?P<c>(?:19|20)\d{2})\s*年?\s*第\s*(?P<d>\d{1,5})\s*号\s*公告"
)
_ARTICLE = re.compile(r"第[零〇一二两三四五六七八九十百千\d]+条(?:之[一二三四五六七八九])?")
# On canonical text: 第17条第2款第3项, 第17、18条, and 17条 right after the name of a law.
_MENTION = re.compile(
    r"(?:第|(?<=[法典例])》? ?|(?:办法|规定|细则|解释)》? ?)(?P<articles>\d{1,4}(?:[、至和及或]\d{1,4})*)条(?!措施|意见|举措|建议|政策)(?:之(?P<sub>\d{1,2}))?"
    r"(?:第(?P<paragraph>\d{1,2})(?:[、至和及或]\d{1,2})*款)?(?:第(?P<item>\d{1,2})(?:[、至和及或]\d{1,2})*项)?(?P<to> ?[至到~—–-]{1,2} ?(?=第?\d{1,4}条))?"
)
_WIDEST = 100  # articles that a range is written out for; of a wider one only its ends count


@dataclass(frozen=True, slots=True)
class ArticleMention:
    """An article as it is referred to: its label in canonical form (第17条, 第20条之1), 款 and 项 where they are said."""

    article: str
    paragraph: int | None = None
    item: int | None = None


def titles_in(text: str) -> list[str]:
    """Titles inside 《》, 〈〉, 「」 or 『』, outer ones only, without the marks."""
    return ["".join(groups) for groups in _TITLE.findall(text)]


def doc_numbers_in(text: str) -> list[str]:
    """发文字号 in the one form 国发〔2021〕29号, whatever brackets and spaces were used, also none (国发2021 29号)."""
    folded = unicodedata.normalize("NFKC", text)
    return [number for _, number in _doc_numbers(folded)]


def document_keys_in(text: str) -> list[str]:
    """All exact keys of documents in order of mention: 发文字号, orders (国务院令第722号, 主席令第84号), 公告2020年第5号.

    The issuer is no part of a 公告's key. Chinese numerals of orders are read (主席令第八十四号).
    """
    folded = unicodedata.normalize("NFKC", text)
    found = [*_doc_numbers(folded), *_orders(folded)]
    found += [
        (m.start(), f"公告{m['a'] or m['c']}年第{int(m['b'] or m['d'])}号") for m in _NOTICE.finditer(folded)
    ]
    return list(dict.fromkeys(key for _, key in sorted(found)))


def articles_in(text: str) -> list[str]:
    """Article labels such as 第十二条, as printed."""
    return _ARTICLE.findall(text)


def article_numbers(text: str) -> list[str]:
    """Labels of all articles referred to, canonical (第17条), each once; ranges and lists are written out.

    Also a bare number after the name of a law (民法典1165条).
    """
    return list(dict.fromkeys(mention.article for mention in article_mentions(text)))


def article_mentions(text: str) -> list[ArticleMention]:
    """Articles referred to, in order, with 款 and 项 (第十七条第二款第（三）项: 第17条, 2, 3)."""
    found: list[ArticleMention] = []
    since: int | None = None  # the first article of a range that goes on to the next label
    for match in _MENTION.finditer(canonical(text)):
        numbers = _listed(match["articles"])
        if since is not None:
            numbers = [*_between(since, numbers[0]), *numbers[1:]]
        since = numbers[-1] if match["to"] else None
        sub, paragraph, item = (match[name] for name in ("sub", "paragraph", "item"))
        for number in numbers:
            last = number == numbers[-1]
            found.append(
                ArticleMention(
                    f"第{number}条" + (f"之{sub}" if sub and last else ""),
                    int(paragraph) if paragraph and last else None,
                    int(item) if item and last else None,
                )
            )
    return list(dict.fromkeys(found))


def _doc_numbers(folded: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for match in _DOC_NUMBER.finditer(folded):
        who = _WHO.search(folded[max(0, match.start() - 13) : match.start()].rstrip())
        if who is None or (match["bare"] and not _CODE.search(_issuer(who[0]))):
            continue
        found.append(
            (match.start(), f"{_issuer(who[0])}〔{match['year'] or match['bare']}〕{int(match['no'])}号")
        )
    return found


def _issuer(run: str) -> str:
    """The issuer's code at the end of a run of characters, without the words that lead to it."""
    code = _LEAD.sub("", run)
    return code if len(code) >= 2 else run


def _orders(folded: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for match in _ORDER.finditer(folded):
        number = serial_of(match["after"] or match["before"])
        who = match["who"] or match["body"] or (match["name"] or "").removesuffix("令")
        if number is not None and who:
            found.append((match.start(), f"{_authority(who)}令第{plain(number)}号"))
    return found


def _authority(who: str) -> str:
    """Whose order it is: 国令 and 中华人民共和国国务院令 are the State Council's."""
    if who.endswith("主席"):
        return "主席"
    return "国务院" if who == "国" or who.endswith("国务院") else _issuer(who)


def _listed(run: str) -> list[int]:
    """17、18 as both, 17至20 as all from one to the other."""
    numbers: list[int] = []
    for part in re.split(r"[、和及或]", run):
        first, _, last = part.partition("至")
        numbers += _between(int(first), int(last.split("至")[-1])) if last else [int(first)]
    return numbers


def _between(first: int, last: int) -> list[int]:
    return list(range(first, last + 1)) if 0 <= last - first < _WIDEST else [first, last]
