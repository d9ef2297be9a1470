"""Whether a question is about what the indexed library covers. The scope is the library itself, not a list of topics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.domain import Hit
from assistant.language.words import content_words, words
from assistant.answering.question import topic_of
from assistant.retrieval.ranking import TextFeatures
from assistant.retrieval.terms import TermStatistics


@dataclass(frozen=True, slots=True)
class Scope:
    """How much of a question the library speaks of, each from 0 to 1."""

    known: float
    coverage: float
    max_sim: float

    @property
    def score(self) -> float:
        return 0.4 * self.known + 0.3 * self.coverage + 0.3 * self.max_sim


def measure_scope(question: str, hits: Sequence[Hit], terms: TermStatistics, features: TextFeatures) -> Scope:
    """Measure the question's topic against the library's words and the best passages found."""
    topic = topic_of(question)
    asked = content_words(topic)
    weights = terms.weights(topic)
    if not asked or not hits:
        return Scope(0.0, 0.0, 0.0)
    known = sum(terms.knows(w) for w in asked) / len(asked)
    texts = [words(f"{h.document.title} {' '.join(h.passage.section_path)} {h.passage.text}") for h in hits[:5]]
    return Scope(
        known=known,
        coverage=max(terms.coverage(weights, t) for t in texts),
        max_sim=max(features.max_sim(weights, texts)),
    )
