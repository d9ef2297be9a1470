"""The figures of a digest against those of the fact sheet it was made from."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path

from assistant.corpus.finding import Finding
from assistant.corpus.source import SourceFile
from assistant.errors import LibraryError
from assistant.language.numerals import arabic

_LABEL = re.compile(
    r"(?m)^[ \t]*(?:#+ +)?(?:[-*] +)?[(（]?(?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）.、](?!\d)"
)
_NOTE = re.compile(r"(?m)^\[\^[^\]]+\]:.*$|\[\^[^\]]+\]")
_UNITS = "十百千万亿"
# Below this a Chinese numeral is mostly no figure but a word: 一是, 两种, 第三方.
_SMALLEST_CHINESE = 16


def load_sheet_figures(path: Path) -> dict[str, frozenset[str]]:
    """By document id the figures its fact sheet gives, in the form of `figures_of`; raises `LibraryError`."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return {id_: frozenset(map(str, figures)) for id_, figures in found.items()}
    except (OSError, ValueError, AttributeError, TypeError) as problem:
        raise LibraryError(f"读不到数字对照表 {path}（{problem}）；请检查路径和内容。") from problem


def check_figures(source: SourceFile, sheet: Mapping[str, frozenset[str]]) -> Iterator[Finding]:
    """Each figure of the file that its sheet does not give. A document without a sheet is a user's own: no finding."""
    document = source.document
    if document.id not in sheet:
        return
    known = set(sheet[document.id])
    if document.checked_on:
        known |= {str(part) for part in document.checked_on.timetuple()[:3]}
    for i, line in enumerate(source.raw, 1):
        field = line.partition(":")[0]
        if i < source.raw.index("---", 1) + 1 and field not in ("title", "doc_number", "status_note"):
            continue
        if extra := sorted(figures_of(line) - known):
            yield Finding(source.path, i, f"数字 {'、'.join(extra)} 不在事实单里，请核对或删去。")


def figures_of(text: str) -> set[str]:
    """Arabic figures (7万 as 7 and as 70000), Chinese ones from 16 up and every 第…条, in one form."""
    text = _LABEL.sub("", _NOTE.sub("", text)).replace("，", " ")
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", unicodedata.normalize("NFKC", text))
    found = {run.rstrip(".").lstrip("0") or "0" for run in re.findall(r"\d[\d.]*", text)}
    for number, units in re.findall(r"(\d+(?:\.\d+)?)([万亿]+)", text):
        found.add(str(int(Decimal(number) * Decimal(10) ** sum(4 if unit == "万" else 8 for unit in units))))
    for ordinal, run, article in re.findall(rf"(第?)([零〇一二两三四五六七八九{_UNITS}]+)(条?)", text):
        value = _chinese(run)
        found |= {str(value)} if value is not None and value >= _SMALLEST_CHINESE else set()
        found |= {f"第{value}条"} if value is not None and ordinal and article else set()
    return found | {f"第{int(number)}条" for number in re.findall(r"第(\d+)条", text)}


def _chinese(run: str) -> int | None:
    """七十八 -> 78, 一一六 -> 116; None for what is no number (十四五, 千万, 一二)."""
    if not set(run) & set(_UNITS):
        return arabic(run) if len(run) != 2 else None
    if run[0] in _UNITS[1:] or re.search("[一二两三四五六七八九]{2}", run):
        return None
    return arabic(run)
