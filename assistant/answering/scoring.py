"""How well a sentence answers a question, without a model: soft word match, coverage, and whether it holds the kind of thing asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from assistant.language.aliases import Aliases
from assistant.language.normal import normalise, squeeze
from assistant.language.numerals import dates, figures
from assistant.language.titles import doc_numbers_in
from assistant.language.words import words
from assistant.answering.evidence import Evidence
from assistant.answering.question import Ask, Part, topic_of
from assistant.retrieval.ranking import TextFeatures, longest_common_substring
from assistant.retrieval.terms import TermStatistics

_MONEY = re.compile(r"元|美元|欧元|资金|GMV", re.IGNORECASE)
_DURATION = re.compile(r"\d+\s*(?:日|天|个月|年|小时)|[一二三四五六七八九十]+(?:日|天|个月|年)")
_SIGNS: Mapping[Ask, re.Pattern[str]] = {
    Ask.ISSUER: re.compile(r"由.{2,40}(?:印发|发布|制定|公布|通过|发起|成立|认定|负责|运营)|印发|发布|公布|联合|负责|认定"),
    Ask.LIST: re.compile(r"、.*、|和|以及|包括|分为|分别|：$"),
    Ask.DEFINITION: re.compile(r"是指|界定为|定义|指的是|是.{1,12}的|，是|指"),
    Ask.VALIDITY: re.compile(r"施行|有效|期满|失效|废止|取代|至\d{4}年|期限|计划期|行动期"),
    Ask.SHARE: re.compile(r"%|百分之|倍|成以上"),
}


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence with its score for one part of a question; `match` is the topical part, 0 to 1; `fits` whether it holds the kind asked."""

    evidence: Evidence
    score: float
    match: float
    coverage: float
    fits: bool


class SentenceScorer:
    """Scores sentences against one part of a question."""

    def __init__(self, terms: TermStatistics, features: TextFeatures, aliases: Aliases) -> None:
        self._terms = terms
        self._features = features
        self._aliases = aliases

    def score(self, part: Part, named: Mapping[str, str], evidence: Sequence[Evidence]) -> list[Scored]:
        """Every sentence with its score for `part`, best first. `named` are the documents the question names."""
        topic = topic_of(self._aliases.official(_without(part.text, named.values())))
        weights = self._terms.weights(topic)
        key = squeeze(topic)
        cut = [words(f"{' '.join(e.passage.section_path[1:])} {e.text}") for e in evidence]
        similar = self._features.max_sim(weights, cut)
        scored = []
        for item, tokens, match in zip(evidence, cut, similar, strict=True):
            coverage = self._terms.coverage(weights, tokens)
            run = min(longest_common_substring(key, squeeze(item.text)), 8) / 8
            fits = holds_kind(item.text, part)
            total = 1.2 * match + 0.6 * coverage + 0.4 * run + 0.7 * item.passage_score + (0.3 if fits else 0.0)
            total += 0.25 if item.document.id in named else 0.0
            scored.append(Scored(item, total, match, coverage, fits))
        return sorted(scored, key=lambda s: -s.score)


def holds_kind(sentence: str, part: Part) -> bool:
    """Whether a sentence holds the kind of thing asked for (a figure with a fitting unit, a date, a number, a list …)."""
    wanted = part.kinds
    if Ask.DOC_NUMBER in wanted:
        return bool(doc_numbers_in(sentence)) or "令第" in sentence
    if Ask.DATE in wanted and any(d.month for d in dates(sentence)):
        return True
    if part.wants_figure:
        said = {f.value for f in figures(part.text)}
        new = [f for f in figures(sentence) if f.value not in said and f.unit not in ("年", "月", "号")]
        if not new:
            return False
        if Ask.MONEY in wanted:
            return bool(_MONEY.search(sentence))
        if Ask.SHARE in wanted:
            return bool(_SIGNS[Ask.SHARE].search(sentence))
        if Ask.DURATION in wanted:
            return bool(_DURATION.search(normalise(sentence)))
        return not part.units or any(f.unit in part.units or not f.unit for f in new)
    checks = [_SIGNS[kind] for kind in wanted if kind in _SIGNS]
    return any(pattern.search(sentence) for pattern in checks) if checks else False


def _without(text: str, names: Iterable[str]) -> str:
    """The question without the names of the documents it names: those choose the document, not the sentence."""
    folded = normalise(text)
    for name in names:
        folded = re.sub(r"[《“”》〈〉\"]*".join(map(re.escape, name)), " ", folded)
    return folded
