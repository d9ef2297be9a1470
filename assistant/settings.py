"""All settings, in one place, read once by `service.py` and the command. Nothing else reads the environment."""

from __future__ import annotations

import sys
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError, in_words

PROJECT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Each field is set by the environment variable of its alias; paths may be relative to the working directory."""

    model_config = SettingsConfigDict(env_prefix="ASSISTANT_", extra="ignore", populate_by_name=True)

    home: Path = Field(PROJECT / ".assistant", description="directory that holds all state (ASSISTANT_HOME)")
    corpus: Path = Field(PROJECT / "corpus", description="the shipped corpus")
    prompts: Path = Field(PROJECT / "prompts", description="prompt files")
    evals: Path = Field(PROJECT / "evals", description="evaluation sets and gates")
    data: Path = Field(
        Path(sys.prefix) / "share" / "assistant",
        description="word vectors, token vocabularies and the English dictionary laid out by set-up",
    )

    openai_api_key: SecretStr | None = Field(None, validation_alias="OPENAI_API_KEY")
    openai_base_url: str | None = Field(None, validation_alias="OPENAI_BASE_URL")
    model: str | None = Field(None, description="name of the chat model; unset means the extractive composer")
    model_timeout: float = Field(60.0, gt=0, description="seconds until a model call is given up")
    model_context: int = Field(
        8192, ge=1024, description="tokens of the model's window that an answer may use"
    )

    embedding: str = Field(
        "embedded",
        description="'embedded', 'openai:<model>' for an OpenAI-compatible endpoint, or 'onnx:<directory>'",
    )
    reranker: str | None = Field(
        None,
        description="second look at what was found: 'endpoint:<model>' or 'onnx:<directory>'; unset: none",
    )
    rerank_url: str | None = Field(None, description="base URL of the endpoint's /rerank")
    rerank_key: SecretStr | None = Field(None, description="key of that endpoint, if it wants one")
    rerank_timeout: float = Field(2.0, gt=0, description="seconds the second look may take for a question")
    records_url: str | None = Field(
        None, description="SQLAlchemy URL of the records; default SQLite in the home"
    )

    host: str = Field("127.0.0.1", description="address the web service listens on")
    port: int = Field(7860, ge=1, le=65535, description="port of the web service")

    @property
    def framework(self) -> Path:
        return self.corpus / "framework.yaml"

    @property
    def glossary(self) -> Path:
        return self.corpus / "glossary.yaml"

    @property
    def spoken(self) -> Path:
        return self.corpus / "spoken.yaml"

    @property
    def effective_records_url(self) -> str:
        return self.records_url or f"sqlite:///{self.home / 'records.sqlite3'}"


def load_settings(**overrides: object) -> Settings:
    """Settings from the environment, with what the command line says on top (None means not said).

    Raises `SettingsError` naming the first setting that cannot be used.
    """
    try:
        return Settings(**{k: v for k, v in overrides.items() if v is not None})  # type: ignore[arg-type]
    except ValidationError as problem:
        first = problem.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise SettingsError(f"设置 {name} {in_words(first['type'])}；请改正后再试。") from problem
