"""Statutes of the scale bench: read whole, written as documents that read back, asked about."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from assistant.domain import Level
from assistant.errors import EvaluationError
from assistant.reading import passages, read_file
from bench.statutes import Article, Statute, load_statutes, questions, write_statutes

ROWS = [
    {"title": "中华人民共和国港口法第一条", "law": "港口法", "version": "2018-12-29", "no": "第一条", "chapter": "第一章 总则", "text": "为了加强港口管理，制定本法。"},
    {"title": "中华人民共和国港口法第二条", "law": "港口法", "version": "2018-12-29", "no": "第二条", "chapter": "第二章 规划 / 第一节 编制", "text": "港口规划由主管部门编制。\n编制时听取意见。"},
    {"title": "中华人民共和国港口法第一条", "law": "港口法", "version": "2003-06-28", "no": "第一条", "chapter": "", "text": "旧法条文。"},
    {"title": "广州市绿化条例第一条", "law": "广州市绿化条例", "version": "", "no": "第一条", "chapter": "", "text": "为了绿化本市，改善城市生态环境，制定本条例。"},
]  # fmt: skip


def write(path: Path, lines: list[str]) -> Path:
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return write(tmp_path / "articles.jsonl.gz", [json.dumps(row, ensure_ascii=False) for row in ROWS])


def test_articles_of_a_law_and_version_are_one_statute(data: Path) -> None:
    found = {(s.title, s.effective): s for s in load_statutes(data, 4)}
    new = found["中华人民共和国港口法", date(2018, 12, 29)]
    assert [a.label for a in new.articles] == ["第一条", "第二条"]
    assert new.articles[1].chapters == ("第二章 规划", "第一节 编制")
    assert len(found["中华人民共和国港口法", date(2003, 6, 28)].articles) == 1
    assert found["广州市绿化条例", None].region == "广州市"


@pytest.mark.parametrize("articles", [1, 2, 3, 4])
def test_so_many_articles_as_asked_for_and_always_the_same(data: Path, articles: int) -> None:
    found = load_statutes(data, articles)
    assert sum(len(s.articles) for s in found) == articles
    assert load_statutes(data, articles) == found


def test_a_statute_reads_back_with_a_passage_an_article(data: Path, tmp_path: Path) -> None:
    statutes = load_statutes(data, 4)
    write_statutes(statutes, tmp_path / "documents")
    for statute in statutes:
        document = read_file(tmp_path / "documents" / f"{statute.id}.md")
        assert (document.id, document.title, document.level) == (statute.id, statute.title, statute.level)
        assert (document.effective, document.region) == (statute.effective, statute.region)
        cut = passages(document)
        assert [p.text for p in cut] == [f"{a.label}　{a.text}" for a in statute.articles]
        assert [p.section_path[1:-1] for p in cut] == [a.chapters for a in statute.articles]


@pytest.mark.parametrize(
    ("title", "level", "region"),
    [
        ("中华人民共和国港口法", Level.LAW, None),
        ("人力资源市场暂行条例", Level.ADMINISTRATIVE_REGULATION, None),
        ("浙江省河长制规定", Level.LOCAL_REGULATION, "浙江省"),
        ("最高人民法院关于适用港口法的解释", Level.NORMATIVE, None),
    ],
)
def test_rank_and_place_are_told_from_the_title(title: str, level: Level, region: str | None) -> None:
    statute = Statute("s", title, None, ())
    assert (statute.level, statute.region) == (level, region)


def test_questions_are_names_and_sentences_in_turn(data: Path) -> None:
    statutes = load_statutes(data, 4)
    asked = questions(statutes, 40, seed=3)
    assert asked == questions(load_statutes(data, 4), 40, seed=3)
    names = {f"{s.title}{a.label}" for s in statutes for a in s.articles}
    assert all(name.text in names and name.text.startswith(name.title) for name in asked[::2])
    whole = {a.text for a in asked[1::2]}
    assert "为了绿化本市，改善城市生态环境，制定本条例。" in whole
    short = Statute("s", "短法", None, (Article("第一条", (), "略。"),))
    assert questions([short], 2, seed=1)[1].text == "短法第一条"  # nothing long enough to paste


@pytest.mark.parametrize("line", ["{oops", "[]", '{"title": "缺少正文", "law": "x", "no": "第一条"}'])
def test_a_file_that_holds_no_articles_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(EvaluationError, match="无法读取"):
        load_statutes(write(tmp_path / "bad.jsonl.gz", [line]), 1)


def test_a_missing_or_too_short_file_is_said(data: Path, tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="无法读取"):
        load_statutes(tmp_path / "none.jsonl.gz", 1)
    with pytest.raises(EvaluationError, match="只有 4 条"):
        load_statutes(data, 5)
