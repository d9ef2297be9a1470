"""What an index run has to do: which stored revisions stay, which files are read anew, which fail."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from assistant.domain import Document, Passage
from assistant.errors import AssistantError, ReadingError
from assistant.library.builder import Progress
from assistant.library.catalogue import Catalogue, Content, Member
from assistant.library.catalogue_writer import NewRevision
from assistant.library.context import context_key
from assistant.library.discovery import Found, Unreachable, discover

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file or folder that could not be taken in, and one sentence why."""

    path: str
    error: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The coming generation: revisions that stay, revisions just read, and the files that failed."""

    kept: tuple[Member, ...]
    new: tuple[NewRevision, ...]
    failed: tuple[FailedFile, ...]

    @property
    def empty(self) -> bool:
        return not self.kept and not self.new

    def changes(self, before: Sequence[Member]) -> bool:
        """Whether the generation would differ from the one that consists of `before`."""
        return bool(self.new) or {m.revision for m in self.kept} != {m.revision for m in before}


class Planner:
    """Reads the roots and compares them with the catalogue; changes nothing."""

    def __init__(
        self,
        catalogue: Catalogue,
        read: Callable[[Path], Document],
        split: Callable[[Document], Sequence[Passage]],
        progress: Progress,
    ) -> None:
        self._catalogue = catalogue
        self._read = read
        self._split = split
        self._progress = progress

    def plan(self, roots: Sequence[Path], before: Sequence[Member], *, trust_unchanged: bool) -> Plan:
        """Compare the files under `roots` with the revisions `before`.

        With `trust_unchanged` a file whose bytes have not changed is not read again. A document id belongs to
        the first file, by path, that is sound; a file that fails leaves its earlier revision in place.
        """
        files, unreachable = discover(roots)
        earlier = {member.path: member for member in before}
        owners: dict[str, str] = {}
        kept: list[Member] = []
        new: list[NewRevision] = []
        failed: dict[str, str] = {}
        self._progress("read", 0, len(files))
        for done, file in enumerate(files, 1):
            path = str(file.path)
            try:
                taken = self._take(file, earlier.get(path), trust_unchanged)
                id_ = taken.document_id if isinstance(taken, Member) else taken.content.document.id
                if id_ in owners:
                    raise ReadingError(f"id {id_} 与 {owners[id_]} 重复；请改用另一个 id。")
                owners[id_] = path
                if isinstance(taken, Member):
                    kept.append(taken)
                else:
                    new.append(taken)
            except AssistantError as problem:
                failed[path] = str(problem)
            self._progress("read", done, len(files))
        kept += _still_there(before, failed, unreachable, owners)
        failures = [*failed.items(), *((str(u.path), u.reason) for u in unreachable)]
        return Plan(tuple(kept), tuple(new), tuple(FailedFile(*failure) for failure in failures))

    def _take(self, file: Found, earlier: Member | None, trust_unchanged: bool) -> Member | NewRevision:
        """The stored revision if it still holds, else a new one. Raises `AssistantError` for a bad file."""
        if earlier and trust_unchanged and earlier.sha256 == _sha256(file.path):
            return earlier
        content = self._content(file.path)
        if earlier and self._catalogue.content(earlier.revision) == content:
            return earlier
        return NewRevision(str(file.root), str(file.path), content)

    def _content(self, path: Path) -> Content:
        try:
            document = self._read(path)
            passages = tuple(self._split(document))
        except AssistantError:
            raise
        except Exception as problem:
            # One file that the reader stumbles over must not keep the others out.
            logger.exception("reading %s", path)
            raise ReadingError("文件读取时出现内部错误；请查看日志，或改写文件后再试。") from problem
        if any(passage.text != document.text[passage.start : passage.end] for passage in passages):
            raise ReadingError("文件的段落与原文对不上；请报告这一问题。")
        return Content(document, passages, tuple(context_key(document, passage) for passage in passages))


def _still_there(
    before: Sequence[Member],
    failed: dict[str, str],
    unreachable: Sequence[Unreachable],
    taken: dict[str, str],
) -> list[Member]:
    """Earlier revisions whose file fails or is out of sight, as long as no sound file has taken their id."""
    return [
        member
        for member in before
        if member.document_id not in taken
        and (member.path in failed or any(folder.holds(Path(member.path)) for folder in unreachable))
    ]


def _sha256(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError as problem:
        raise ReadingError("文件无法读取；请检查它的权限后再试。") from problem
