"""From settings to models."""

from pathlib import Path

import pytest

from assistant.errors import EmbeddingError, SettingsError
from assistant.models import chat_model, embeddings
from assistant.settings import load_settings


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "ASSISTANT_MODEL", "ASSISTANT_EMBEDDING"):
        monkeypatch.delenv(name, raising=False)


def test_the_embedded_default(data: Path) -> None:
    assert embeddings(load_settings(data=data)).name == "embedded-v3"


def test_an_endpoint_is_named_with_model_and_host() -> None:
    settings = load_settings(embedding="openai:bge-m3", openai_base_url="http://127.0.0.1:8000/v1")
    assert embeddings(settings).name == "openai:bge-m3@127.0.0.1:8000"


def test_an_onnx_directory_is_looked_at(tmp_path: Path) -> None:
    with pytest.raises(EmbeddingError, match="不存在"):
        embeddings(load_settings(embedding=f"onnx:{tmp_path / 'none'}"))


@pytest.mark.parametrize("value", ["", "bert", "openai:", "onnx:", "embedded:x"])
def test_any_other_value_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match="openai:<模型名>"):
        embeddings(load_settings(embedding=value))


def test_without_model_and_key_there_is_no_chat_model() -> None:
    assert chat_model(load_settings()) is None
    assert chat_model(load_settings(openai_api_key="")) is None
    assert chat_model(load_settings(openai_base_url="http://127.0.0.1:8000/v1")) is None


def test_the_chat_model_is_set_up_for_any_endpoint() -> None:
    from langchain_openai import ChatOpenAI

    model = chat_model(
        load_settings(model="qwen-plus", openai_base_url="http://127.0.0.1:8000/v1", model_timeout=7)
    )
    assert isinstance(model, ChatOpenAI)
    assert (model.model_name, model.openai_api_base) == ("qwen-plus", "http://127.0.0.1:8000/v1")
    assert (model.max_retries, model.request_timeout, model.temperature) == (0, 7.0, 0)
    assert (model.use_responses_api, model.stream_usage) == (False, True)
    assert model.root_client.api_key == "none"


def test_a_key_alone_takes_the_default_model_and_reasoning_models_their_own_temperature() -> None:
    from langchain_openai import ChatOpenAI

    model = chat_model(load_settings(openai_api_key="sk-1"))
    assert isinstance(model, ChatOpenAI)
    assert (model.model_name, model.root_client.api_key) == ("gpt-4o-mini", "sk-1")
    reasoning = chat_model(load_settings(model="gpt-5-mini"))
    assert isinstance(reasoning, ChatOpenAI)
    assert reasoning.temperature != 0
