"""The whole way with the real service over the shipped corpus."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from assistant.drafting.command import write_draft
from assistant.errors import DraftError
from assistant.service import Service

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "profile-example.yaml"


def test_a_draft_from_the_example_cites_every_pillar_from_the_corpus(
    service: Service, tmp_path: Path
) -> None:
    out = tmp_path / "建议.md"
    summary = write_draft(service, EXAMPLE, out, on=date(2026, 11, 23))
    text = out.read_text(encoding="utf-8")
    sections = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert [s[:2] for s in sections[:6]] == ["一、", "二、", "三、", "四、", "五、", "六、"]
    for section in sections[1:5]:
        paragraphs = [p for p in section.split("\n\n")[1:] if p.strip()]
        assert 3 <= len(paragraphs) <= 6
        assert all(re.search(r"\[\^\d+\]$", p.strip()) for p in paragraphs)
    notes = dict(re.findall(r"^\[\^(\d+)\]: (.+)$", text, re.MULTILINE))
    assert [int(n) for n in notes] == list(range(1, len(notes) + 1))
    assert len(notes) == summary["references"]
    marks = {int(n) for n in re.findall(r"\[\^(\d+)\](?!:)", text)}
    assert marks == set(range(1, len(notes) + 1))
    assert re.search(r"《[^》]+》（[^）]*〔\d{4}〕\d+号）", text)
    assert "示例服装集团，一级供应商118家，其中县外83家" in text and "（据区域自述）" in text


def test_nothing_is_asked_when_the_file_could_not_be_written(service: Service, tmp_path: Path) -> None:
    with pytest.raises(DraftError, match="命名为"):
        write_draft(service, tmp_path / "missing.yaml", tmp_path / "建议.pdf")
    with pytest.raises(DraftError, match="读不到"):
        write_draft(service, tmp_path / "missing.yaml", tmp_path / "建议.md")
    assert list(tmp_path.iterdir()) == []
