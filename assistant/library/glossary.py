"""The glossary of the corpus (`corpus/glossary.yaml`): the one file of terms, short forms, spoken forms and English."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.errors import LibraryError
from assistant.language.aliases import Aliases
from assistant.language.expansions import Expansions


class Term(BaseModel):
    """An official term and what else people call it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    term: str
    short: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    english: tuple[str, ...] = ()
    traditional: tuple[str, ...] = ()
    definition: str | None = None
    source: str | None = None


def load_glossary(path: Path) -> tuple[Term, ...]:
    """The terms in order; none when there is no such file. Raises `LibraryError` when it is malformed."""
    if not path.exists():
        return ()
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return TypeAdapter(tuple[Term, ...]).validate_python(
            yaml.load(path.read_text(encoding="utf-8"), loader)
        )
    except (OSError, yaml.YAMLError, ValidationError) as problem:
        raise LibraryError(
            f"词表 {path} 的写法有误（{str(problem).splitlines()[0]}）；请改正后再试。"
        ) from problem


def load_spoken(path: Path) -> Expansions:
    """The spoken words of `corpus/spoken.yaml`; none when there is no such file. Raises `LibraryError`."""
    if not path.exists():
        return Expansions({})
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        found = TypeAdapter(dict[str, tuple[str, ...]]).validate_python(
            yaml.load(path.read_text(encoding="utf-8"), loader)
        )
    except (OSError, yaml.YAMLError, ValidationError) as problem:
        raise LibraryError(
            f"口语词表 {path} 的写法有误（{str(problem).splitlines()[0]}）；请改正后再试。"
        ) from problem
    return Expansions(found)


def aliases_of(terms: tuple[Term, ...]) -> Aliases:
    """All ways of saying the terms, as one table; a term stands for itself, so that no alias is read inside it."""
    said = {alias: t.term for t in terms for alias in (*t.short, *t.spoken, *t.english, *t.traditional)}
    return Aliases(said | {t.term: t.term for t in terms})
