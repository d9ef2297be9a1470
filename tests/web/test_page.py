"""The page in a real browser, over the real service and corpus."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from .conftest import Served
from .slow_model import SENTENCE, SlowModel

if TYPE_CHECKING:
    from playwright.sync_api import Page

MODELS = "虚拟产业集群有哪些代表性模式？"
Open = Callable[..., "Page"]


def ask(page: Page, question: str, ends: str = "answered") -> None:
    before = page.locator(".message").count()
    page.fill("textarea", question)
    page.keyboard.press("Enter")
    page.wait_for_selector(f".message:nth-child({before + 1})[data-state={ends}]")


def test_four_models_are_listed_each_with_a_citation_and_nothing_leaves_this_machine(
    served: Served, open_page: Open
) -> None:
    page = open_page(served)
    hosts: set[str] = set()
    page.on("request", lambda request: hosts.add(urlsplit(request.url).hostname or ""))
    page.reload()
    page.wait_for_selector(".empty")

    page.click(f".questions button:has-text('{MODELS}')")
    page.wait_for_selector(".message.answered")

    items = page.locator(".answer li")
    texts = [items.nth(i).inner_text() for i in range(items.count())]
    for core in ("数字化平台", "供应链", "技术标准", "产业园区"):
        assert any(core in text for text in texts), core
    assert all(items.nth(i).locator("button.cite").count() for i in range(items.count()))
    assert hosts <= {"127.0.0.1", ""}  # data: addresses have no host


def test_a_citation_opens_the_quote_marked_among_its_neighbours(served: Served, open_page: Open) -> None:
    page = open_page(served)
    ask(page, MODELS)
    assert "四类代表性模式" in page.inner_text(".source mark")  # the first source stands open by itself
    page.click(".answer li:nth-child(2) .cite")

    said = page.inner_text(".answer li:nth-child(2) .claim").split("\n")[0]
    assert page.inner_text(".source mark").strip("。") in said
    assert "供应链" in page.inner_text(".source .path")
    assert page.locator(".source .around").count() > 0
    assert "摘编" in page.inner_text(".source .badges")
    assert re.search(r"核对于 \d{4}-\d{2}-\d{2}", page.inner_text(".source .digest-line"))
    assert page.get_attribute(".answer li:nth-child(2) .cite", "aria-pressed") == "true"


def test_a_condition_read_out_of_the_question_can_be_taken_off(served: Served, open_page: Open) -> None:
    page = open_page(served)
    question = "浙江省出台的政策对产业集群怎么说？"
    page.fill("textarea", question)
    page.keyboard.press("Enter")
    page.wait_for_selector(".message:not(.working) .filter")
    assert "浙江省" in page.inner_text(".read-as .filter")

    page.click(".read-as .filter")
    page.wait_for_selector(".message:nth-child(2):not(.working)")
    assert page.inner_text(".message:nth-child(2) .q") == question
    assert page.locator(".message:nth-child(2) .filter").count() == 0
    assert "不限地区" in page.inner_text(".message:nth-child(2) .read-as")


def test_a_question_out_of_scope_is_declined_with_what_can_be_asked(served: Served, open_page: Open) -> None:
    page = open_page(served)
    ask(page, "今天北京天气怎么样?", "declined")

    assert page.locator(".message .answer").count() == 0
    assert page.locator(".next .questions button").count() >= 1


@pytest.mark.parametrize(
    "text",
    [
        "<script>window.broken = 1</script> 虚拟产业集群有哪些代表性模式？",
        "<img src=x onerror='window.broken = 1'> 虚拟产业集群有哪些代表性模式？",
        "${window.broken = 1} {{value}} `x` \\u0041 虚拟产业集群有哪些代表性模式？",
    ],
)
def test_markup_and_template_code_in_a_question_stay_text(text: str, served: Served, open_page: Open) -> None:
    page = open_page(served)
    page.fill("textarea", text)
    page.keyboard.press("Enter")
    page.wait_for_selector(".message:not(.working)")

    assert page.inner_text(".q") == text
    assert page.evaluate("window.broken") is None
    assert page.locator(".message img, .message script, .past img").count() == 0
    page.reload()  # and so does what is stored
    page.wait_for_selector(".message:not(.working)")
    assert page.inner_text(".q") == text
    assert page.evaluate("window.broken") is None


@pytest.mark.parametrize("width", [320, 390, 820])
def test_a_narrow_window_never_scrolls_sideways(width: int, served: Served, open_page: Open) -> None:
    page = open_page(served, width=width, height=800)
    ask(page, "大型企业拖欠中小企业款项，最长多少天必须付？")
    page.click(".answer .cite >> nth=0")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.querySelector('.source mark').getBoundingClientRect().right") <= width


def test_stop_ends_the_models_work_and_gives_the_question_back(
    served_with_model: Served, model_server: SlowModel, open_page: Open
) -> None:
    page = open_page(served_with_model)
    page.fill("textarea", MODELS)
    page.keyboard.press("Enter")
    page.wait_for_selector(".message.working .claim")  # a sentence is shown while the model still writes
    assert SENTENCE in page.inner_text(".answer")
    assert page.locator(".steps b").count() == 1

    page.click("[data-act=stop]")
    page.wait_for_selector(".message.stopped")

    assert page.input_value("textarea") == MODELS
    assert model_server.closed.wait(5)
    assert page.locator(".past .title").count() == 0  # nothing half-made is stored


def test_leaving_the_page_ends_the_models_work(
    served_with_model: Served, model_server: SlowModel, open_page: Open
) -> None:
    page = open_page(served_with_model)
    page.fill("textarea", MODELS)
    page.keyboard.press("Enter")
    page.wait_for_selector(".message.working .claim")
    model_server.closed.clear()

    page.close()

    assert model_server.closed.wait(8)


def test_conversations_are_kept_for_this_browser_alone(served: Served, open_page: Open) -> None:
    page = open_page(served)
    ask(page, MODELS)
    page.click("[data-act=new]")
    page.wait_for_selector(".empty")
    page.click(".past .title")
    page.wait_for_selector(".message.answered")
    assert page.inner_text(".q") == MODELS

    page.click("[data-rating=useful]")
    page.wait_for_selector("[data-rating=useful][aria-pressed=true]")
    page.reload()
    page.wait_for_selector("[data-rating=useful][aria-pressed=true]")

    stranger = open_page(served)
    assert stranger.locator(".past .title").count() == 0

    page.click(".past .remove")
    page.click(".past .remove.sure")
    page.wait_for_selector(".empty")
    assert page.locator(".past .title").count() == 0


def test_copied_text_carries_references_and_marks_digests(served: Served, open_page: Open) -> None:
    page = open_page(served)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=served.url)
    ask(page, MODELS)
    page.click(".tools [data-act=copy]")
    page.wait_for_selector(".tools button:has-text('已复制')")

    copied = page.evaluate("navigator.clipboard.readText()")
    assert MODELS in copied
    assert re.search(r"\[1\] 《建设跨越地理边界的虚拟产业集群》.*摘编：.*摘编，核对于2026-11-23", copied)


def test_the_keyboard_reaches_everything_and_words_turn_english(served: Served, open_page: Open) -> None:
    page = open_page(served)
    ask(page, MODELS)
    page.focus(".answer .cite >> nth=1")
    page.keyboard.press("Enter")
    assert page.get_attribute(".answer .cite >> nth=1", "aria-pressed") == "true"

    page.focus("textarea")
    page.keyboard.press("Shift+Enter")
    assert page.input_value("textarea") == "\n"

    page.click("[data-act=language]")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert page.inner_text(".ask .send:not([hidden])") == "Ask"
    page.click("[data-act=theme]")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.reload()
    page.wait_for_selector(".message.answered")
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dataset.theme]") == [
        "en",
        "dark",
    ]


def test_a_question_that_is_too_long_is_said_and_kept(served: Served, open_page: Open) -> None:
    page = open_page(served)
    text = "问" * 2001
    page.fill("textarea", text)
    page.keyboard.press("Enter")

    assert "2001" in page.inner_text("#assistant-hint")
    assert page.input_value("textarea") == text
    assert page.locator(".message").count() == 0
