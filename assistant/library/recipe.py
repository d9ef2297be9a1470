"""The recipe of an index: how files are read, cut and indexed. With another, all is read again."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

import assistant

# What decides how a file becomes passages and tokens; vectors have the name of their embedding for that.
_SOURCES = ("domain.py", "language", "reading", "library/context.py", "library/lexicon_index.py")


@cache
def recipe() -> str:
    """A fingerprint of the program text concerned: an index never outlives the rules it was made by."""
    package = Path(assistant.__file__).parent
    digest = sha256()
    for source in _SOURCES:
        path = package / source
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            digest.update(file.relative_to(package).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
