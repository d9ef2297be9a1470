from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import LibraryError
from assistant.language.words import char_ngrams, words
from assistant.library.lexicon import FIELDS, DocumentEntry, LexiconReader, PassageEntry, TantivyLexicon

TEXTS = {
    "park#1": "星海市设立虚拟园区服务中心",
    "park#2": "注册企业满37家即可启动",
    "law#1": "数据处理者应当建立安全管理制度",
    "law#2": "本条例自2024年3月1日起施行",
}
TITLES = {"park": "星海市虚拟园区试行办法", "law": "数据安全条例"}


@pytest.fixture
def lexicon(tmp_path: Path) -> LexiconReader:
    documents = [
        DocumentEntry(
            id_, char_ngrams(title), char_ngrams(" ".join(t for p, t in TEXTS.items() if p.startswith(id_)))
        )
        for id_, title in TITLES.items()
    ]
    passages = [
        PassageEntry(
            id_,
            id_.split("#")[0],
            char_ngrams("服务中心" if id_ == "park#1" else ""),
            words(t),
            char_ngrams(t),
        )
        for id_, t in TEXTS.items()
    ]
    TantivyLexicon().build(tmp_path / "lexicon", documents, passages)
    return TantivyLexicon().open(tmp_path / "lexicon")


def search(lexicon: LexiconReader, text: str, k: int = 10) -> dict[str, dict[str, float]]:
    return lexicon.search(words(text), char_ngrams(text), k)


def test_every_field_scores_what_it_holds(lexicon: LexiconReader) -> None:
    found = search(lexicon, "服务中心")
    assert all(tuple(scores) == FIELDS for scores in found.values())
    best = found["park#1"]
    assert min(best[field] for field in ("heading", "words", "chars", "document")) > 0
    assert best["title"] == 0, "no title speaks of a 服务中心"
    assert max(found, key=lambda id_: found[id_]["chars"]) == "park#1"


def test_title_and_document_scores_are_shared_by_the_passages_of_a_document(lexicon: LexiconReader) -> None:
    found = search(lexicon, "数据安全条例何时施行")
    assert found["law#1"]["title"] == found["law#2"]["title"] > 0
    assert found["law#1"]["document"] == found["law#2"]["document"] > 0


def test_a_candidate_of_one_field_has_its_scores_in_the_others(lexicon: LexiconReader) -> None:
    question = "服务中心企业安全制度施行"
    everything, narrow = search(lexicon, question), search(lexicon, question, k=1)
    assert 0 < len(narrow) < len(everything)
    for id_, scores in narrow.items():
        assert scores == pytest.approx(everything[id_])


def test_a_document_that_fits_nominates_its_passages(tmp_path: Path) -> None:
    """The subject stands in the title only; many other passages hold the rest of the question."""
    passages = [
        PassageEntry(f"x{i}#1", f"x{i}", [], ["企业", "数量"], char_ngrams("企业数量")) for i in range(30)
    ]
    passages.append(
        PassageEntry(
            "park#1", "park", [], ["企业", "满", "三十", "家"], char_ngrams("满三十家企业启动，此外另有规定")
        )
    )
    documents = [DocumentEntry(f"x{i}", char_ngrams("通知"), char_ngrams("企业数量")) for i in range(30)]
    documents.append(
        DocumentEntry("park", char_ngrams("星海办法"), char_ngrams("满三十家企业启动，此外另有规定"))
    )
    TantivyLexicon().build(tmp_path / "l", documents, passages)
    assert "park#1" in search(TantivyLexicon().open(tmp_path / "l"), "星海办法企业数量", k=5)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        'AND OR NOT ("*~^:',
        "' OR 1=1; DROP TABLE documents;--",
        "？" * 10000,
        "😀🚀",
        "chars:服务 +title:*",
        "a" * 70000,
        "\x00\ud7ff",
    ],
)
def test_hostile_questions_are_only_words(lexicon: LexiconReader, text: str) -> None:
    raw = [text, *text.split(), *text[:300]]
    for found in (search(lexicon, text), lexicon.search(raw, raw, 10)):
        assert set(found) <= set(TEXTS)
        assert all(score >= 0 for scores in found.values() for score in scores.values())


def test_only_the_first_distinct_tokens_count(lexicon: LexiconReader) -> None:
    noise = [f"n{i}" for i in range(300)]
    assert lexicon.search([], [*noise, "企业"], 5) == {}
    assert "park#2" in lexicon.search([], ["企业", *noise], 5)
    assert lexicon.search([], ["企业"] * 5000, 5) == lexicon.search([], ["企业"], 5)


def test_no_room_and_no_passages(lexicon: LexiconReader, tmp_path: Path) -> None:
    assert search(lexicon, "企业", k=0) == {}
    TantivyLexicon().build(tmp_path / "none", [], [])
    assert search(TantivyLexicon().open(tmp_path / "none"), "企业") == {}


def test_missing_or_damaged_is_a_library_error(tmp_path: Path) -> None:
    with pytest.raises(LibraryError):
        TantivyLexicon().open(tmp_path / "nowhere")
    TantivyLexicon().build(tmp_path / "l", [], [])
    (tmp_path / "l" / "passages" / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(LibraryError):
        TantivyLexicon().open(tmp_path / "l")
    with pytest.raises(LibraryError):
        TantivyLexicon().build(tmp_path / "l", [], [])
