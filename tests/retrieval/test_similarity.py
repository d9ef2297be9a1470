"""How near single texts are to a question."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from assistant.language.words import words
from assistant.retrieval.similarity import TextFeatures, longest_common_substring
from assistant.retrieval.terms import TermStatistics

WORD = st.text(st.sampled_from("政策集群甲乙"), max_size=12)


@given(WORD, WORD)
def test_longest_common_substring_is_the_longest(query: str, text: str) -> None:
    runs = {query[i:j] for i in range(len(query)) for j in range(i, len(query) + 1)}
    assert longest_common_substring(query, text) == max((len(r) for r in runs if r in text), default=0)


def test_text_features_without_word_vectors() -> None:
    texts = ["中小企业付款期限为60日", "数据交易所"]
    features = TextFeatures(statistics(texts), None).of("付款期限", texts)
    assert features["coverage"][0] > features["coverage"][1] == 0.0
    assert features["max_sim"] == [0.0, 0.0]
    assert features["substring"] == [4.0, 0.0]


def statistics(texts: list[str]) -> TermStatistics:
    found = Counter(word for text in texts for word in set(words(text)))
    return TermStatistics(lambda asked: [found[word] for word in asked], len(texts))
