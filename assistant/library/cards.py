"""What must be known of every document at once, without its text: names, dates, bodies, places."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from assistant.domain import Document, Kind, Level


@dataclass(frozen=True, slots=True)
class Card:
    """The facts about a document by which questions are matched with it; fields as in `Document`; `year` is its `dated`, and
    `labelled` the year it is called by."""

    id: str
    title: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    doc_number: str | None = None
    level: Level | None = None
    region: str | None = None
    year: int | None = None
    labelled: int | None = None
    signed: date | None = None
    published: date | None = None
    effective: date | None = None
    supersedes: tuple[str, ...] = ()
    superseded_by: str | None = None

    @classmethod
    def of(cls, document: Document) -> Card:
        """The card of a document."""
        return cls(
            id=document.id,
            title=document.title,
            kind=document.kind,
            aliases=document.aliases,
            issuers=document.issuers,
            doc_number=document.doc_number,
            level=document.level,
            region=document.region,
            year=document.dated,
            labelled=document.year,
            signed=document.signed,
            published=document.published,
            effective=document.effective,
            supersedes=document.supersedes,
            superseded_by=document.superseded_by,
        )


def facets(card: Card) -> list[str]:
    """The values by which passages of the document are filtered in the lexicon, as `key:value`."""
    found = [f"kind:{card.kind}"]
    found += [f"issuer:{issuer}" for issuer in card.issuers]
    found += [f"region:{card.region}"] if card.region else []
    found += [f"year:{card.year}"] if card.year else []
    return found + ([f"level:{card.level}"] if card.level else [])
