"""Bringing the library into step with its roots: the unchanged is skipped, the rest replaced in one step."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from assistant.domain import Document, Passage
from assistant.errors import LibraryError
from assistant.library import generations
from assistant.library.builder import Embedder, GenerationBuilder, Progress
from assistant.library.catalogue import GenerationRow
from assistant.library.catalogue_writer import CatalogueWriter
from assistant.library.check import Checking, checking_apart, checking_here
from assistant.library.plan import Plan, Planner
from assistant.library.recipe import recipe
from assistant.library.report import IndexReport, report
from assistant.reading import passages, read_file

__all__ = ["IndexReport", "Indexer"]

# Passages changed since the base, as a share of it, up to which they are indexed beside it and not all anew.
DELTA_SHARE = 0.05

logger = logging.getLogger(__name__)


class Indexer:
    """The one writer of a home. `shipped` is the corpus that a new home takes when no path is named."""

    def __init__(
        self,
        home: Path,
        embeddings: Embedder,
        read: Callable[[Path], Document] = read_file,
        split: Callable[[Document], Sequence[Passage]] = passages,
        *,
        shipped: Path | None = None,
        lock_wait: float = 3.0,
        checking: Checking = checking_apart,
        delta_share: float = DELTA_SHARE,
    ) -> None:
        self._delta_share = delta_share
        self._home = home.resolve()
        self._embeddings = embeddings
        self._read = read
        self._split = split
        self._shipped = shipped
        self._lock_wait = lock_wait
        self._checking = checking

    def index(
        self,
        paths: Sequence[Path] = (),
        corpus: Path | None = None,
        forget: Sequence[Path] = (),
        progress: Progress | None = None,
    ) -> IndexReport:
        """Add `paths` and `corpus` to the roots, drop `forget` from them, and bring all roots up to date.

        Each file is all or nothing; those that fail are reported and the rest goes in. Interrupted at any
        moment, readers keep what they had and the next run goes on. Raises `LibraryError` before anything
        changes when a path does not exist or is not a root, `LibraryBusyError` when another process writes,
        `EmbeddingError` when texts cannot be embedded.
        """
        started = time.monotonic()
        wanted = [_existing(path) for path in (*paths, *([corpus] if corpus else []))]
        try:
            self._home.mkdir(parents=True, exist_ok=True)
            with (
                generations.write_lock(self._home, self._lock_wait),
                CatalogueWriter.open(self._home) as catalogue,
            ):
                return self._index(catalogue, wanted, forget, progress or _silent, started)
        except (OSError, DBAPIError) as problem:
            raise LibraryError(
                "状态目录无法写入；请检查 ASSISTANT_HOME 所指目录的权限和磁盘空间。"
            ) from problem

    def _index(
        self,
        catalogue: CatalogueWriter,
        wanted: Sequence[Path],
        forget: Sequence[Path],
        progress: Progress,
        started: float,
    ) -> IndexReport:
        base = self._settle(catalogue)
        roots = self._planned_roots(catalogue, wanted, forget, base)
        before = catalogue.members(base.id) if base else ()
        same_recipe = base is not None and base.recipe == recipe()
        planner = Planner(catalogue, self._read, self._split, progress)
        plan = planner.plan([Path(root) for root in sorted(roots)], before, trust_unchanged=same_recipe)

        # A home in which nothing could be read yet stays without an index: that says more than an empty one.
        unchanged = plan.empty if base is None else self._usable(base) and not plan.changes(before)
        if unchanged:
            catalogue.set_roots(roots)
            generation = base.id if base else None
        else:
            generation = self._publish(catalogue, plan, roots, base, progress)
        return report(catalogue, plan, before, generation, time.monotonic() - started)

    def _settle(self, catalogue: CatalogueWriter) -> GenerationRow | None:
        """Clear away what interrupted runs left; the generation to go on from, None in a new home."""
        current = generations.current(self._home)
        if current:
            catalogue.published(current)  # it may have been stopped between the swap and the note
        catalogue.discard_unfinished()
        base = (catalogue.generation(current) if current else None) or catalogue.latest_published()
        kept = catalogue.generation_ids() | ({current} if current else set())
        generations.prune(self._home, keep=kept)
        return base

    def _planned_roots(
        self,
        catalogue: CatalogueWriter,
        wanted: Sequence[Path],
        forget: Sequence[Path],
        base: GenerationRow | None,
    ) -> set[str]:
        roots = set(catalogue.roots())
        for path in forget:
            resolved = str(path.expanduser().resolve())
            if resolved not in roots:
                raise LibraryError(
                    f"{path} 不是登记过的目录或文件；已登记的有：{'、'.join(sorted(roots)) or '无'}。"
                )
        roots -= {str(path.expanduser().resolve()) for path in forget}
        roots |= {str(path) for path in wanted}
        if not roots and not forget and base is None:
            if self._shipped is None:
                raise LibraryError("还没有登记任何文档；请运行 assistant index 并写上目录或文件的路径。")
            roots.add(str(_existing(self._shipped)))
        return roots

    def _usable(self, base: GenerationRow) -> bool:
        """Whether readers can go on with this generation as it is."""
        return (
            generations.current(self._home) == base.id
            and generations.read_manifest(self._home, base.id) is not None
            and (base.embedding, base.recipe) == (self._embeddings.name, recipe())
        )

    def _publish(
        self,
        catalogue: CatalogueWriter,
        plan: Plan,
        roots: Collection[str],
        base: GenerationRow | None,
        progress: Progress,
    ) -> str:
        generation = generations.new_generation(self._home)
        row = GenerationRow(generation, self._embeddings.name, recipe())
        catalogue.begin(row, [member.revision for member in plan.kept], plan.new, roots)
        beside = self._beside(catalogue, generation, base)
        # A small segment is proved in this process: starting another one takes longer than building it.
        checking = checking_here if beside else self._checking
        builder = GenerationBuilder(self._home, catalogue, self._embeddings, progress, checking=checking)
        builder.build(generation, beside)
        generations.publish(self._home, generation)
        catalogue.published(generation)
        # The one before stays for readers that have not looked yet, and so do those that these stand beside.
        kept = {generation} | ({base.id} if base else set())
        kept |= {b for id_ in kept if (b := generations.base_of(self._home, id_))}
        catalogue.keep_only(kept)
        generations.prune(self._home, kept)
        logger.info("published generation %s", generation)
        return generation

    def _beside(
        self, catalogue: CatalogueWriter, generation: str, before: GenerationRow | None
    ) -> str | None:
        """The generation beside which the new one is built: the base of the one before, when little has changed since."""
        if before is None or not self._usable(before):
            return None
        base = generations.base_of(self._home, before.id) or before.id
        manifest = generations.read_manifest(self._home, base)
        if manifest is None or not manifest.passages:
            return None
        changed = catalogue.size(generation, base)[1] + catalogue.size(base, generation)[1]
        return base if changed <= self._delta_share * manifest.passages else None


def _existing(path: Path) -> Path:
    resolved = path.expanduser().resolve()
    if not resolved.exists():
        raise LibraryError(f"{path} 不存在；请检查路径后再试。")
    return resolved


def _silent(_phase: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""
