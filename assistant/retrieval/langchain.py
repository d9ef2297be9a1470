"""The same retrieval as LangChain's `BaseRetriever`, for chains and tracing."""

from __future__ import annotations

from datetime import date
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever

from assistant.domain import Hit, Query


class ClusterRetriever(BaseRetriever):
    """`hybrid` is a `HybridRetriever`, `k` how many passages are wanted."""

    hybrid: Any
    k: int = 10

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[LangChainDocument]:
        return [to_langchain(hit) for hit in self.hybrid.find(Query(query, date.today()), self.k).hits]


def to_langchain(hit: Hit) -> LangChainDocument:
    """A hit as a LangChain document: exact text, and where it stands as metadata."""
    return LangChainDocument(
        page_content=hit.passage.text,
        id=hit.passage.id,
        metadata={
            "document_id": hit.document.id,
            "title": hit.document.title,
            "doc_number": hit.document.doc_number,
            "section": list(hit.passage.section_path),
            "start": hit.passage.start,
            "end": hit.passage.end,
            "score": hit.score,
            "folded": list(hit.folded),
        },
    )
