"""Whether a sentence is borne by what it cites: figures with units, dates, names, negation and modality, content.

A sentence that says a figure, a date or a name that its quotes do not hold is not supported, whatever else it says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain import Citation, Verdict
from assistant.language.normal import normalise, squeeze
from assistant.language.numerals import Figure, figures
from assistant.language.titles import articles_in, doc_numbers_in, titles_in
from assistant.language.words import content_words
from assistant.retrieval.terms import TermStatistics

# Share of a sentence's content, weighted by how telling each word is, that its quotes must hold.
CONTENT_SUPPORTED = 0.6
CONTENT_PARTLY = 0.45

_LATIN_NAME = re.compile(r"[a-z][a-z0-9]*(?:[\-.&’'][a-z0-9]+)*", re.IGNORECASE)
_NAME_TAIL = re.compile(
    r"[\u4e00-\u9fff]{2,14}?(?:委员会|管理局|总局|工业和信息化部|财政部|商务部|科技部|人民政府|研究院|研究所|大学|公司|集团|协会|联盟|论坛|银行|法院)"
)
_NEGATION = re.compile(
    r"不得|不能|不可|不应|不予|不再|禁止|严禁|没有|无权|未|并非|不是|不(?=[\u4e00-\u9fff])"
)
_STRENGTH = ("应当", "必须", "可以", "鼓励", "全部", "所有", "一律", "免费", "唯一", "首个", "最大")


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with its reason (Chinese, for the trace)."""

    verdict: Verdict
    reason: str


def verify(text: str, citations: Sequence[Citation], terms: TermStatistics) -> Finding:
    """Check one sentence (without markers) against the quotes it cites."""
    if not citations:
        return Finding(Verdict.UNSUPPORTED, "没有可核对的出处")
    quotes = " ".join(c.quote for c in citations)
    if squeeze(text) in squeeze(quotes):
        return Finding(Verdict.SUPPORTED, "与出处文字一致")
    labels = " ".join(f"《{c.document.title}》{c.document.doc_number or ''} {c.section}" for c in citations)
    for problem in (
        _strange_figures(text, quotes, labels),
        _strange_names(
            text, f"{quotes} {labels} {' '.join(a for c in citations for a in c.document.aliases)}"
        ),
        _changed_force(text, quotes),
    ):
        if problem:
            return Finding(Verdict.UNSUPPORTED, problem)
    weights = terms.weights(text)
    share = terms.coverage(weights, content_words(f"{quotes} {labels}"))
    if share >= CONTENT_SUPPORTED:
        return Finding(Verdict.SUPPORTED, f"内容覆盖 {share:.2f}")
    if share >= CONTENT_PARTLY:
        return Finding(Verdict.PARTLY, f"内容只覆盖 {share:.2f}")
    return Finding(Verdict.UNSUPPORTED, f"内容只覆盖 {share:.2f}")


def bears_figures(text: str, quote: str, labels: str = "") -> bool:
    """Whether every figure of `text` stands in `quote` (with a fitting unit) or in `labels`."""
    return _strange_figures(text, quote, labels) is None


def _strange_figures(text: str, quotes: str, labels: str) -> str | None:
    # Document numbers and article labels are names; they are checked as such.
    held = [*figures(quotes), *figures(labels)]
    for figure in figures(_without_names(text)):
        if not any(_same(figure, other) for other in held):
            return f"数字“{figure.value:f}{figure.unit}”不在出处中"
    return None


def _same(figure: Figure, other: Figure) -> bool:
    if figure.value != other.value:
        return False
    return not figure.unit or not other.unit or figure.unit == other.unit


def _strange_names(text: str, sources: str) -> str | None:
    key = squeeze(sources)
    for title in titles_in(text):
        if squeeze(title) not in key:
            return f"文件名《{title}》不在出处中"
    for number in doc_numbers_in(text):
        if squeeze(number)[-10:] not in key:
            return f"发文字号“{number}”不在出处中"
    for article in articles_in(text):
        if squeeze(article) not in key:
            return f"“{article}”不在出处中"
    names = [*_LATIN_NAME.findall(normalise(text)), *_NAME_TAIL.findall(text)]
    for name in names:
        if squeeze(name) not in key:
            return f"名称“{name}”不在出处中"
    return None


def _changed_force(text: str, quotes: str) -> str | None:
    if bool(_NEGATION.search(text)) and not _NEGATION.search(quotes):
        return "出处没有否定的意思"
    for word in _STRENGTH:
        if word in text and word not in quotes:
            return f"出处没有“{word}”的程度"
    return None


def _without_names(text: str) -> str:
    for number in (*titles_in(text), *articles_in(text)):
        text = text.replace(number, " ")
    return text
