from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

FIELDS = {
    "kind": "policy",
    "issuers": ["国务院"],
    "doc_number": None,
    "signed": "2024-01-01",
    "published": None,
    "effective": "2024-01-01",
    "until": None,
    "level": "国务院文件",
    "region": "全国",
    "text_kind": "digest",
    "source_kind": "official",
    "checked_on": "2026-11-23",
}
BODY = """《甲意见》由国务院于2024年1月1日印发。[^1]

## 平台

《甲意见》支持建设12个平台。[^1]

## 来源与说明

摘编不是原文。

[^1]: 官方页面：https://example.org/a
"""

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a digest that has nothing wrong with it, but for what is given."""

    def write(id_: str = "a", body: str = BODY, folder: str = "policies", **fields: object) -> Path:
        meta = {"id": id_, "title": "甲意见", **FIELDS, **fields}
        text = yaml.safe_dump(meta, allow_unicode=True, sort_keys=False, width=10_000).replace("'", "")
        path = tmp_path / "corpus" / folder / f"{id_}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\n{text}---\n# {meta['title']}\n\n{body}", encoding="utf-8")
        return path

    return write
