from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Mm, Pt

from assistant.domain import Answer, Document, Status
from assistant.drafting.export import check_target, export
from assistant.drafting.export_docx import to_docx
from assistant.drafting.markdown import to_markdown
from assistant.drafting.profile import RegionProfile
from assistant.drafting.types import Draft
from assistant.drafting.write import Drafter
from assistant.errors import DraftError
from assistant.library.framework import Framework

Answering = Callable[..., Answer]

FIRST = "政府应推动传统基础设施智能化改造。"
SECOND = "政府应布局建设数字技术创新平台。"


@pytest.fixture(scope="module")
def draft(framework: Framework, article: Document, answering: Answering) -> Draft:
    """Two notes, the first of them referred to twice; a profile with signs that mean something to Markdown and XML."""
    answers = {
        framework.pillars[0].questions[0]: answering((article, FIRST), (article, SECOND)),
        framework.pillars[2].questions[0]: answering((article, FIRST), text="改造传统基础设施，使之智能化。"),
    }
    nothing = Answer("问", Status.DECLINED_NO_SOURCE, "没有找到。")
    profile = RegionProfile(
        region="示例省示例县", platforms=("甲*平台*<b>&\x01[1]",), notes=("见 https://a.cn/x_y",)
    )
    return Drafter(lambda q: answers.get(q, nothing), framework).write(profile, on=date(2026, 11, 23))


def test_markdown_has_a_footnote_for_each_note_and_each_mark(draft: Draft) -> None:
    text = to_markdown(draft)
    assert text.startswith("# 关于示例省示例县建设虚拟产业集群的对策建议\n\n（初稿，2026年11月23日）\n")
    assert f"{FIRST}[^1]{SECOND}[^2]\n" in text
    assert "改造传统基础设施，使之智能化。[^1]\n" in text
    assert re.findall(r"^\[\^(\d+)\]: 《", text, re.MULTILINE) == ["1", "2"]
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert [h[:2] for h in headings] == ["一、", "二、", "三、", "四、", "五、", "六、", "编制"]
    assert "## 六、参考文献\n\n1. 中国科学院" in text


def test_markdown_shows_signs_as_they_are_and_keeps_addresses_whole(draft: Draft) -> None:
    text = to_markdown(draft)
    assert r"甲\*平台\*\<b\>" in text and r"\[1\]（据区域自述）。" in text
    assert "https://a.cn/x_y（据区域自述）。" in text


def test_docx_has_real_footnotes_and_a_cross_reference_for_the_second_mention(draft: Draft) -> None:
    with zipfile.ZipFile(io.BytesIO(to_docx(draft))) as package:
        notes = parse_xml(package.read("word/footnotes.xml"))
        body = parse_xml(package.read("word/document.xml"))
        assert b"/word/footnotes.xml" in package.read("[Content_Types].xml")
        assert not any("thumbnail" in name for name in package.namelist())
    ids = [n.get(qn("w:id")) for n in notes.findall(qn("w:footnote")) if n.get(qn("w:type")) is None]
    texts = ["".join(t.text for t in n.iter(qn("w:t"))) for n in notes.findall(qn("w:footnote"))]
    assert ids == [r.get(qn("w:id")) for r in body.iter(qn("w:footnoteReference"))] == ["2", "3"]
    assert FIRST in texts[2] and SECOND in texts[3]
    assert [i.text.split()[:2] for i in body.iter(qn("w:instrText"))] == [["NOTEREF", "_RefNote1"]]
    assert "_RefNote1" in [b.get(qn("w:name")) for b in body.iter(qn("w:bookmarkStart"))]


def test_docx_has_the_layout_of_official_documents(draft: Draft) -> None:
    word = docx.Document(io.BytesIO(to_docx(draft)))
    page = word.sections[0]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    for actual, wanted in zip(margins, (37, 35, 28, 26), strict=True):
        assert actual == pytest.approx(Mm(wanted), abs=Mm(0.1))
    fonts = {
        "Title": ("方正小标宋简体", 22),
        "Normal": ("仿宋", 16),
        "Heading 1": ("黑体", 16),
        "Heading 2": ("楷体", 16),
    }
    for name, (font, size) in fonts.items():
        style = word.styles[name]
        assert style.element.rPr.rFonts.get(qn("w:eastAsia")) == font
        assert style.font.size == Pt(size)
    body = word.styles["Normal"].paragraph_format
    assert (body.line_spacing, body.first_line_indent) == (Pt(28), Pt(32))
    assert word.core_properties.author == "虚拟集群政策助手"
    footers = (page.footer, page.even_page_footer)
    assert ["PAGE" in footer._element.xml for footer in footers] == [True, True]


def test_docx_holds_the_text_of_the_draft(draft: Draft) -> None:
    word = docx.Document(io.BytesIO(to_docx(draft)))
    written = [(p.style.name, p.text) for p in word.paragraphs if p.style]
    assert written[0] == ("Title", "关于示例省示例县\n建设虚拟产业集群的对策建议")
    assert [t for s, t in written if s == "Heading 1"][1:3] == [
        draft.sections[1].heading,
        draft.sections[2].heading,
    ]
    assert any("甲*平台*<b>&[1]（据区域自述）。" in text for _, text in written)
    assert any(text.startswith(FIRST) for _, text in written)


@pytest.mark.parametrize("name", ["建议.md", "建议.docx", "建议.DOCX"])
def test_export_writes_by_the_ending_and_leaves_nothing_else(draft: Draft, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("旧稿", encoding="utf-8")
    export(draft, tmp_path / name)
    assert [p.name for p in tmp_path.iterdir()] == [name]
    start = (tmp_path / name).read_bytes()[:2]
    assert start == (b"# " if name.endswith(".md") else b"PK")


def test_a_target_that_cannot_be_written_is_refused_in_one_sentence(draft: Draft, tmp_path: Path) -> None:
    (tmp_path / "目录.md").mkdir()
    for path, message in (
        (tmp_path / "建议.pdf", "命名为 .md 或 .docx"),
        (tmp_path / "没有后缀", "命名为 .md 或 .docx"),
        (tmp_path / "目录.md", "是目录"),
        (tmp_path / "无" / "建议.md", "不存在"),
    ):
        with pytest.raises(DraftError, match=message):
            check_target(path)
        with pytest.raises(DraftError, match=message):
            export(draft, path)


def test_a_failed_write_leaves_the_older_draft_as_it_was(
    draft: Draft, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "建议.md"
    target.write_text("旧稿", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(DraftError, match="写不了"):
        export(draft, target)
    assert [p.name for p in tmp_path.iterdir()] == ["建议.md"]
    assert target.read_text(encoding="utf-8") == "旧稿"
