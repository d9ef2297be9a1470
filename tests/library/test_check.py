from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.errors import LibraryError
from assistant.library.check import check_generation, verify
from assistant.library.lexicon import PassageEntry, TantivyLexicon
from assistant.library.vectors import ChromaVectors


@pytest.fixture
def built(tmp_path: Path) -> tuple[Path, Path]:
    vectors = np.eye(3, 8, dtype=np.float32)
    ChromaVectors().build(tmp_path / "v", [(["a#1", "a#2", "a#3"], vectors)])
    TantivyLexicon().build(
        tmp_path / "l", [], [PassageEntry(f"a#{i}", "a", [], ["词"], ["词"]) for i in (1, 2, 3)]
    )
    return tmp_path / "v", tmp_path / "l"


def test_a_sound_generation_passes(built: tuple[Path, Path]) -> None:
    check_generation(*built, 3, 8)
    verify(*built, 3, 8)


def test_an_incomplete_or_damaged_one_does_not(built: tuple[Path, Path]) -> None:
    with pytest.raises(LibraryError):
        verify(*built, 4, 8)
    with pytest.raises(LibraryError, match="没有通过检查"):
        check_generation(*built, 4, 8)
    with pytest.raises(LibraryError):
        verify(*built, 3, 9)
