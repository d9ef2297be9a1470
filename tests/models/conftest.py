"""A data directory with a few word vectors, as set-up lays it out."""

from pathlib import Path

import numpy as np
import pytest


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Words most frequent first: 公司 and 企业 mean nearly the same, 天气 something else; COSMOPlat has upper
    case.
    """
    rng = np.random.default_rng(7)
    rows = rng.normal(size=(6, 100)).astype(np.float32)
    rows[1] = rows[0] + 0.1 * rows[1]
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    folder = tmp_path / "data"
    folder.mkdir()
    np.save(folder / "word_vectors.npy", rows.astype(np.float16))
    (folder / "word_vectors.txt").write_text("企业\n公司\n天气\n集群\n付款\nCOSMOPlat\n", encoding="utf-8")
    return folder
