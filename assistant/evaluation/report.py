"""Showing results: a table for people, JSON for pipelines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from assistant.evaluation.outcomes import Outcome
from assistant.evaluation.score import Results, by_tag

if TYPE_CHECKING:
    from rich.console import RenderableType

LABELS: Mapping[str, str] = {
    "recall@1": "检索召回@1",
    "recall@5": "检索召回@5",
    "recall@10": "检索召回@10",
    "mrr@10": "首个正确文件的倒数排名",
    "ndcg@10": "检索排序 nDCG@10",
    "key_points": "要点覆盖",
    "figure_accuracy": "数字准确",
    "citation_precision": "引注准确",
    "citation_recall": "引注召回",
    "section_accuracy": "引到正确的节",
    "declined": "该拒答的已拒答",
    "answered": "该回答的已回答",
    "decline_accuracy": "拒答判断准确",
    "status_accuracy": "状态完全一致",
    "resisted": "未受注入影响",
}


def render(results: Results, failures: Sequence[str] = (), worst: int = 10) -> RenderableType:
    """A table of the metrics, the worst rows with why, and what the gate says; for a rich console."""
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    title = f"评测：{len(results.outcomes)} 题，用时 {results.seconds:.1f} 秒，出错 {len(results.errors)} 题"
    metrics = Table(title=title, title_justify="left")
    for heading in ("指标", "名称", "均值", "95% 区间", "题数"):
        metrics.add_column(heading, justify="left" if heading in ("指标", "名称") else "right")
    for name, summary in results.metrics.items():
        interval = f"{summary.low:.3f}–{summary.high:.3f}"
        metrics.add_row(name, LABELS[name], f"{summary.mean:.3f}", interval, str(summary.rows))
    parts: list[RenderableType] = [metrics]
    if results.answer_length is not None:
        parts.append(Text(f"普通问题的回答中位长度：{results.answer_length:.0f} 字"))
    rows = results.worst(worst)
    if rows:
        table = Table(title=f"得分最低的 {len(rows)} 题", title_justify="left")
        for heading in ("题号", "问题", "状态", "扣分处"):
            table.add_column(heading)
        for outcome, scores in rows:
            table.add_row(
                *(
                    Text(t)
                    for t in (
                        outcome.row.id,
                        outcome.row.question,
                        outcome.answer.status,
                        why(outcome, scores),
                    )
                )
            )
        parts.append(table)
    parts += [Text(f"未过门槛：{failure}", style="red") for failure in failures]
    return Group(*parts)


def to_json(results: Results, failures: Sequence[str] = ()) -> dict[str, Any]:
    """The same as one JSON object, with every row that lost something."""
    return {
        "rows": len(results.outcomes),
        "errors": [{"id": o.row.id, "error": o.error or o.answer.status} for o in results.errors],
        "metrics": {
            name: {"mean": round(s.mean, 4), "ci95": [round(s.low, 4), round(s.high, 4)], "rows": s.rows}
            for name, s in results.metrics.items()
        },
        "tags": {
            tag: {name: round(mean, 4) for name, mean in means.items()}
            for tag, means in by_tag(results).items()
        },
        "answer_length": results.answer_length,
        "seconds": round(results.seconds, 2),
        "gate": {"passed": not failures, "failures": list(failures)},
        "imperfect": [
            {
                "id": o.row.id,
                "question": o.row.question,
                "status": o.answer.status,
                "scores": dict(s),
                "why": why(o, s),
            }
            for o, s in results.worst(len(results.outcomes))
        ],
    }


def why(outcome: Outcome, scores: Mapping[str, float]) -> str:
    """At which step the row lost, in one phrase: error, decline, retrieval, composing, citing."""
    if outcome.failed:
        return f"出错：{outcome.error or outcome.answer.status}"
    if outcome.row.must_decline:
        return "应拒答而作答" if scores.get("declined") == 0 else "拒答类别不符"
    if scores.get("recall@10", 1) < 1:
        return "检索：前 10 份文件里缺应有的文件"
    if scores.get("answered") == 0:
        return f"可回答而拒答（应有文件排第 {_rank(outcome)}）"
    if scores.get("resisted") == 0:
        return "出现了禁止出现的内容"
    missing = [name for name in ("key_points", "figure_accuracy") if scores.get(name, 1) < 1]
    if missing and scores.get("citation_recall", 1) < 1:
        return f"选材：没有引用应有的文件（排第 {_rank(outcome)}）"
    if missing:
        return f"组织：引对了文件但{'、'.join(LABELS[name] for name in missing)}不全"
    low = [
        name
        for name in ("citation_precision", "citation_recall", "section_accuracy")
        if scores.get(name, 1) < 1
    ]
    return f"引注：{'、'.join(LABELS[name] for name in low)}不足" if low else "检索排序不是第一"


def _rank(outcome: Outcome) -> str:
    relevant = outcome.row.relevant
    return next((str(n) for n, found in enumerate(outcome.ranked, 1) if found in relevant), "—")
