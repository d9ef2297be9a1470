"""The digests (摘编) of the corpus keep their promises: complete front matter, footnotes that resolve,
sentences that stand alone, and no figure that the fact sheet of the document does not give.

`figures.json` holds, by document id, the figures of each fact sheet, found by the same `figures` as below.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

CORPUS = Path(__file__).parents[2] / "corpus"
ALLOWED: dict[str, list[str]] = json.loads(Path(__file__).with_name("figures.json").read_text("utf-8"))
DIGESTS = sorted(CORPUS.glob("**/*.md"))

FOLDERS = {"law": "laws", "regulation": "laws", "policy": "policies", "plan": "policies"}
FOLDERS |= {"report": "reports", "case": "cases", "research": "research"}
LEVELS = {
    *("法律", "行政法规", "国务院文件", "部门规章", "地方性法规", "地方政府规章"),
    *("规范性文件", "规划", "解读与研究", "案例", None),
}
SOURCES = {
    "official": "官方页面",
    "full_text_copy": "全文副本",
    "media_or_scholar": "媒体或学者文章",
    "repost": "转载",
    "repost_on_unrelated_domain": "转载（与主题无关的网站）",
    "search_index_only": "仅见于检索索引",
}
LISTS = {"issuers", "industries", "topics", "types", "models", "pillars", "supersedes", "aliases"}
DATES = {"signed", "published", "effective", "until", "checked_on"}
OTHERS = {"id", "title", "kind", "doc_number", "status_note", "level", "region", "superseded_by", "access"}
REQUIRED = LISTS | DATES | OTHERS | {"text_kind", "url", "source_url", "source_kind"}

LABEL = r"(?m)^[ \t]*(?:#+ +)?(?:[-*] +)?[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、](?!\d)"
NUMERALS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}


def chinese_number(run: str) -> int | None:
    """七十八 -> 78, 四百万 -> 4000000, 一一六 -> 116; None for what is no number (十四五, 千万)."""
    if not set(run) & set(UNITS):
        return int("".join(str(NUMERALS[c]) for c in run)) if len(run) != 2 else None
    if run[0] in "百千万亿" or re.search("[一二两三四五六七八九]{2}", run):
        return None
    total = section = digit = 0
    for c in run:
        if c in NUMERALS:
            digit = NUMERALS[c]
        elif UNITS[c] >= 10**4:
            total, section, digit = (total + section + digit) * UNITS[c], 0, 0
        else:
            section, digit = section + (digit or 1) * UNITS[c], 0
    return total + section + digit


def figures(text: str) -> set[str]:
    """Arabic figures (7万 as 7 and as 70000), Chinese ones from 16 up and every 第…条, in one form."""
    text = re.sub(LABEL, "", re.sub(r"(?m)^\[\^[^\]]+\]:.*$|\[\^[^\]]+\]", "", text)).replace("，", " ")
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", unicodedata.normalize("NFKC", text))
    found = {run.rstrip(".").lstrip("0") or "0" for run in re.findall(r"\d[\d.]*", text)}
    for number, units in re.findall(r"(\d+(?:\.\d+)?)([万亿]+)", text):
        found.add(str(int(Decimal(number) * Decimal(10) ** sum(4 if unit == "万" else 8 for unit in units))))
    for ordinal, run, article in re.findall(r"(第?)([零〇一二两三四五六七八九十百千万亿]+)(条?)", text):
        value = chinese_number(run)
        found |= {str(value)} if value is not None and value >= 16 else set()
        found |= {f"第{value}条"} if value is not None and ordinal and article else set()
    return found | {f"第{int(number)}条" for number in re.findall(r"第(\d+)条", text)}


@dataclass(frozen=True)
class Digest:
    path: Path
    meta: dict[str, Any]
    body: str

    @property
    def sentences(self) -> list[str]:
        """The sentences outside headings and footnote definitions, without markers and list labels."""
        text = re.sub(r"(?m)^#.*$|^\[\^[^\]]+\]:.*$|\[\^[^\]]+\]", "", self.body)
        parts = re.split(r"(?<=[。！？])|\n", re.sub(LABEL, "", text))
        return [part.strip(" \t”’）") for part in parts if part.strip()]


@pytest.fixture(params=DIGESTS, ids=lambda path: path.stem)
def digest(request: pytest.FixtureRequest) -> Digest:
    """One document of the corpus, its front matter parsed."""
    path: Path = request.param
    opening, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    assert opening == "", "a digest opens with its front matter"
    return Digest(path, yaml.safe_load(front), body)


def test_corpus_holds_exactly_the_expected_documents() -> None:
    assert sorted(path.stem for path in DIGESTS) == sorted(ALLOWED)


def test_front_matter_has_the_agreed_keys_and_types(digest: Digest) -> None:
    meta = digest.meta
    assert set(meta) - {"year", "measures", "related"} == REQUIRED
    assert all(isinstance(meta[key], list) and all(isinstance(x, str) for x in meta[key]) for key in LISTS)
    assert all(meta[key] is None or type(meta[key]) is date for key in DATES) and meta["checked_on"]
    assert "year" not in meta or (type(meta["year"]) is int and not meta["signed"] and not meta["published"])
    assert all(meta[key] is None or re.match(r"https?://\S+$", meta[key]) for key in ("url", "source_url"))


def test_front_matter_values_are_of_the_allowed_ones(digest: Digest) -> None:
    meta, framework = digest.meta, yaml.safe_load((CORPUS / "framework.yaml").read_text(encoding="utf-8"))
    assert meta["id"] == digest.path.stem
    assert FOLDERS[meta["kind"]] == digest.path.parent.name
    assert meta["level"] in LEVELS and meta["source_kind"] in SOURCES
    assert meta["text_kind"] in {"original", "digest"}
    for key in ("types", "models", "pillars"):
        assert set(meta[key]) <= {entry["id"] for entry in framework[key]}, key


def test_dates_are_in_order(digest: Digest) -> None:
    signed, effective, until = (digest.meta[key] for key in ("signed", "effective", "until"))
    assert not (signed and effective) or signed <= effective
    assert not (effective and until) or effective <= until


def test_footnotes_resolve_and_sources_are_stated(digest: Digest) -> None:
    defined = re.findall(r"(?m)^\[\^([^\]]+)\]: ([^：\n]+)：", digest.body)
    assert {note for note, _ in defined} == set(re.findall(r"\[\^([^\]]+)\](?!:)", digest.body)) != set()
    assert {label for _, label in defined} <= set(SOURCES.values())
    assert re.search(r"(?m)^## 来源与说明$", digest.body)


def test_every_figure_is_in_the_fact_sheet(digest: Digest) -> None:
    stated = [digest.body] + [str(digest.meta[key] or "") for key in ("title", "doc_number", "status_note")]
    stated += [str(digest.meta[key] or "") for key in ("signed", "published", "effective")]
    checked = digest.meta["checked_on"]
    known = {*ALLOWED[digest.path.stem], *map(str, (checked.year, checked.month, checked.day))}
    assert figures("\n".join(stated)) - known == set()


def test_sentences_stand_alone_and_are_short(digest: Digest) -> None:
    too_long = [s for s in digest.sentences if len(s) > 120]
    enumerations = digest.path.parent.name == "laws"
    assert [s for s in too_long if not (enumerations and s.count("、") + s.count("；") >= 5)] == []
    assert [s for s in digest.sentences if re.match("该|其|此|上述|这", s.lstrip("“（"))] == []
