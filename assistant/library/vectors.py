"""Dense search: a vector store is built once, whole, and then only read. Chroma is the embedded one.

Chroma holds ids and vectors only, never a document: it is derived from the catalogue and can be thrown away.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from assistant.library.failures import reported_as

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration

Vector = NDArray[np.float32]
Batch = tuple[list[str], NDArray[np.float32]]

_COLLECTION = "passages"
_BATCH = 5000  # Chroma refuses more than 5,461 rows at once and does not split them
# Less effort in building than Chroma's default (100, 16, 100) and more in searching: over 154,000 passages .90 of the fifty
# nearest are found in 1.4 ms, and the index takes half the time; what it misses the lexicon finds.
_HNSW: CreateHNSWConfiguration = {
    "space": "cosine",
    "ef_construction": 50,
    "max_neighbors": 8,
    "ef_search": 240,
}
_CANNOT_BUILD = "向量索引无法写入；请检查磁盘空间和目录权限后重新运行 assistant index。"
_CANNOT_READ = "向量索引无法读取；请删除状态目录中的 index 目录后重新运行 assistant index。"


class VectorReader(Protocol):
    """An open vector index."""

    def count(self) -> int:
        """How many vectors it holds."""

    def query(self, vector: Vector | Sequence[float], k: int) -> list[tuple[str, float]]:
        """The `k` nearest ids with their cosine in [-1, 1], nearest first; fewer when it holds fewer."""

    def close(self) -> None:
        """Release files and memory; closing twice is harmless."""


class VectorStore(Protocol):
    """A way of storing vectors on disk. Both methods raise `LibraryError`."""

    def build(self, path: Path, batches: Iterable[Batch]) -> int:
        """Write a new index at `path` from batches of (ids, float32 [n, d]); how many it now holds."""

    def open(self, path: Path) -> VectorReader:
        """Open the index at `path` for reading, by any number of threads."""


class ChromaVectors:
    """`VectorStore` on an embedded persistent Chroma collection with cosine distance."""

    def build(self, path: Path, batches: Iterable[Batch]) -> int:
        with reported_as(_CANNOT_BUILD):
            client = _client(path)
            try:
                collection = client.create_collection(
                    _COLLECTION,
                    configuration={"hnsw": _HNSW},
                    embedding_function=None,  # the default would download a model
                )
                for ids, vectors in batches:
                    for start in range(0, len(ids), _BATCH):
                        part = slice(start, start + _BATCH)
                        collection.add(ids=ids[part], embeddings=vectors[part])
                return collection.count()
            finally:
                # Only a closed client has written everything down and left the cache of the process.
                client.close()

    def open(self, path: Path) -> VectorReader:
        with reported_as(_CANNOT_READ):
            if not (path / "chroma.sqlite3").is_file():  # Chroma would create an empty index and call it fine
                raise FileNotFoundError(path)
            return _ChromaReader(_client(path))


class _ChromaReader:
    """An open collection. It closes itself when the last question that uses it has let go of it."""

    def __init__(self, client: Client) -> None:
        self._close = weakref.finalize(self, client.close)
        self._collection = client.get_collection(_COLLECTION, embedding_function=None)
        self._count = self._collection.count()

    def count(self) -> int:
        return self._count

    def query(self, vector: Vector | Sequence[float], k: int) -> list[tuple[str, float]]:
        k = min(k, self._count)
        if k <= 0:
            return []
        with reported_as(_CANNOT_READ):
            found = self._collection.query(
                query_embeddings=np.asarray(vector, dtype=np.float32)[np.newaxis],
                n_results=k,
                include=["distances"],
            )
        distances = found["distances"]
        assert distances is not None, "Chroma gives the distances it was asked for"
        return [(id_, 1.0 - distance) for id_, distance in zip(found["ids"][0], distances[0], strict=True)]

    def close(self) -> None:
        self._close()


def _client(path: Path) -> Client:
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(path=str(path), settings=Settings(anonymized_telemetry=False))
    return cast("Client", client)  # declared as the interface, which lacks close()
