"""The tables and the plot of `docs/retrieval.md`: `python -m bench.report DIR [--only NAME …]`.

Every set of DIR (a directory with a corpus and questions, or one that holds such directories) is measured against the
peers, and by size where DIR holds `statute_articles.jsonl.gz`; each in a process of its own. What was measured is kept in
`docs/retrieval.json` at once, so that a run that was stopped, or one of `--only` some, goes on from what is there.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError, EvaluationError
from assistant.settings import PROJECT

PAGE = PROJECT / "docs" / "retrieval.md"
FIGURES = PROJECT / "docs" / "retrieval.json"
PLOT = PROJECT / "docs" / "retrieval.svg"
STATUTES = "statute_articles.jsonl.gz"
SIZES = (10_000, 147_284)
OURS = "本产品"
_COLUMNS = {"recall@5": "R@5", "mrr@10": "MRR@10", "ndcg@10": "nDCG@10", "answer_recall@5": "答案在前五段"}
_SCALE = {
    "检索 p50 / p99，毫秒": ("query_ms_p50", "query_ms_p99"),
    "带筛选 p50 / p99，毫秒": ("filtered_query_ms_p50", "filtered_query_ms_p99"),
    "其中 Chroma p50，毫秒": ("chroma_query_ms_p50",),
    "建索引，段/秒": ("index_passages_per_s",),
    "langchain_chroma 建索引，段/秒": ("langchain_chroma_index_passages_per_s",),
    "没有改动时再建，秒": ("unchanged_reindex_seconds",),
    "改一份文件到查得到，秒": ("one_document_update_seconds",),
    "常驻内存峰值，MiB": ("rss_mib",),
    "磁盘，MiB": ("disk_mib",),
}
Figures = dict[str, dict[str, Any]]


def measured(directory: Path, only: Sequence[str], figures: Figures) -> Figures:
    """`figures` with what was measured anew, by the name of the set or `scale_<passages>`. Raises `EvaluationError`."""
    holders = [directory, *sorted(directory.iterdir())] if directory.is_dir() else []
    runs = {
        d.name: ["bench.retrieval", str(d), "--peers"] for d in holders if (d / "queries.jsonl").is_file()
    }
    if (statutes := directory / STATUTES).is_file():
        runs |= {f"scale_{n}": ["bench.scale", "--data", str(statutes), "--passages", str(n)] for n in SIZES}
    wanted = [name for name in runs if name in only or not only]
    if not wanted:
        raise EvaluationError(f"{directory} 里没有可测的数据（queries.jsonl、{STATUTES}）；请检查目录。")
    for name in wanted:
        sys.stderr.write(f"—— {name}\n")
        done = subprocess.run(
            [sys.executable, "-m", *runs[name]], stdout=subprocess.PIPE, text=True, check=False
        )
        if done.returncode:
            raise EvaluationError(f"{name} 没有测成；原因见上一行，此前测好的已留在 {FIGURES.name}。")
        figures[name] = json.loads(done.stdout.splitlines()[-1]) | {"measured_on": date.today().isoformat()}
        FIGURES.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return figures


def compared(figures: Figures) -> str:
    """The table of systems by set, with 95 % intervals of recall@1."""
    lines = [
        f"| 数据 | 题数 | 系统 | R@1 | {' | '.join(_COLUMNS.values())} | 建索引，段/秒 | 检索 p50，毫秒 |",
        "|---|---|---|" + "---|" * (len(_COLUMNS) + 3),
    ]
    for name, found in _sets(figures).items():
        for i, (system, of) in enumerate(_systems(found).items()):
            low, high = of["ci95"]["recall@1"]
            cells = [name, str(found["queries"])] if i == 0 else ["", ""]
            cells += [system, f"{of['recall@1']:.3f}（{low:.3f}–{high:.3f}）"]
            cells += ["—" if of[key] is None else f"{of[key]:.3f}" for key in _COLUMNS]
            cells += [f"{of['index_passages_per_s']:.0f}", f"{of['query_ms_p50']:.1f}"]
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def sizes(figures: Figures) -> str:
    """The table of speed and memory by number of passages."""
    columns = [found for name, found in figures.items() if name.startswith("scale_")]
    lines = [
        "| | " + " | ".join(f"{found['passages']:,} 段" for found in columns) + " |",
        "|---|" + "---|" * len(columns),
    ]
    for label, keys in _SCALE.items():
        cells = [" / ".join(str(found.get(key, "—")) for key in keys) for found in columns]
        lines.append(f"| {label} | {' | '.join(cells)} |")
    return "\n".join(lines)


def filled(page: str, tables: Mapping[str, str]) -> str:
    """The page with each table between its marks `<!-- name -->` and `<!-- /name -->`. Raises `EvaluationError`."""
    for name, table in tables.items():
        before, begin, rest = page.partition(f"<!-- {name} -->")
        _, end, after = rest.partition(f"<!-- /{name} -->")
        if not begin or not end:
            raise EvaluationError(f"{PAGE.name} 里缺少标记 <!-- {name} -->；请补上后再试。")
        page = f"{before}{begin}\n{table}\n{end}{after}"
    return page


def draw(figures: Figures, path: Path) -> None:
    """Recall@1 of every system on every set as bars with their 95 % intervals, an SVG whose text stays text."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams |= {"svg.fonttype": "none", "svg.hashsalt": "retrieval", "font.family": "sans-serif"}
    from matplotlib import pyplot

    sets = _sets(figures)
    systems = list(_systems(next(iter(sets.values()))))
    plot, axes = pyplot.subplots(figsize=(9, 3.6), layout="constrained")
    width = 0.8 / len(systems)
    for i, (system, colour) in enumerate(
        zip(systems, ("#9c2b23", "#1b5e73", "#7a8a99", "#c2b280"), strict=False)
    ):
        of = [_systems(found)[system] for found in sets.values()]
        heights = [f["recall@1"] for f in of]
        errors = [
            [h - f["ci95"]["recall@1"][0] for h, f in zip(heights, of, strict=True)],
            [f["ci95"]["recall@1"][1] - h for h, f in zip(heights, of, strict=True)],
        ]
        places = [n + (i - (len(systems) - 1) / 2) * width for n in range(len(sets))]
        label = "ours" if system == OURS else system
        axes.bar(places, heights, width, yerr=errors, label=label, color=colour, error_kw={"linewidth": 0.8})
    axes.set_xticks(range(len(sets)), list(sets))
    axes.set_ylim(0, 1)
    axes.set_ylabel("recall@1")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, ncols=len(systems), loc="upper center", bbox_to_anchor=(0.5, 1.16))
    plot.savefig(path, metadata={"Date": None})
    pyplot.close(plot)


def _sets(figures: Figures) -> Figures:
    return {name: found for name, found in figures.items() if "peers" in found}


def _systems(found: Mapping[str, Any]) -> dict[str, Any]:
    return {OURS: found["ours"], **found["peers"]}


def main() -> int:
    """The command; 0, or 1 with one sentence on stderr."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.report", description="测检索，写成 docs/retrieval.md 里的表和图。"
    )
    parser.add_argument("directory", type=Path, metavar="DIR", help="数据目录")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="只重测这些")
    options = parser.parse_args()
    try:
        known = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
        figures = measured(options.directory.resolve(), options.only, known)
        page = filled(PAGE.read_text(encoding="utf-8"), {"peers": compared(figures), "scale": sizes(figures)})
        PAGE.write_text(page, encoding="utf-8")
        if _sets(figures):
            draw(figures, PLOT)
    except AssistantError as problem:
        sys.stderr.write(f"{problem}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
