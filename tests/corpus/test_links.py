"""Links have two ends, and both say so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from assistant.corpus.links import check_documents, check_framework, check_tags
from assistant.corpus.source import SourceFile, read_source
from assistant.library.framework import Framework, load_framework
from tests.corpus.conftest import BODY, Write

FRAMEWORK = """\
types:
- {id: net, name: 网络空间, english: net, summary: 甲。, source: {document: a, section: 平台}}
models:
- id: platform
  name: 平台型
  english: platform
  core: 平台
  summary: 甲。
  source: {document: a, section: 平台}
  signs: []
  cases: [c]
pillars:
- id: guide
  name: 引导
  english: guidance
  summary: 甲。
  source: {document: a, section: 平台}
  measures:
  - {id: build, text: 建平台。, policies: [{document: a, section: 平台}]}
"""


@pytest.fixture
def framework(tmp_path: Path) -> tuple[Framework, Path]:
    path = tmp_path / "framework.yaml"
    path.write_text(FRAMEWORK, encoding="utf-8")
    return load_framework(path), path


def sources(write: Write, **documents: dict[str, Any]) -> list[SourceFile]:
    return [read_source(write(id_, **{"title": f"{id_}意见", **fields})) for id_, fields in documents.items()]


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ({"related": ["b"]}, {"related": ["a"]}),
        ({"supersedes": ["b"]}, {"superseded_by": "a"}),
        ({"amends": ["b"]}, {"amended_by": ["a"]}),
        ({}, {}),
    ],
)
def test_links_that_both_ends_know_are_right(write: Write, a: dict[str, Any], b: dict[str, Any]) -> None:
    assert list(check_documents(sources(write, a=a, b=b))) == []


@pytest.mark.parametrize(
    "a", [{"related": ["b"]}, {"supersedes": ["b"]}, {"superseded_by": "b"}, {"amends": ["b"]}]
)
def test_a_link_with_one_end_is_found_where_it_stands(write: Write, a: dict[str, Any]) -> None:
    found = list(check_documents(sources(write, a=a, b={})))
    assert len(found) == 1 and "使两边一致" in found[0].message
    assert found[0].path.read_text("utf-8").split("\n")[found[0].line - 1].startswith(next(iter(a)))


def test_a_link_to_nothing_or_to_itself_is_found(write: Write) -> None:
    said = [f.message for f in check_documents(sources(write, a={"related": ["a", "z"]}))]
    assert any("指向了自己" in s for s in said) and any("z 不在文库中" in s for s in said)


def test_what_is_not_checked_may_be_named_but_need_not_name_back(write: Write) -> None:
    own, other = sources(write, a={"related": ["b"]}, b={})
    assert list(check_documents([own], {"b": other.document})) == []


def test_tags_exist_and_a_measure_comes_with_its_pillar(
    write: Write, framework: tuple[Framework, Path]
) -> None:
    right = sources(write, a={"models": ["platform"], "pillars": ["guide"], "measures": ["build"]})
    assert list(check_tags(right, framework[0])) == []
    said = [
        f.message
        for f in check_tags(sources(write, b={"types": ["web"], "measures": ["build"]}), framework[0])
    ]
    assert any("types 中的 web" in s for s in said) and any("属于 guide" in s for s in said)


def documents(write: Write, **changes: dict[str, Any]) -> dict[str, Any]:
    fields: dict[str, dict[str, Any]] = {
        "a": {"pillars": ["guide"], "measures": ["build"]},
        "c": {"kind": "case", "models": ["platform"]},
    }
    for id_, change in changes.items():
        fields[id_] = {**fields.get(id_, {}), **change}
    return {s.document.id: s.document for s in sources(write, **fields)}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({}, None),
        ({"c": {"models": []}}, "案例 c 没有标注它"),
        ({"d": {"kind": "case", "models": ["platform"]}}, "案例 d 标注了 platform"),
        ({"a": {"measures": []}}, "政策 a 没有标注它"),
        ({"e": {"pillars": ["guide"], "measures": ["build"]}}, "政策 e 标注了 build"),
        ({"a": {"body": BODY.replace("## 平台", "## 园区")}}, "没有这一节"),
    ],
)
def test_framework_and_documents_agree(
    write: Write, framework: tuple[Framework, Path], changes: dict[str, dict[str, Any]], message: str | None
) -> None:
    said = [f.message for f in check_framework(*framework, documents(write, **changes))]
    assert any(message in s for s in said) if message else said == []
