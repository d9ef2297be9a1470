"""The words of this product: plain frozen types without I/O. Every other module speaks in these.

Character offsets are indices into `Document.text` (Python code points); `start` is included, `end` is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal


class Kind(StrEnum):
    """What sort of document it is."""

    LAW = "law"
    REGULATION = "regulation"
    POLICY = "policy"
    PLAN = "plan"
    REPORT = "report"
    CASE = "case"
    RESEARCH = "research"
    OTHER = "other"


class TextKind(StrEnum):
    """Whether the text is the document's own wording or a digest (摘编) in other words."""

    ORIGINAL = "original"
    DIGEST = "digest"


class Level(StrEnum):
    """效力层级, highest first; `rank` orders them."""

    LAW = "法律"
    ADMINISTRATIVE_REGULATION = "行政法规"
    STATE_COUNCIL = "国务院文件"
    DEPARTMENT_RULE = "部门规章"
    LOCAL_REGULATION = "地方性法规"
    LOCAL_RULE = "地方政府规章"
    NORMATIVE = "规范性文件"
    PLAN = "规划"
    RESEARCH = "解读与研究"
    CASE = "案例"

    @property
    def rank(self) -> int:
        """0 for the highest level."""
        return list(Level).index(self)


class Validity(StrEnum):
    """时效性 on a given day; computed by `library.validity`, never stored."""

    IN_FORCE = "in_force"
    AMENDED = "amended"
    REPEALED = "repealed"
    EXPIRED = "expired"
    NOT_YET = "not_yet"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """How a question ended, grouped by prefix so that a dashboard can count it."""

    ANSWERED = "answered"
    ANSWERED_PARTLY = "answered_partly"
    DECLINED_NO_SOURCE = "declined_no_source"
    DECLINED_OUT_OF_SCOPE = "declined_out_of_scope"
    DECLINED_UNSAFE = "declined_unsafe"
    ERROR_MODEL = "error_model"
    ERROR_TIMEOUT = "error_timeout"
    ERROR_INTERNAL = "error_internal"

    @property
    def is_answer(self) -> bool:
        return self.value.startswith("answered")

    @property
    def is_error(self) -> bool:
        return self.value.startswith("error")


class Verdict(StrEnum):
    """What verification found about one claim."""

    SUPPORTED = "supported"
    PARTLY = "partly"
    UNSUPPORTED = "unsupported"
    NOT_FACTUAL = "not_factual"


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the outline. `path` holds the headings from the top down to this one, as printed."""

    label: str
    heading: str
    depth: int
    path: tuple[str, ...]
    start: int
    end: int

    @property
    def is_unverified(self) -> bool:
        """待核实 sections tell what is not known: they never support a fact."""
        return any(part.startswith("待核实") for part in self.path)


@dataclass(frozen=True, slots=True)
class Note:
    """A source note of a digest: the span of text before it rests on this source."""

    position: int
    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read. Unknown metadata is None or empty, never guessed."""

    id: str
    title: str
    kind: Kind
    text: str
    outline: tuple[Section, ...]
    sha256: str
    path: str
    issuers: tuple[str, ...] = ()
    doc_number: str | None = None
    signed: date | None = None
    published: date | None = None
    effective: date | None = None
    until: date | None = None
    year: int | None = None
    status_note: str | None = None
    level: Level | None = None
    region: str | None = None
    industries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    pillars: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    supersedes: tuple[str, ...] = ()
    superseded_by: str | None = None
    amends: tuple[str, ...] = ()
    amended_by: tuple[str, ...] = ()
    repealed: date | None = None
    aliases: tuple[str, ...] = ()
    access: str = "public"
    text_kind: TextKind = TextKind.ORIGINAL
    url: str | None = None
    source_url: str | None = None
    source_kind: str | None = None
    checked_on: date | None = None
    notes: tuple[Note, ...] = ()

    @property
    def begins(self) -> date | None:
        """The first day on which the document can hold: 施行, else 公布 or 成文."""
        return self.effective or self.published or self.signed

    @property
    def dated(self) -> int | None:
        """The year the document belongs to, from the best date known."""
        best = self.signed or self.published or self.effective
        return best.year if best else self.year


@dataclass(frozen=True, slots=True)
class Passage:
    """What is indexed and cited: exact text of one document, along its outline."""

    id: str
    document_id: str
    section_path: tuple[str, ...]
    text: str
    start: int
    end: int
    ordinal: int

    @property
    def is_unverified(self) -> bool:
        """待核实 sections tell what is not known: they never support a fact."""
        return any(part.startswith("待核实") for part in self.section_path)

    @property
    def supports(self) -> bool:
        """Whether the passage may bear a fact."""
        return not self.is_unverified and not self.is_note

    @property
    def is_note(self) -> bool:
        """来源与说明 sections speak of the digest, not of its subject."""
        return any(part.startswith("来源与说明") for part in self.section_path)


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier question of the conversation and the answer it got; `cited` are the ids of the documents it cited, as far
    as they are known."""

    question: str
    answer: str
    cited: tuple[str, ...] = ()


class Standing(StrEnum):
    """Which documents are wanted by their 时效性 on the day: those that hold, or those that hold no more."""

    CURRENT = "current"
    PAST = "past"


@dataclass(frozen=True, slots=True)
class Filters:
    """Conditions on documents; empty means any. `years` are the first and the last, both included."""

    kinds: tuple[Kind, ...] = ()
    issuer: str | None = None
    region: str | None = None
    years: tuple[int, int] | None = None
    level: Level | None = None
    number: str | None = None
    standing: Standing | None = None

    @property
    def empty(self) -> bool:
        return self == Filters()


FilterName = Literal["kinds", "issuer", "region", "years", "level", "number", "standing"]


@dataclass(frozen=True, slots=True)
class Query:
    """A question as asked and, where the conversation matters, as rewritten to stand alone.

    `filters` are those the person has set; others are read out of the question, but for the fields of `Filters` named in
    `unread`, which the person has taken off.
    """

    text: str
    as_of: date
    history: tuple[Turn, ...] = ()
    filters: Filters = field(default_factory=Filters)
    rewritten: str | None = None
    unread: frozenset[str] = frozenset()

    @property
    def effective_text(self) -> str:
        return self.rewritten or self.text


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found for a query, with the scores that put it there (larger is better).

    `ranks` are its places in the lists of those retrievers that found it. `folded` are the ids of documents that hold the
    same text: they stand behind this hit.
    """

    passage: Passage
    document: Document
    rank: int
    scores: Mapping[str, float]
    ranks: Mapping[str, int] = field(default_factory=dict)
    folded: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        return self.scores["total"]


@dataclass(frozen=True, slots=True)
class Findings:
    """What a search found: the hits, best first, and how the question was taken.

    `read` are the filters read out of the question, as far as they were applied; `dropped` are those that would have left
    nothing. `warnings` are sentences for the person.
    """

    hits: tuple[Hit, ...]
    read: Filters = field(default_factory=Filters)
    dropped: Filters = field(default_factory=Filters)
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered reference of an answer to an exact span of a document's text."""

    n: int
    document: Document
    section_path: tuple[str, ...]
    quote: str
    start: int
    end: int
    validity: Validity | None
    source_url: str | None = None

    @property
    def section(self) -> str:
        """The section path as shown, without the document's own title."""
        return " / ".join(p for p in self.section_path if p != self.document.title)

    @property
    def reference(self) -> str:
        """The formatted reference: 《题名》(发文字号)节."""
        number = f"（{self.document.doc_number}）" if self.document.doc_number else ""
        digest = "（摘编）" if self.document.text_kind is TextKind.DIGEST else ""
        return f"《{self.document.title}》{number}{digest}{self.section}"


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of an answer, the numbers of its citations, and what verification found."""

    text: str
    citations: tuple[int, ...]
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ConflictSide:
    """One side of a conflict: the citation that bears it and the value it gives."""

    n: int
    value: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sources that give different values for the same thing; `prevails` is a citation number, or None if it cannot be told."""

    subject: str
    sides: tuple[ConflictSide, ...]
    prevails: int | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """One verified answer. `text` holds all that is shown, with [n] markers; `read` and `dropped` are those of `Findings`."""

    question: str
    status: Status
    text: str
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    nearest: tuple[Citation, ...] = ()
    follow_ups: tuple[str, ...] = ()
    withdrawn: tuple[Claim, ...] = ()
    rewritten: str | None = None
    read: Filters = field(default_factory=Filters)
    dropped: Filters = field(default_factory=Filters)
    timings_ms: Mapping[str, float] = field(default_factory=dict)
    prompt_tokens: int = 0
    completion_tokens: int = 0
    warnings: tuple[str, ...] = ()
    trace: Mapping[str, object] = field(default_factory=dict)
