"""Failures of the embedded stores, told as `LibraryError`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from assistant.errors import AssistantError, LibraryError


@contextmanager
def reported_as(sentence: str) -> Iterator[None]:
    """Raise `LibraryError(sentence)` for whatever a store raises inside.

    Chroma and tantivy raise many types and, when their Rust code panics, `PanicException`: a BaseException
    that cannot be imported. Errors that speak to people already and the interpreter's own signals pass.
    """
    try:
        yield
    except AssistantError:
        raise
    except Exception as problem:
        raise LibraryError(sentence) from problem
    except BaseException as problem:
        if type(problem).__name__ != "PanicException":
            raise
        raise LibraryError(sentence) from problem
