"""The glossary of the corpus (`corpus/glossary.yaml`): the one file of terms, short forms, spoken forms and English."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from assistant.errors import LibraryError
from assistant.language.aliases import Aliases
from assistant.language.expansions import Expansions

_Read = TypeVar("_Read")


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
    return _read(path, TypeAdapter(tuple[Term, ...]), "词表") or ()


def load_spoken(path: Path) -> dict[str, tuple[str, ...]]:
    """The spoken words of `corpus/spoken.yaml` with what may be meant; none when there is no such file. Raises `LibraryError`."""
    return _read(path, TypeAdapter(dict[str, tuple[str, ...]]), "口语词表") or {}


def _read(path: Path, form: TypeAdapter[_Read], what: str) -> _Read | None:
    if not path.exists():
        return None
    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        return form.validate_python(yaml.load(path.read_text(encoding="utf-8"), loader))
    except (OSError, yaml.YAMLError, ValidationError) as problem:
        raise LibraryError(
            f"{what} {path} 的写法有误（{str(problem).splitlines()[0]}）；请改正后再试。"
        ) from problem


@dataclass(frozen=True, slots=True)
class Wording:
    """How a question's words are read: `aliases` are replaced by the official term, `meanings` are looked up as well."""

    aliases: Aliases
    meanings: Expansions

    @classmethod
    def of(
        cls, terms: Sequence[Term], spoken: Mapping[str, Sequence[str]], used: Callable[[str], bool]
    ) -> Wording:
        """From the glossary and the spoken words.

        A spoken form that the documents use themselves (`used`) may mean just what it says: it stays, and its term is one of
        its meanings. A term stands for itself, so that no alias is read inside it.
        """
        said = {alias: t.term for t in terms for alias in (*t.short, *t.english, *t.traditional)}
        meanings = {word: list(meant) for word, meant in spoken.items()}
        for form, term in ((form, t.term) for t in terms for form in t.spoken):
            if used(form):
                meanings.setdefault(form, []).append(term)
                said.setdefault(form, form)
            else:
                said[form] = term
        return cls(Aliases(said | {t.term: t.term for t in terms}), Expansions(meanings))
