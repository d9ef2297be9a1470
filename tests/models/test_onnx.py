"""A local ONNX encoder, run by a real session."""

import json
from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer, models, pre_tokenizers

from assistant.errors import EmbeddingError
from assistant.models.onnx import OnnxEmbeddings

from . import onnx_file

WORDS = {"[PAD]": 0, "[UNK]": 1, "甲": 2, "乙": 3, "问": 4}
TABLE = np.array([[9, 9, 9], [0, 0, 1], [1, 0, 0], [0, 1, 0], [0, 0, 5]], dtype=np.float32)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    folder = tmp_path / "encoder"
    folder.mkdir()
    (folder / "model.onnx").write_bytes(onnx_file.encoder(TABLE))
    tokenizer = Tokenizer(models.WordLevel(WORDS, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def test_mean_of_the_tokens_without_padding(directory: Path) -> None:
    embedding = OnnxEmbeddings(directory)
    short, long = embedding.embed_documents(["甲", "甲 甲 甲 乙"])
    np.testing.assert_allclose(short, [1, 0, 0], atol=1e-6)
    np.testing.assert_allclose(long, np.array([3, 1, 0]) / np.sqrt(10), atol=1e-6)
    np.testing.assert_allclose(embedding.embed_query("乙"), [0, 1, 0], atol=1e-6)


def test_first_token_prompts_and_longest_input_as_configured(directory: Path) -> None:
    (directory / "1_Pooling").mkdir()
    (directory / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    np.testing.assert_allclose(OnnxEmbeddings(directory).embed_query("甲 乙"), [1, 0, 0], atol=1e-6)
    (directory / "config_sentence_transformers.json").write_text(json.dumps({"prompts": {"query": "问 "}}))
    np.testing.assert_allclose(OnnxEmbeddings(directory).embed_query("甲"), [0, 0, 1], atol=1e-6)
    np.testing.assert_allclose(OnnxEmbeddings(directory).embed_documents(["甲"]), [[1, 0, 0]], atol=1e-6)
    (directory / "1_Pooling" / "config.json").write_text('{"pooling_mode_mean_tokens": true}')
    (directory / "sentence_bert_config.json").write_text('{"max_seq_length": 2}')
    np.testing.assert_allclose(
        OnnxEmbeddings(directory).embed_documents(["甲 甲 乙"]), [[1, 0, 0]], atol=1e-6
    )


def test_more_texts_than_a_batch_keep_their_order(directory: Path) -> None:
    vectors = OnnxEmbeddings(directory).embed_documents(["甲", "乙"] * 20)
    assert [np.argmax(v) for v in vectors] == [0, 1] * 20
    assert OnnxEmbeddings(directory).embed_documents([]) == []


def test_the_name_follows_the_model_file(directory: Path) -> None:
    before = OnnxEmbeddings(directory).name
    assert OnnxEmbeddings(directory).name == before
    (directory / "onnx").mkdir()
    (directory / "model.onnx").unlink()
    (directory / "onnx" / "model.onnx").write_bytes(onnx_file.encoder(TABLE + 1))
    assert OnnxEmbeddings(directory).name != before


@pytest.mark.parametrize(
    ("spoil", "part"),
    [
        (lambda d: (d / "model.onnx").unlink(), "没有 model.onnx"),
        (lambda d: (d / "tokenizer.json").unlink(), "没有 tokenizer.json"),
        (lambda d: (d / "model.onnx").write_bytes(b"no model"), "无法载入"),
        (lambda d: (d / "tokenizer.json").write_text("{}"), "无法载入"),
        (lambda d: (d / "sentence_bert_config.json").write_text("{"), "无法读取"),
    ],
)
def test_an_unusable_directory_is_named(directory: Path, spoil: object, part: str) -> None:
    assert callable(spoil)
    spoil(directory)
    with pytest.raises(EmbeddingError, match=part):
        OnnxEmbeddings(directory)


def test_a_directory_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError, match="不存在"):
        OnnxEmbeddings(tmp_path / "none")


def test_a_tokenizer_of_another_model(directory: Path) -> None:
    (directory / "model.onnx").write_bytes(onnx_file.encoder(TABLE[:2]))
    with pytest.raises(EmbeddingError, match="运行失败"):
        OnnxEmbeddings(directory).embed_query("乙")
