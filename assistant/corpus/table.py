"""The table of `corpus/README.md`: how many cases each model has, and which policies serve each measure."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assistant.domain import Document
from assistant.errors import CorpusError
from assistant.library.framework import Framework

BEGIN = "<!-- 以下由 assistant corpus table 生成 -->"
END = "<!-- 以上由 assistant corpus table 生成 -->"

# More than these would make a line that nobody reads; all of them stand in framework.yaml.
_SHOWN = 4


def table(framework: Framework, documents: Mapping[str, Document]) -> str:
    """Markdown: documents by folder, cases by model, policies by measure. Ids not in `documents` are left out."""
    folders: dict[str, int] = {}
    for document in documents.values():
        folder = Path(document.path).parent.name
        folders[folder] = folders.get(folder, 0) + 1
    lines = [
        f"共 {len(documents)} 篇：{'，'.join(f'{name} {n}' for name, n in sorted(folders.items()))}。",
        "",
    ]
    lines += ["| 集群模式 | 案例数 | 案例 |", "|---|---|---|"]
    for model in framework.models:
        cases = [id_ for id_ in model.cases if id_ in documents]
        lines.append(f"| {model.name} | {len(cases)} | {_linked(cases, documents)} |")
    for pillar in framework.pillars:
        pairs = sum(1 for m in pillar.measures for p in m.policies if p.document in documents)
        lines += [
            "",
            f"**{pillar.name}**：{pairs} 处政策措施。",
            "",
            "| 措施 | 处 | 对应的政策小节（最相关的在前） |",
            "|---|---|---|",
        ]
        for measure in pillar.measures:
            named = [p for p in measure.policies if p.document in documents]
            shown = "；".join(f"{_linked([p.document], documents)} {p.section}" for p in named[:_SHOWN])
            rest = " 等" if len(named) > _SHOWN else ""
            lines.append(f"| {measure.text} | {len(named)} | {shown or '—'}{rest} |")
    return "\n".join(lines)


def write_table(readme: Path, text: str) -> None:
    """Put `text` between the marks of the file. Raises `CorpusError` when they are not there."""
    content = readme.read_text(encoding="utf-8")
    before, begin, rest = content.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise CorpusError(f"{readme} 里没有表格的起止标记；请加上 {BEGIN} 和 {END}。")
    readme.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


def _linked(ids: list[str], documents: Mapping[str, Document]) -> str:
    def one(document: Document) -> str:
        path = Path(document.path)
        return f"[{document.title}]({path.parent.name}/{path.name})"

    return "、".join(one(documents[id_]) for id_ in ids)
