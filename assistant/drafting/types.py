"""The words of drafting: plain frozen types. Numbers of notes count from 1 over the whole draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.domain import Citation


class Basis(StrEnum):
    """What a sentence of a draft rests on."""

    SOURCE = "source"  # verified against cited passages of the library
    PROFILE = "profile"  # the region's own words, not checked by anybody
    RULE = "rule"  # the draft's own conclusion, by the rules of the diagnosis


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a draft; `notes` are the numbers of its notes, empty unless it rests on sources."""

    text: str
    basis: Basis
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that belong together."""

    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class DraftSection:
    """A heading as printed (一、… or （一）…), its paragraphs, and the sections below it."""

    heading: str
    paragraphs: tuple[Paragraph, ...] = ()
    sections: tuple[DraftSection, ...] = ()

    def walk(self) -> Iterator[Paragraph]:
        """All paragraphs in the order they are read."""
        yield from self.paragraphs
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True, slots=True)
class SignFinding:
    """One sign of a model against the profile: the profile's own words that show it, empty if it says nothing."""

    text: str
    field: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ModelFit:
    """How far one cluster model fits; `core_words` says how many entries the profile has on the model's core."""

    model_id: str
    name: str
    core: str
    met: tuple[SignFinding, ...]
    missing: tuple[SignFinding, ...]
    core_words: int

    @property
    def score(self) -> float:
        """Share of the model's signs that the profile speaks of, 0 to 1."""
        signs = len(self.met) + len(self.missing)
        return len(self.met) / signs if signs else 0.0


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """All models, the best fitting first; `leading` holds those that nothing tells apart at the top, or none."""

    fits: tuple[ModelFit, ...]
    leading: tuple[ModelFit, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A whole draft. `notes[i]` is note number i + 1; `unanswered` are questions the library had nothing on."""

    title: str
    region: str
    made_on: date
    diagnosis: Diagnosis
    sections: tuple[DraftSection, ...]
    notes: tuple[Citation, ...]
    unanswered: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
