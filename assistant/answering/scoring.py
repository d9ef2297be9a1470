"""How well a sentence answers a question, without a model: soft word match, coverage, and whether it holds the kind of thing asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering.evidence import Evidence, items_after
from assistant.answering.question import FIGURES, Ask, Part, topic_of
from assistant.domain import Document, Kind
from assistant.language.aliases import Aliases
from assistant.language.normal import normalise, squeeze
from assistant.language.numerals import Figure, dates, figures
from assistant.language.places import places_in
from assistant.language.titles import articles_in, doc_numbers_in
from assistant.language.words import persons, words
from assistant.retrieval.similarity import TextFeatures, longest_common_substring
from assistant.retrieval.terms import TermStatistics

Check = Callable[[str, Part], bool]

# Measure words that count things: what is asked in one may be said in another.
_COUNTERS = frozenset("家 个 条 项 座 名 人 款 件 种 类 户 部门 部 次 期 城市 倍".split()) | {""}
# A date answers only for the event that is asked for.
_EVENTS = ("施行|生效|实施", "成文|落款|印发", "废止|失效", "通过", "成立|设立|发起|创立|组建")
_MONEY = re.compile(r"元|美元|欧元|资金|GMV", re.IGNORECASE)
_LATIN_NAME = re.compile(r"[A-Z][a-zé]+ (?:[A-Z]\. )?[A-Z][a-zé]+")
_RATE = re.compile(r"增长|增速|涨|增幅|提高|占|不低于|收入的多少")
_DURATION = re.compile(
    r"每(?:年|月|季)|\d+\s*(?:日|天|个月|年|小时)|[一二三四五六七八九十]+(?:日|天|个月|年)"
)
_SIGNS: Mapping[Ask, re.Pattern[str]] = {
    Ask.ISSUER: re.compile(r"由[^，。；]{2,60}|印发|发布|公布|联合|负责|认定|全资|发起|创始"),
    Ask.LIST: re.compile(r"、.*、|和|以及|包括|分为|分别|：$"),
    Ask.DEFINITION: re.compile(r"是指|界定为|定义|指的是|是.{1,12}的|，是|指"),
    Ask.VALIDITY: re.compile(r"施行|有效|期满|失效|废止|取代|至\d{4}年|期限|计划期|行动期"),
    Ask.SHARE: re.compile(r"%|百分之|分之|倍|成以上"),
}


# The match of every sentence when a part has no words of its own beside the document it names.
_NEUTRAL = 0.6
# How far behind the best a sentence that holds the kind of thing asked for may be.
_NEAR_BY_KIND = {Ask.DATE: 0.9, Ask.DOC_NUMBER: 0.9, Ask.ISSUER: 0.5} | dict.fromkeys(FIGURES, 0.5)
# What the editor remarks on a case or on differing figures answers few questions.
_REMARK = re.compile(r"编者")
_ASKS_FOR_REMARK = re.compile(r"模式|归[类入到]|哪[一]?类|类型|口径|说法|编者|注意")
# Whoever asks when something came up first wants the sentence that says so.
_FIRST = re.compile(r"首次|首度|头一[次回]|第一次|最早|最先|从哪(?:一)?年(?:起|开始)|何时开始")
_SAYS_FIRST = re.compile(r"首次|最早|第一次|最先|首个|率先")


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence with its score for one part of a question.

    `topical` is the part of the score that only looks at words; `match` how well they are met softly, 0 to 1; `fits` whether it holds the
    kind asked; `year`, `place`, `article`: those asked for are there (1), are not (-1), or none is asked for (0).
    """

    evidence: Evidence
    score: float
    topical: float
    match: float
    coverage: float
    fits: bool
    year: int
    place: int
    article: int


class SentenceScorer:
    """Scores sentences against one part of a question."""

    def __init__(self, terms: TermStatistics, features: TextFeatures, aliases: Aliases) -> None:
        self._terms = terms
        self._features = features
        self._aliases = aliases

    def score(
        self, part: Part, named: Mapping[str, tuple[str, ...]], evidence: Sequence[Evidence]
    ) -> list[Scored]:
        """Every sentence with its score for `part`, best first. `named` are the documents the question names."""
        topic = topic_of(
            self._aliases.official(without(part.text, {name for names in named.values() for name in names}))
        )
        weights = self._terms.weights(topic)
        key = squeeze(topic)
        cut = [words(f"{' '.join(e.passage.section_path[1:])} {e.text}") for e in evidence]
        similar = self._features.max_sim(weights, cut) if weights else [_NEUTRAL] * len(evidence)
        # What is put up to be checked may be wrong: its year rules nothing out.
        years = [] if Ask.CHECK in part.kinds else _report_years(part.text) or years_in(part.text)
        places = [] if Ask.COMPARISON in part.kinds else places_in(normalise(part.text))
        articles = articles_in(part.text)
        scored = []
        for item, tokens, match in zip(evidence, cut, similar, strict=True):
            coverage = self._terms.coverage(weights, tokens)
            run = min(longest_common_substring(key, squeeze(item.text)), 8) / 8
            said = (
                " ".join((item.text, *(i.text for i in items_after(item, evidence))))
                if item.introduces
                else item.text
            )
            fits = holds_kind(said, part)
            topical = 1.2 * match + 0.6 * coverage + 0.4 * run
            total = (
                topical
                + 0.7 * item.passage_score
                + (0.3 if fits else 0.0)
                + (0.15 if _in_unit(item.text, part) else 0.0)
            )
            total += 0.25 if item.document.id in named else 0.0
            total += 0.5 if _FIRST.search(part.text) and _SAYS_FIRST.search(item.text) else 0.0
            total -= 0.4 if _REMARK.search(item.text) and not _ASKS_FOR_REMARK.search(part.text) else 0.0
            year, place, article = held(years, item), held(places, item), held(articles, item)
            year = 0 if year < 0 and _covers(item.document, years) else year
            total += 0.3 * (year + place + 2 * article)
            scored.append(Scored(item, total, topical, match, coverage, fits, year, place, article))
        return _fitting_first(sorted(scored, key=lambda s: -s.score), part)


def _fitting_first(ranked: list[Scored], part: Part) -> list[Scored]:
    """Where a date or a number is asked and the best sentence has none, the next of its document that has one leads."""
    if not ranked or ranked[0].fits or not part.kinds & _NEAR_BY_KIND.keys():
        return ranked
    best = ranked[0]
    near = max(_NEAR_BY_KIND.get(kind, 0.0) for kind in part.kinds)
    for i, scored in enumerate(ranked):
        if scored.fits and scored.evidence.document.id == best.evidence.document.id:
            return [scored, *ranked[:i], *ranked[i + 1 :]] if best.score - scored.score <= near else ranked
    return ranked


def holds_kind(sentence: str, part: Part) -> bool:
    """Whether a sentence holds a kind of thing asked for: a figure with a fitting unit, a date of the event, a number, a list …"""
    checks = [check for kind, check in _CHECKS.items() if kind in part.kinds]
    if part.wants_figure:
        checks.append(_holds_figure)
    return any(check(sentence, part) for check in checks)


def _holds_number(sentence: str, part: Part) -> bool:
    if "令" in part.text:
        return "令第" in sentence
    return bool(doc_numbers_in(sentence)) or "令第" in sentence


def _holds_date(sentence: str, part: Part) -> bool:
    said = set(years_in(part.text))
    if not any(str(d.year) not in said or d.month for d in dates(sentence)):
        return False
    events = [event for event in _EVENTS if re.search(event, part.text)]
    return not events or any(re.search(event, sentence) for event in events)


def _holds_figure(sentence: str, part: Part) -> bool:
    said = {f.value for f in figures(part.text)}
    new = [f for f in _quantities(sentence) if f.value not in said and f.unit not in ("年", "月", "号")]
    if Ask.SHARE in part.kinds:
        return bool(_SIGNS[Ask.SHARE].search(sentence))
    if Ask.DURATION in part.kinds and _DURATION.search(normalise(sentence)):
        return True
    if Ask.MONEY in part.kinds:
        # How much a sum grew, or what part of it, is a share.
        rate = _RATE.search(part.text) and _SIGNS[Ask.SHARE].search(sentence)
        return bool(new and _MONEY.search(sentence)) or bool(rate)
    if not part.units or part.units <= _COUNTERS:
        return any(f.unit in _COUNTERS or not part.units for f in new)
    return any(f.unit in part.units for f in new)


def _in_unit(sentence: str, part: Part) -> bool:
    """Whether a figure stands there in the very unit that is asked for."""
    said = {f.value for f in figures(part.text)}
    return any(f.unit in part.units and f.value not in said for f in _quantities(sentence))


def _quantities(sentence: str) -> list[Figure]:
    """The figures that count something: the 九 of 第九条 does not."""
    return [f for f in figures(sentence) if not sentence[: f.start].endswith("第")]


def _holds_sign(kind: Ask) -> Check:
    return lambda sentence, part: bool(_SIGNS[kind].search(sentence))


def _holds_person(sentence: str, part: Part) -> bool:
    return bool(_LATIN_NAME.search(sentence) or persons(sentence))


_CHECKS: Mapping[Ask, Check] = {
    Ask.PERSON: _holds_person,
    Ask.DOC_NUMBER: _holds_number,
    Ask.DATE: _holds_date,
    **{kind: _holds_sign(kind) for kind in (Ask.ISSUER, Ask.LIST, Ask.DEFINITION, Ask.VALIDITY)},
}


def years_in(text: str) -> list[str]:
    """Years asked for, also those said with two digits (24年) or as a span (2021—2023年)."""
    full = re.sub(r"(?<!\d)(\d{2})(?=年(?!代|内|来|前|后|期))", r"20\1", normalise(text))
    return sorted(
        set(re.findall(r"(?<!\d)(?:19|20)\d{2}(?=年(?!往后|以来|至今|起|之?后|之?前)|[—\-~至])", full))
    )


def _covers(document: Document, years: Sequence[str]) -> bool:
    """Whether a law was there in one of the years: its articles name none, and hold in all of them."""
    if document.kind not in (Kind.LAW, Kind.REGULATION) or not document.begins:
        return False
    last = document.until.year if document.until else date.max.year
    return any(y.isdigit() and document.begins.year <= int(y) <= last for y in years)


def _report_years(text: str) -> list[str]:
    """The work reports asked for by their year, as their titles say it: another year's report does not answer."""
    years = years_in(text)
    return [f"{y}年国务院政府工作报告" for y in years if re.search(f"{y}年?.{{0,20}}政府工作报告", text)]


def held(wanted: Sequence[str], evidence: Evidence) -> int:
    """Whether the year or place stands in the sentence, its headings, or its document's title, region and dates.

    Of several one is enough: a comparison sets sentences side by side that hold one each.
    """
    if not wanted:
        return 0
    document = evidence.document
    labels = (*evidence.passage.section_path, document.title, document.region, document.dated, document.until)
    text = f"{evidence.text} {' '.join(str(x) for x in (*labels, *document.issuers, *document.aliases))}"
    return 1 if any(w in text for w in wanted) else -1


def without(text: str, names: Iterable[str]) -> str:
    """The question without the names of the documents it names: those choose the document, not the sentence."""
    folded = normalise(text)
    for name in sorted(names, key=len, reverse=True):
        if name:
            folded = re.sub(r"[^\w]*".join(map(re.escape, name)), " ", folded)
    return folded
