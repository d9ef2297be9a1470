"""The web application: the page at `/`, its files at `/page`, the API at `/api`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from assistant.service import Service
from assistant.web.api import add_api
from assistant.web.blocks import HEAD, PAGE, build_blocks
from assistant.web.desk import Desk
from assistant.web.headers import PageHeaders

if TYPE_CHECKING:
    from fastapi import FastAPI


def build_app(service: Service) -> FastAPI:
    """One FastAPI app over an open service. Raises `RecordsError` if the conversations cannot be opened."""
    import gradio as gr
    from fastapi import FastAPI
    from fastapi.staticfiles import StaticFiles

    records = service.open_records()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        yield
        records.close()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    add_api(app, service)
    app.mount("/page", StaticFiles(directory=PAGE))
    app.add_middleware(PageHeaders)
    served: FastAPI = gr.mount_gradio_app(
        app,
        build_blocks(Desk(service, records)),
        path="/",
        footer_links=[],
        show_error=False,
        ssr_mode=False,
        run_history=False,
        enable_monitoring=False,
        pwa=False,
        head=HEAD,
    )
    return served
