"""One tantivy index of pre-cut tokens: writing it whole, and finding its best entries by BM25."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_HEAP_BYTES = 48_000_000
_INDEX_OPTION = "freq"  # BM25 needs how often, never where


class IndexWriter:
    """Writes a new index with these token fields at `path`; entries are numbered from 0. Raises what tantivy raises."""

    def __init__(self, path: Path, fields: Sequence[str]) -> None:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_unsigned_field("row", indexed=False, fast=True)
        for key in ("owner", "facets"):
            builder.add_text_field(key, tokenizer_name="raw", index_option="basic")
        for field in fields:
            builder.add_text_field(field, tokenizer_name="whitespace", index_option=_INDEX_OPTION)
        path.mkdir(parents=True)
        self._fields = tuple(fields)
        self._rows = 0
        # One thread: equal scores then come in the order of the entries, the same in every build.
        self._writer = tantivy.Index(builder.build(), path=str(path)).writer(_HEAP_BYTES, 1)

    def add(self, document_id: str, facets: Sequence[str], tokens: Mapping[str, Sequence[str]]) -> None:
        """Write a passage or document: the id of its document, its facets, the tokens of each field."""
        import tantivy

        entry = tantivy.Document()
        entry.add_unsigned("row", self._rows)
        entry.add_text("owner", document_id)
        for facet in facets:
            entry.add_text("facets", facet)
        for field in self._fields:
            entry.add_text(field, " ".join(tokens[field]))
        self._writer.add_document(entry)
        self._rows += 1

    def finish(self) -> None:
        """Make what was written readable."""
        self._writer.commit()
        self._writer.wait_merging_threads()


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

    def top(
        self,
        field: str,
        tokens: Sequence[str],
        k: int,
        facets: Sequence[Collection[str]] = (),
        documents: Sequence[str] | None = None,
    ) -> NDArray[np.intp]:
        """The rows of the best `k` entries of `field` that hold any of `tokens`, best first.

        Entries have one of each group of `facets`, and belong to one of `documents` when their ids are given.
        """
        from tantivy import Occur, Query

        if not tokens or k <= 0 or not all(facets):
            return np.empty(0, dtype=np.intp)
        terms = (Query.term_query(self._schema, field, token, _INDEX_OPTION) for token in tokens)
        query = Query.boolean_query([(Occur.Should, term) for term in terms])
        groups = [("facets", sorted(group)) for group in facets]
        groups += [("owner", sorted(documents))] if documents is not None else []
        if groups:
            members = [
                (Occur.Must, Query.const_score_query(Query.term_set_query(self._schema, key, values), 0.0))
                for key, values in groups
            ]
            query = Query.boolean_query([*members, (Occur.Must, query)])
        found = self._searcher.search(query, k, count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in found])
        return np.array(rows, dtype=np.intp)

    def frequency(self, field: str, token: str) -> int:
        """How many entries hold the token in the field."""
        return int(self._searcher.doc_freq(field, token))

    def vocabulary(self, field: str) -> list[str]:
        """Every token of the field."""
        return [term for term, _ in self._searcher.terms_with_prefix(field, "")]
