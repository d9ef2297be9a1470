"""Names that lead to two things: titles and aliases of documents, and the terms of the glossary."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from assistant.corpus.finding import Finding
from assistant.corpus.source import SourceFile
from assistant.domain import Document
from assistant.language.normal import squeeze
from assistant.library.glossary import Term


def check_names(
    sources: Sequence[SourceFile], elsewhere: Mapping[str, Document] | None = None
) -> Iterator[Finding]:
    """A title or alias belongs to one document, or to versions of one (told apart by their dates)."""
    holders: dict[str, list[Document]] = defaultdict(list)
    for document in [*(s.document for s in sources), *(elsewhere or {}).values()]:
        for name in {squeeze(n) for n in (document.title, *document.aliases)}:
            holders[name].append(document)
    for source in sources:
        own = source.document
        for name in (own.title, *own.aliases):
            for other in holders[squeeze(name)]:
                if other.id != own.id and not _versions(own, other):
                    line = source.line_of("title" if name == own.title else "aliases")
                    yield Finding(source.path, line, f"“{name}”也是 {other.id} 的名称，请只留一处。")


def check_glossary(terms: Sequence[Term], path: Path, documents: Mapping[str, Document]) -> Iterator[Finding]:
    """Each way of saying leads to one term, is not itself the name of another document, and sources exist."""
    lines = path.read_text(encoding="utf-8").splitlines()

    def at(term: str) -> int:
        return next(
            (i for i, line in enumerate(lines, 1) if line.lstrip("-{ ").startswith(f"term: {term}")), 0
        )

    seen: dict[str, str] = {}
    for term in terms:
        for name in (term.term, *term.short, *term.spoken, *term.english, *term.traditional):
            first = seen.setdefault(name.casefold(), term.term)
            if first != term.term:
                yield Finding(path, at(term.term), f"“{name}”既指 {first}，又指 {term.term}，请只留一处。")
        if term.source and term.source not in documents:
            yield Finding(path, at(term.term), f"{term.term} 的出处 {term.source} 不在文库中。")
        if bool(term.source) != bool(term.definition):
            yield Finding(path, at(term.term), f"{term.term} 的定义和出处应当同时有或同时没有。")
    titles = {squeeze(name): d for d in documents.values() for name in (d.title, *d.aliases)}
    for term in terms:
        meant = titles.get(squeeze(term.term))
        for name in (*term.short, *term.spoken):
            said = titles.get(squeeze(name))
            if said and meant and said.id != meant.id and not _versions(said, meant):
                yield Finding(
                    path, at(term.term), f"“{name}”在词表里指 {meant.id}，在文库里是 {said.id} 的名称。"
                )


def _versions(one: Document, other: Document) -> bool:
    return other.id in (one.superseded_by, *one.supersedes) or one.id in (
        other.superseded_by,
        *other.supersedes,
    )
