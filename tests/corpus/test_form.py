"""Each rule on a digest finds what breaks it, on its line, and nothing in a digest that is right."""

from __future__ import annotations

import pytest

from assistant.corpus.form import check_form
from assistant.corpus.source import read_source
from tests.corpus.conftest import BODY, Write


def findings(write: Write, body: str = BODY, **fields: object) -> list[tuple[int, str]]:
    return [(f.line, f.message) for f in check_form(read_source(write("a", body, **fields)))]


def test_a_digest_that_is_right_has_none(write: Write) -> None:
    assert findings(write) == []


def with_sentence(text: str) -> str:
    return BODY.replace("《甲意见》支持建设12个平台。[^1]", text)


@pytest.mark.parametrize(
    ("sentence", "message"),
    [
        ("该意见支持平台。[^1]", "指代"),
        ("《甲意见》支持平台。[^1]其中包括园区。[^1]", "指代"),
        ("本意见支持平台。[^1]", "指代"),
        ("（上述平台由国务院建设。）[^1]", "指代"),
        ("《甲意见》支持平台，" + "各地方各部门各企业" * 15 + "都要参与。[^1]", "请拆成"),
        ("《甲意见》支持平台。", "没有来源注"),
        ("《甲意见》支持平台。[^2]", "[^2] 没有定义"),
        ("《甲意见》支持平台。[^1]\n\n[^1]: 官方页面：https://example.org/b", "定义了两次"),
        ("《甲意见》支持平台。[^1]\n\n[^3]: 官方页面：https://example.org/b", "[^3] 没有用到"),
        ("《甲意见》支持平台。[^2]\n\n[^2]: 网上：https://example.org/b", "开头"),
    ],
)
def test_a_sentence_that_breaks_a_rule_is_found_on_its_line(
    write: Write, sentence: str, message: str
) -> None:
    (line, said), *others = findings(write, with_sentence(sentence))
    assert message in said
    raw = (write("a", with_sentence(sentence))).read_text("utf-8").split("\n")
    assert any(part in raw[line - 1] for part in sentence.split("\n"))
    assert others == []


@pytest.mark.parametrize(
    "sentence",
    [
        "编者提示：两处口径不同。",
        "《甲意见》有以下两项：[^1]\n\n1. 平台；\n2. 园区。",
        "《甲意见》支持12个平台（据国务院2024年的统计）。[^1]",
    ],
)
def test_lists_and_remarks_of_the_editor_need_no_note_of_their_own(write: Write, sentence: str) -> None:
    assert findings(write, with_sentence(sentence)) == []


def test_unverified_and_explaining_sections_need_no_notes(write: Write) -> None:
    body = BODY.replace("## 来源与说明", "## 待核实\n\n《甲意见》的批次未能核实。\n\n## 来源与说明")
    assert findings(write, body) == []


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"signed": "2024-02-01", "effective": "2024-01-01"}, "signed 2024-02-01 晚于 effective"),
        ({"signed": "2024-02-01", "effective": None, "published": "2024-01-01"}, "晚于 published"),
        ({"checked_on": "2023-01-01"}, "晚于 checked_on"),
        ({"effective": "2026-01-01", "repealed": "2025-01-01"}, "晚于 repealed"),
        ({"year": "2024"}, "删去 year"),
        ({"source_kind": "rumour"}, "source_kind"),
        ({"checked_on": None}, "checked_on 是空的"),
        ({"region": None, "level": None}, None),
    ],
)
def test_fields_that_contradict_each_other_are_found(
    write: Write, fields: dict[str, object], message: str | None
) -> None:
    found = [said for _, said in findings(write, **fields)]
    assert any(message in said for said in found) if message else found == []


def test_a_statute_may_enumerate_at_length_but_not_quote_at_length(write: Write) -> None:
    items = "、".join(f"第{c}类各级各类经营主体的有关情形" for c in "一二三四五六七八九十")
    body = with_sentence(f"《甲条例》规定，下列情形适用：{items}。[^1]")
    assert len(items) > 120
    assert findings(write, body, kind="regulation") == []
    assert "请拆成" in findings(write, body)[0][1]
    quoted = with_sentence("《甲条例》禁止“背靠背”条款，规定“机关和大型企业都应当在三十日内支付款项”。[^1]")
    assert "不宜加引号" in findings(write, quoted, kind="law")[0][1]
    assert findings(write, quoted) == []


def test_title_and_notes_section_are_asked_for(write: Write) -> None:
    path = write("a", BODY.replace("## 来源与说明", "## 说明"))
    path.write_text(path.read_text("utf-8").replace("# 甲意见", "# 乙意见"), encoding="utf-8")
    said = [f.message for f in check_form(read_source(path))]
    assert any("一级标题" in s for s in said) and any("来源与说明" in s for s in said)


def test_an_original_keeps_its_wording(write: Write) -> None:
    assert findings(write, "本条例所称平台，是指该平台。\n", text_kind="original") == []
