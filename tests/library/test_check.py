from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from assistant.errors import LibraryError
from assistant.library.check import checking_apart, verify
from tests.library.pieces import segment


@pytest.fixture
def built(tmp_path: Path) -> Path:
    return segment(tmp_path / "s", {"a": ["甲词", "乙词", "丙词"]}, np.eye(3, 8, dtype=np.float32))


def test_a_sound_generation_passes(built: Path) -> None:
    with checking_apart(built) as check:
        check(3, 8)
    verify(built, 3, 8)


def test_an_incomplete_or_damaged_one_does_not(built: Path) -> None:
    with pytest.raises(LibraryError):
        verify(built, 4, 8)
    with pytest.raises(LibraryError, match="没有通过检查"), checking_apart(built) as check:
        check(4, 8)
    with pytest.raises(LibraryError):
        verify(built, 3, 9)
