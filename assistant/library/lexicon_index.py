"""One tantivy index of pre-cut tokens: writing it whole, and scoring its entries by BM25."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tantivy

Entry = tuple[str, str, Mapping[str, Sequence[str]]]
"""Id, id of the document it belongs to, and the tokens of each field."""

_HEAP_BYTES = 64_000_000
_INDEX_OPTION = "freq"  # BM25 needs how often, never where


@dataclass(frozen=True, slots=True)
class IndexHit:
    """An entry found, with its BM25 score."""

    id: str
    document_id: str
    score: float


def write_index(path: Path, fields: Sequence[str], entries: Iterable[Entry]) -> None:
    """Write a new index with these token fields at `path`. Raises what tantivy raises."""
    import tantivy

    builder = tantivy.SchemaBuilder()
    for key in ("id", "document"):
        builder.add_text_field(key, stored=True, tokenizer_name="raw", index_option="basic")
    for field in fields:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option=_INDEX_OPTION)
    path.mkdir(parents=True)
    # One thread: equal scores then come in the order of the entries, the same in every build.
    writer = tantivy.Index(builder.build(), path=str(path)).writer(_HEAP_BYTES, 1)
    for id_, document_id, tokens in entries:
        row = tantivy.Document()
        row.add_text("id", id_)
        row.add_text("document", document_id)
        for field in fields:
            row.add_text(field, " ".join(tokens[field]))
        writer.add_document(row)
    writer.commit()
    writer.wait_merging_threads()


class LexiconIndex:
    """An index open for reading. Queries are built from terms: no text of a person is parsed as syntax."""

    def __init__(self, path: Path) -> None:
        import tantivy

        index = tantivy.Index.open(str(path))
        self._schema = index.schema
        self._searcher = index.searcher()

    @property
    def count(self) -> int:
        return self._searcher.num_docs

    def top(self, field: str, tokens: Sequence[str], k: int, document: str | None = None) -> list[IndexHit]:
        """The best `k` entries of `field` that hold any of `tokens`, of one document when its id is given."""
        if not tokens or k <= 0:
            return []
        query = self._any_of(field, tokens)
        if document is not None:
            query = self._within("document", [document], query)
        return [hit for hit in self._run(query, k) if hit.score > 0]

    def scores(self, field: str, tokens: Sequence[str], ids: Collection[str]) -> dict[str, float]:
        """The score of each of these entries, however far down it ranks; 0.0 where no token matches."""
        if not tokens or not ids:
            return {}
        query = self._within("id", ids, self._any_of(field, tokens))
        return {hit.id: hit.score for hit in self._run(query, len(ids))}

    def _any_of(self, field: str, tokens: Sequence[str]) -> tantivy.Query:
        from tantivy import Occur, Query

        terms = (Query.term_query(self._schema, field, token, _INDEX_OPTION) for token in tokens)
        return Query.boolean_query([(Occur.Should, term) for term in terms])

    def _within(self, key: str, values: Collection[str], query: tantivy.Query) -> tantivy.Query:
        """`query` over the entries whose `key` is among `values`, which adds nothing to the score."""
        from tantivy import Occur, Query

        members = Query.const_score_query(Query.term_set_query(self._schema, key, sorted(values)), 0.0)
        return Query.boolean_query([(Occur.Must, members), (Occur.Should, query)])

    def _run(self, query: tantivy.Query, k: int) -> list[IndexHit]:
        found = self._searcher.search(query, k, count=False)
        rows = ((score, self._searcher.doc(address)) for score, address in found.hits)
        return [IndexHit(str(row["id"][0]), str(row["document"][0]), float(score)) for score, row in rows]
