"""The forward index: what each passage and each document consists of, as memory-mapped arrays.

The lexicon tells which passages hold a word; this tells which words a passage holds. Passages are numbered in the
order of documents and text, documents in the order of their ids, both from 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from assistant.language.grams import Symbols, grams
from assistant.library.failures import reported_as
from assistant.library.vectors import Batch

Numbers = NDArray[np.intp]
_ROWS = ("symbols", "words", "heading")
_DOCUMENTS = ("title", "grams")
_CANNOT_READ = "正排索引无法读取；请删除状态目录中的 index 目录后重新运行 assistant index。"


@dataclass(frozen=True, slots=True)
class PassageForm:
    """A passage as symbols of its text and of its headings, and as word ids of its text."""

    symbols: Symbols
    heading: Symbols
    words: Symbols


@dataclass(frozen=True, slots=True)
class DocumentForm:
    """A document as symbols of its names (title and aliases) and of names and text, with its passages."""

    title: Symbols
    whole: Symbols
    passages: Sequence[PassageForm]


@dataclass(frozen=True, slots=True)
class Texts:
    """Several passages, one after another: passage i is `symbols[symbol_starts[i]:symbol_starts[i + 1]]`."""

    symbols: Symbols
    symbol_starts: NDArray[np.int64]
    heading_symbols: Symbols
    heading_starts: NDArray[np.int64]
    words: Symbols
    word_starts: NDArray[np.int64]

    @classmethod
    def joined(cls, parts: Sequence[Texts]) -> Texts:
        """Several runs of passages as one."""
        symbols, a = _chained([(p.symbols, p.symbol_starts) for p in parts])
        heading, b = _chained([(p.heading_symbols, p.heading_starts) for p in parts])
        words, c = _chained([(p.words, p.word_starts) for p in parts])
        return cls(symbols, a, heading, b, words, c)


@dataclass(frozen=True, slots=True)
class Documents:
    """Several documents: their names as `Texts` has passages, and of each its distinct grams, sorted, with their counts."""

    title_symbols: Symbols
    title_starts: NDArray[np.int64]
    grams: Symbols
    counts: NDArray[np.uint16]
    gram_starts: NDArray[np.int64]
    lengths: NDArray[np.float64]

    @classmethod
    def joined(cls, parts: Sequence[Documents]) -> Documents:
        """Several runs of documents as one."""
        titles, a = _chained([(p.title_symbols, p.title_starts) for p in parts])
        distinct, b = _chained([(p.grams, p.gram_starts) for p in parts])
        counts = np.concatenate([p.counts for p in parts])
        return cls(titles, a, distinct, counts, b, np.concatenate([p.lengths for p in parts]))

    def frequencies(self, terms: Symbols) -> NDArray[np.float64]:
        """How often each gram stands in each document, [documents, len(terms)]."""
        count = len(self.gram_starts) - 1
        owner = np.repeat(np.arange(count, dtype=np.uint64), np.diff(self.gram_starts)) << np.uint64(32)
        keys = owner | self.grams  # sorted: by document, then by gram
        wanted = (np.arange(count, dtype=np.uint64)[:, None] << np.uint64(32)) | terms[None, :].astype(
            np.uint64
        )
        if not len(keys):
            return np.zeros(wanted.shape)
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        return np.where(keys[at] == wanted, self.counts[at], 0).astype(np.float64)


class ForwardWriter:
    """Writes a forward index at `path`, document by document; complete when its context ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._starts: dict[str, list[int]] = {name: [0] for name in (*_ROWS, *_DOCUMENTS)}
        self._owners: list[int] = []
        self._lengths: list[int] = []
        self._open = ExitStack()

    def __enter__(self) -> Self:
        self._path.mkdir(parents=True, exist_ok=True)
        names = (*self._starts, "counts")
        self._files = {n: self._open.enter_context((self._path / f"{n}.bin").open("wb")) for n in names}
        return self

    def __exit__(self, *problem: object) -> None:
        self._open.close()
        for name, values in self._starts.items():
            np.save(self._path / f"{name}_starts.npy", np.array(values, dtype=np.int64))
        np.save(self._path / "document.npy", np.array(self._owners, dtype=np.int32))
        np.save(self._path / "lengths.npy", np.array(self._lengths, dtype=np.int64))

    def add(self, document: DocumentForm) -> None:
        """Write the next document with its passages."""
        for passage in document.passages:
            for name in _ROWS:
                self._append(name, getattr(passage, name))
            self._owners.append(len(self._lengths))
        distinct, counts = np.unique(grams(document.whole), return_counts=True)
        self._append("title", document.title)
        self._append("grams", distinct)
        np.minimum(counts, 65535).astype("<u2").tofile(self._files["counts"])
        self._lengths.append(int(counts.sum()))

    def _append(self, name: str, values: Symbols) -> None:
        values.astype("<u4").tofile(self._files[name])
        self._starts[name].append(self._starts[name][-1] + len(values))


class VectorsFile:
    """Writes the vectors of all passages, in the order of their rows, beside the other arrays at `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._dimension = 0

    def __enter__(self) -> Self:
        self._file = (self._path / "vectors.bin").open("wb")
        return self

    def __exit__(self, *problem: object) -> None:
        self._file.close()
        np.save(self._path / "dimension.npy", np.array(self._dimension))

    def through(self, batches: Iterable[Batch]) -> Iterator[Batch]:
        """The batches, each written as it passes."""
        for ids, vectors in batches:
            self._dimension = vectors.shape[1]
            vectors.astype("<f2").tofile(self._file)
            yield ids, vectors


class ForwardIndex:
    """A forward index open for reading; its arrays are mapped when they are first needed. Raises `LibraryError`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with reported_as(_CANNOT_READ):
            self._document = np.load(path / "document.npy")
            self._lengths = np.load(path / "lengths.npy")

    @property
    def documents(self) -> int:
        return len(self._lengths)

    @property
    def passages(self) -> int:
        return len(self._document)

    @cached_property
    def dimension(self) -> int:
        """The length of its vectors, 0 when it has none."""
        return int(np.load(self._path / "dimension.npy"))

    def document_of(self, rows: Numbers) -> NDArray[np.int32]:
        """The documents that passages belong to."""
        return np.asarray(self._document[rows])

    @cached_property
    def first_rows(self) -> NDArray[np.int64]:
        """Where the passages of each document begin, [documents + 1]."""
        return np.searchsorted(self._document, np.arange(self.documents + 1)).astype(np.int64)

    def totals(self) -> dict[str, int]:
        """The length of all texts together, in symbols, words or grams, by name."""
        found = {name: int(self._starts[name][-1]) for name in (*_ROWS, "title")}
        return found | {"document": int(self._lengths.sum())}

    def texts(self, rows: Numbers) -> Texts:
        """The passages in these rows, in this order."""
        (symbols, a), (heading, b), (words, c) = (
            self._gather(n, rows) for n in ("symbols", "heading", "words")
        )
        return Texts(symbols, a, heading, b, words, c)

    def document_grams(self, numbers: Numbers) -> Documents:
        """These documents, in this order."""
        title, starts = self._gather("title", numbers)
        at, gram_starts = self._places("grams", numbers)
        distinct, counts = self._arrays["grams"][at], self._counts[at]
        return Documents(title, starts, distinct, counts, gram_starts, self._lengths[numbers].astype(float))

    def vectors(self, rows: Numbers) -> NDArray[np.float32]:
        """The vectors of these passages, [len(rows), dimension]."""
        return self._vectors[rows].astype(np.float32)

    def _gather(self, name: str, numbers: Numbers) -> tuple[Symbols, NDArray[np.int64]]:
        at, starts = self._places(name, numbers)
        return self._arrays[name][at], starts

    def _places(self, name: str, numbers: Numbers) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where in the array the values of these texts stand, and where each text begins among them."""
        begins = self._starts[name][numbers]
        lengths = self._starts[name][numbers + 1] - begins
        starts = np.concatenate([[0], np.cumsum(lengths)])
        return np.arange(starts[-1]) + np.repeat(begins - starts[:-1], lengths), starts

    @cached_property
    def _starts(self) -> dict[str, NDArray[np.int64]]:
        names = (*_ROWS, *_DOCUMENTS)
        return {n: np.load(self._path / f"{n}_starts.npy", mmap_mode="r").view(np.ndarray) for n in names}

    @cached_property
    def _arrays(self) -> dict[str, Symbols]:
        return {name: _mapped(self._path / f"{name}.bin", "<u4") for name in (*_ROWS, *_DOCUMENTS)}

    @cached_property
    def _counts(self) -> NDArray[np.uint16]:
        counts: NDArray[np.uint16] = _mapped(self._path / "counts.bin", "<u2")
        return counts

    @cached_property
    def _vectors(self) -> NDArray[np.float16]:
        vectors: NDArray[np.float16] = _mapped(self._path / "vectors.bin", "<f2")
        return vectors.reshape(self.passages, self.dimension)


def _chained(parts: Sequence[tuple[Symbols, NDArray[np.int64]]]) -> tuple[Symbols, NDArray[np.int64]]:
    """Runs of texts as one: the values, and where each text starts."""
    lengths = np.concatenate([np.diff(starts) for _, starts in parts])
    return np.concatenate([values for values, _ in parts]), np.concatenate([[0], np.cumsum(lengths)])


def _mapped(path: Path, kind: str) -> Any:
    """The file as a plain array over the map, which is quicker to take from; an empty file cannot be mapped."""
    if not path.stat().st_size:
        return np.empty(0, dtype=kind)
    return np.memmap(path, dtype=kind, mode="r").view(np.ndarray)
