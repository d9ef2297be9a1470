"""The real service over the shipped corpus in a home of its own, served on loopback, and a real Chromium."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from assistant.service import Service
from assistant.settings import Settings, load_settings

from .slow_model import SlowModel

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_NO_BROWSER = "找不到 Chromium；请安装：apt-get install -y chromium fonts-noto-cjk fonts-noto-color-emoji"


@pytest.fixture(scope="session")
def web_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("web-home")


@pytest.fixture(scope="session")
def service(web_home: Path) -> Service:
    return Service.open(_settings(web_home))


@pytest.fixture(scope="session")
def model_server() -> Iterator[SlowModel]:
    with SlowModel() as server:
        yield server


@pytest.fixture(scope="session")
def model_service(web_home: Path, service: Service, model_server: SlowModel) -> Service:
    """The same library, with a model that says one sentence and then takes its time."""
    return Service.open(_settings(web_home, model="slow", openai_base_url=model_server.url))


def _settings(home: Path, **changes: object) -> Settings:
    """Settings of a home, whatever the environment says about models."""
    plain: dict[str, object] = {
        "model": None,
        "openai_base_url": None,
        "openai_api_key": None,
        "records_url": None,
    }
    return load_settings(home=home).model_copy(update=plain | {"embedding": "embedded"} | changes)


@dataclass
class Served:
    """A running web application."""

    url: str


@pytest.fixture(scope="session")
def served(service: Service) -> Iterator[Served]:
    with _serving(service) as found:
        yield found


@pytest.fixture(scope="session")
def served_with_model(model_service: Service) -> Iterator[Served]:
    with _serving(model_service) as found:
        yield found


class _serving:
    """Runs the application in a thread; the port is chosen by the system."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def __enter__(self) -> Served:
        import uvicorn

        from assistant.web.app import build_app
        from assistant.web.serve import listen

        os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
        listener = listen("127.0.0.1", 0)
        config = uvicorn.Config(build_app(self._service), log_level="warning", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, args=([listener],), daemon=True)
        self._thread.start()
        return Served(f"http://127.0.0.1:{listener.getsockname()[1]}")

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(10)


@pytest.fixture(
    scope="module"
)  # not longer: while Playwright runs, its event loop bars `asyncio.run` for other tests
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = next((path for name in names if (path := shutil.which(name))), None)
    if found is None:
        pytest.fail(_NO_BROWSER)
    arguments = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=found, args=arguments)
        yield opened
        opened.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens the application in a browser that nobody has used, and fails on any error of the page's script."""
    contexts = []
    errors: list[str] = []

    def opened(served: Served, width: int = 1440, height: int = 900) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
        page.goto(served.url)
        page.wait_for_selector(".assistant .empty")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert errors == []
