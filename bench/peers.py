"""What a user would otherwise assemble, as systems of the bench: every peer with its own defaults.

They are given each document's title and text as one string, the same that ours reads, and questions as asked: they know
no conversation. Loading of libraries and dictionaries is not counted as indexing.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.runnables import RunnableLambda

from assistant.errors import EvaluationError
from bench.common import BenchDocument, BenchQuery
from bench.system import PASSAGES, Found, FoundPassage, Indexed, System, ranking_of

NEEDED = ("bm25s", "jieba", "langchain_chroma", "langchain_classic", "langchain_text_splitters")


class LangChainChroma:
    """`RecursiveCharacterTextSplitter` (500, overlap 50) into `Chroma.from_documents`, with the embeddings given."""

    def __init__(self, documents: Sequence[BenchDocument], embeddings: Embeddings, directory: Path) -> None:
        self._documents = documents
        self._embeddings = embeddings
        self._directory = directory
        self.indexed: Indexed | None = None
        self.retriever: Any = None  # of a package that need not be installed where types are checked

    def index(self) -> Indexed:
        """Split, embedded and stored in `directory`."""
        from langchain_chroma import Chroma
        from langchain_text_splitters import RecursiveCharacterTextSplitter

        started = time.perf_counter()
        whole = [Document(_text(d), metadata={"id": d.id}) for d in self._documents]
        pieces = RecursiveCharacterTextSplitter(chunk_size=500, chunk_overlap=50).split_documents(whole)
        store = Chroma.from_documents(pieces, self._embeddings, persist_directory=str(self._directory))
        self.retriever = store.as_retriever(search_kwargs={"k": PASSAGES})
        self.indexed = Indexed(len(pieces), time.perf_counter() - started)
        return self.indexed

    def search(self, asked: BenchQuery) -> Found:
        """The nearest passages."""
        return _found(self.retriever.invoke(asked.text))


class Bm25sJieba:
    """BM25 (bm25s) over jieba's words of 300-character passages."""

    def __init__(self, documents: Sequence[BenchDocument]) -> None:
        self._documents = documents
        self.indexed: Indexed | None = None
        self._pieces: list[Document] = []
        self._index: Any = None

    def index(self) -> Indexed:
        """Cut and counted, in memory."""
        import bm25s
        import jieba

        jieba.initialize()
        started = time.perf_counter()
        self._pieces = [
            Document(piece, metadata={"id": d.id}) for d in self._documents for piece in _cut(_text(d), 300)
        ]
        self._index = bm25s.BM25()
        self._index.index([_words(piece.page_content) for piece in self._pieces], show_progress=False)
        self.indexed = Indexed(len(self._pieces), time.perf_counter() - started)
        return self.indexed

    def passages(self, text: str) -> list[Document]:
        """The best passages for a question."""
        found, _scores = self._index.retrieve(
            [_words(text)], k=min(PASSAGES, len(self._pieces)), show_progress=False
        )
        return [self._pieces[n] for n in found[0].tolist()]

    def search(self, asked: BenchQuery) -> Found:
        """The passages of `passages`."""
        return _found(self.passages(asked.text))


class EnsembleRrf:
    """LangChain's `EnsembleRetriever`, reciprocal rank fusion with equal weights, over the two others.

    Their first passages tie, and the first retriever's wins: BM25 comes first, as in LangChain's own examples.
    """

    def __init__(self, lexical: Bm25sJieba, dense: LangChainChroma) -> None:
        self._lexical = lexical
        self._dense = dense
        self._retriever: Any = None

    def index(self) -> Indexed:
        """The two indexes together, as they were measured; both must be there."""
        from langchain_classic.retrievers import EnsembleRetriever

        assert self._lexical.indexed and self._dense.indexed, "the two are indexed first"
        retrievers = [RunnableLambda(self._lexical.passages), self._dense.retriever]
        self._retriever = EnsembleRetriever(retrievers=retrievers, weights=[0.5, 0.5])
        parts = (self._lexical.indexed, self._dense.indexed)
        return Indexed(sum(p.passages for p in parts), sum(p.seconds for p in parts))

    def search(self, asked: BenchQuery) -> Found:
        """The first of the fused passages."""
        return _found(self._retriever.invoke(asked.text)[:PASSAGES])


def peers(
    documents: Sequence[BenchDocument], embeddings: Embeddings, directory: Path
) -> Mapping[str, System]:
    """Every peer by name, in the order in which they must be indexed. Raises `EvaluationError` when one is not installed."""
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        raise EvaluationError(
            f"没有安装 {'、'.join(missing)}，无从比较；请用 make bench 安装，或去掉 --peers。"
        )
    dense = LangChainChroma(documents, embeddings, directory)
    lexical = Bm25sJieba(documents)
    return {"langchain_chroma": dense, "bm25s_jieba": lexical, "ensemble_rrf": EnsembleRrf(lexical, dense)}


def _text(document: BenchDocument) -> str:
    return f"{document.title}\n{document.text}"


def _cut(text: str, length: int) -> list[str]:
    return [text[start : start + length] for start in range(0, len(text), length)]


def _words(text: str) -> list[str]:
    import jieba

    return [word for word in jieba.lcut(text) if word.strip()]


def _found(passages: Sequence[Document]) -> Found:
    found = tuple(FoundPassage(str(p.metadata["id"]), "", p.page_content) for p in passages)
    return Found(ranking_of([p.document] for p in found), found)
