"""The Gradio side: one component of our own that shows the page and tells what a person does.

The component's template holds no data. Gradio puts a template's values into a JavaScript template literal after
escaping HTML only, so a question with `${…}` in it would be run as code; the page's script (`page/main.js`)
therefore sets every text as text.
"""

# No `from __future__ import annotations`: Gradio reads the handlers' annotations to know what to pass to them.
from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from assistant.web.desk import Desk, Order
from assistant.web.headers import owner_of
from assistant.web.words import WORDS

if TYPE_CHECKING:
    from gradio import Blocks

PAGE = Path(__file__).parent / "page"
TITLE = "虚拟集群政策助手"
# Events that the page's script may trigger; Gradio wants each named in the component's own script.
_SCRIPT = """
const events = ['ask', 'halt', 'open', 'rate', 'remove'];
import(new URL('page/main.js', document.baseURI)).then((page) => page.start(element, trigger, props, watch));
"""
HEAD = '<link rel="stylesheet" href="page/style.css"><link rel="icon" href="page/icon.svg">'


def build_blocks(desk: Desk) -> "Blocks":
    """The page as a Gradio app; its files are served under `/page` by the app it is mounted on."""
    import gradio as gr

    def person(request: gr.Request) -> str:
        # Without cookies a person keeps their conversations as long as the page stays open.
        return owner_of(request.cookies) or f"session-{request.session_hash}"

    async def begin(request: gr.Request) -> dict[str, Any]:
        return await desk.open(person(request), Order())

    async def ask(event: gr.EventData, request: gr.Request) -> AsyncIterator[dict[str, Any]]:
        async for page in desk.ask(person(request), _order(event._data)):
            yield page

    async def halt(event: gr.EventData, request: gr.Request) -> None:
        desk.stop(person(request), _order(event._data))

    async def open_past(event: gr.EventData, request: gr.Request) -> dict[str, Any]:
        return await desk.open(person(request), _order(event._data))

    async def rate(event: gr.EventData, request: gr.Request) -> dict[str, Any]:
        return await desk.give_feedback(person(request), _order(event._data))

    async def remove(event: gr.EventData, request: gr.Request) -> dict[str, Any]:
        return await desk.delete(person(request), _order(event._data))

    blocks: Blocks = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with blocks:
        page = gr.HTML(
            value=None,
            html_template=(PAGE / "shell.html").read_text(encoding="utf-8"),
            js_on_load=_SCRIPT,
            apply_default_css=False,
            elem_id="assistant",
            words=dict(WORDS),
        )
        common: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
        blocks.load(begin, None, page, **common)
        page.ask(ask, None, page, trigger_mode="multiple", **common)
        page.halt(halt, None, None, trigger_mode="multiple", **common)
        page.open(open_past, None, page, trigger_mode="multiple", **common)
        page.rate(rate, None, page, trigger_mode="multiple", **common)
        page.remove(remove, None, page, trigger_mode="multiple", **common)
    # Answers of many people run side by side; Gradio's own default is one at a time.
    blocks.queue(default_concurrency_limit=None)
    return blocks


def _order(data: Any) -> Order:
    """What the browser sent; anything unusable counts as an empty question, which the page then says."""
    try:
        return Order.model_validate(data)
    except ValidationError:
        return Order()
