"""A table of why each passage of a search stands where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

# Beside each other on a wide terminal; a narrow one gets the same columns folded.
_WIDTH = 200
_SOURCES = {"words": "词", "chars": "字", "heading": "标题", "dense": "向量"}
_FEATURES = {
    "title": "题名",
    "document": "全文",
    "dense": "向量",
    "coverage": "覆盖",
    "topic": "主题",
    "max_sim": "近义",
    "meant": "口语",
    "closeness": "紧邻",
    "place": "地名",
    "year": "年份",
    "exact": "指名条文",
    "rerank": "重排",
}


def print_explained(hits: Sequence[Mapping[str, Any]]) -> None:
    """Print one row a hit: its total score, its rank in the list of each retriever that found it, its features.

    `hits` are those of `findings_to_json`. Features stand as measured, before they are normalised and weighed.
    """
    from rich.console import Console
    from rich.table import Table

    features = [name for name in _FEATURES if any(name in hit["scores"] for hit in hits)]
    table = Table(
        title="各段的名次与得分（名次：在该路检索中排第几；特征：未加权的原值）", title_justify="left"
    )
    for name in ("名次", "段落", "总分"):
        table.add_column(name, overflow="fold", justify="left" if name == "段落" else "right")
    for label in _SOURCES.values():
        table.add_column(f"{label}·名次", justify="right")
    for name in features:
        table.add_column(_FEATURES[name], justify="right")
    for hit in hits:
        place = hit["section"].rpartition(" / ")[2] or hit["title"]
        table.add_row(
            str(hit["rank"]),
            f"{hit['document_id']}\n{place}",
            f"{hit['scores']['total']:.2f}",
            *(str(hit["ranks"].get(source, "–")) for source in _SOURCES),
            *(_number(hit["scores"].get(name)) for name in features),
        )
    console = Console()
    Console(width=None if console.is_terminal else _WIDTH, markup=False).print(table)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
