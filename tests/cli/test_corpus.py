"""`assistant corpus` as writers of documents use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from assistant.cli.main import main

ROOT = Path(__file__).parents[2]
GOOD = """\
---
id: x01
title: 星海市虚拟产业园区管理办法
kind: policy
level: 规范性文件
region: 星海市
effective: 2026-03-01
text_kind: digest
related: [p28-mincu]
source_kind: official
checked_on: 2026-11-23
---
# 星海市虚拟产业园区管理办法

《星海市虚拟产业园区管理办法》自2026年3月1日起施行。[^1]

## 来源与说明

摘编由编者写成，不是原文。

[^1]: 官方页面：https://example.org/x01
"""


def test_the_template_is_written_and_what_is_left_in_it_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "x01.md"
    assert main(["corpus", "new", str(path), "--title", "星海市办法"]) == 0
    assert "assistant corpus check" in capsys.readouterr().out
    assert "title: 星海市办法" in path.read_text("utf-8")
    assert main(["corpus", "new", str(path)]) == 1
    assert "已经存在" in capsys.readouterr().err


def test_a_folder_of_ones_own_is_checked_with_the_shipped_corpus(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x01.md").write_text(GOOD, encoding="utf-8")
    assert main(["corpus", "check", str(tmp_path)]) == 0
    assert "检查了 1 篇文档：没有发现问题。" in capsys.readouterr().out
    (tmp_path / "x02.md").write_text(
        GOOD.replace("x01", "x02").replace("《星海市虚拟产业园区管理办法》自", "该办法自"), encoding="utf-8"
    )
    assert main(["corpus", "check", str(tmp_path), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert found["documents"] == 2
    assert {(Path(f["path"]).name, f["line"] > 1) for f in found["findings"]} == {
        ("x01.md", True),
        ("x02.md", True),
    }
    assert any("指代" in f["message"] for f in found["findings"])


def test_a_file_that_cannot_be_read_is_a_finding_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "bad.md").write_text(GOOD.replace("kind: policy", "kind: polcy"), encoding="utf-8")
    assert main(["corpus", "check", str(tmp_path)]) == 1
    assert "bad.md:4：" in capsys.readouterr().out


def test_nothing_to_check_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "check", str(tmp_path)]) == 1
    assert "没有文档" in capsys.readouterr().err


def test_the_table_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["corpus", "table"]) == 0
    assert "| 围绕技术标准的虚拟产业集群 |" in capsys.readouterr().out
