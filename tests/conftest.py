"""What tests of several floors share: the shipped corpus indexed once, and the service over it without a model."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.service import Service
from assistant.settings import load_settings


@pytest.fixture(scope="session", autouse=True)
def _no_settings_of_the_developer() -> Iterator[None]:
    """Nothing that is set in the shell reaches a test: no model, no home, no endpoint."""
    with pytest.MonkeyPatch.context() as environment:
        for name in list(os.environ):
            if name.startswith(("ASSISTANT_", "OPENAI_")):
                environment.delenv(name)
        yield


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory, _no_settings_of_the_developer: None) -> Path:
    """A home with the shipped corpus indexed. Shared: tests that change a home make their own."""
    from assistant.service import index

    home = tmp_path_factory.mktemp("shipped") / "home"
    report = index(load_settings(home=home))
    assert not report.failed
    return home


@pytest.fixture(scope="session")
def service(home: Path) -> Service:
    """The real service over `home`, without a chat model."""
    return Service.open(load_settings(home=home))
