"""Links between documents, and between documents and the framework: both ends exist and each knows of the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assistant.corpus.finding import Finding
from assistant.corpus.source import SourceFile
from assistant.domain import Document, Kind
from assistant.library.framework import Framework

_POLICIES = (Kind.LAW, Kind.REGULATION, Kind.POLICY, Kind.PLAN, Kind.REPORT)
# What one document says of another, and what the other then has to say of it.
_MUTUAL = {
    "supersedes": "superseded_by",
    "superseded_by": "supersedes",
    "amends": "amended_by",
    "amended_by": "amends",
    "related": "related",
}


def check_documents(
    sources: Sequence[SourceFile], elsewhere: Mapping[str, Document] | None = None
) -> Iterator[Finding]:
    """Links from document to document. `elsewhere` holds documents that may be named but are not being checked."""
    documents = {**(elsewhere or {}), **{s.document.id: s.document for s in sources}}
    checked = {s.document.id for s in sources}
    for source in sources:
        for field, back in _MUTUAL.items():
            for name in _names(source.document, field):
                line = source.line_of(field)
                other = documents.get(name)
                if other is None and not name.isascii():
                    continue  # the title of a document that the corpus does not hold
                if other is None:
                    yield Finding(source.path, line, f"{field} 指向的 {name} 不在文库中，请改正或删去。")
                elif other.id in checked and source.document.id not in _names(other, back):
                    yield Finding(
                        source.path, line, f"{name} 的 {back} 里没有 {source.document.id}，请补上使两边一致。"
                    )
        if source.document.id in source.document.related:
            yield Finding(source.path, source.line_of("related"), "related 指向了自己，请删去。")


def check_tags(sources: Sequence[SourceFile], framework: Framework) -> Iterator[Finding]:
    """The framework's entries that a document names: each exists, and a measure comes with its pillar."""
    known = {
        "types": {entry.id for entry in framework.types},
        "models": {entry.id for entry in framework.models},
        "pillars": {entry.id for entry in framework.pillars},
        "measures": {measure.id for pillar in framework.pillars for measure in pillar.measures},
    }
    pillar_of = {m.id: pillar.id for pillar in framework.pillars for m in pillar.measures}
    for source in sources:
        for field, names in known.items():
            for tag in getattr(source.document, field):
                if tag not in names:
                    yield Finding(
                        source.path,
                        source.line_of(field),
                        f"{field} 中的 {tag} 不在框架里；可用的有 {'、'.join(sorted(names))}。",
                    )
        for measure in source.document.measures:
            pillar = pillar_of.get(measure)
            if pillar and pillar not in source.document.pillars:
                yield Finding(
                    source.path, source.line_of("measures"), f"措施 {measure} 属于 {pillar}，请写进 pillars。"
                )


def check_framework(framework: Framework, path: Path, documents: Mapping[str, Document]) -> Iterator[Finding]:
    """What the framework says of documents: they exist, have the section, and carry the tag; and the other way round."""
    lines = path.read_text(encoding="utf-8").splitlines()

    def at(text: str) -> int:
        return next((i for i, line in enumerate(lines, 1) if text in line), 0)

    for entry in framework.entries:
        source = documents.get(entry.source.document)
        if source is None or not _has_section(source, entry.source.section):
            yield Finding(
                path,
                at(entry.source.section),
                f"{entry.id} 的出处 {entry.source.document}“{entry.source.section}”不存在。",
            )
    for model in framework.models:
        tagged = {d.id for d in documents.values() if d.kind is Kind.CASE and model.id in d.models}
        yield from _both_ways(
            path, at(f"- id: {model.id}"), "案例", model.id, set(model.cases), tagged, documents
        )
        for risk in model.risks:
            if risk.case not in documents:
                yield Finding(path, at(risk.case), f"风险提示 {risk.id} 指向的 {risk.case} 不在文库中。")
    for pillar in framework.pillars:
        for measure in pillar.measures:
            line = at(f"- id: {measure.id}")
            named = {p.document for p in measure.policies}
            tagged = {d.id for d in documents.values() if d.kind in _POLICIES and measure.id in d.measures}
            yield from _both_ways(path, line, "政策", measure.id, named, tagged, documents)
            for policy in measure.policies:
                if policy.document in documents and not _has_section(
                    documents[policy.document], policy.section
                ):
                    yield Finding(
                        path, line, f"{measure.id} 所指的 {policy.document}“{policy.section}”没有这一节。"
                    )


def _both_ways(
    path: Path,
    line: int,
    what: str,
    node: str,
    named: set[str],
    tagged: set[str],
    documents: Mapping[str, Document],
) -> Iterator[Finding]:
    for name in sorted(named - tagged):
        problem = "没有标注它" if name in documents else "不在文库中"
        yield Finding(path, line, f"{node} 列出的{what} {name} {problem}。")
    for name in sorted(tagged - named):
        yield Finding(path, line, f"{what} {name} 标注了 {node}，框架里却没有列出。")


def _has_section(document: Document, heading: str) -> bool:
    return any(section.path[-1] == heading for section in document.outline)


def _names(document: Document, field: str) -> tuple[str, ...]:
    value = getattr(document, field)
    return (value,) if isinstance(value, str) else tuple(value or ())
