"""The words and colours of the page: nothing missing in either language, nothing unreadable in either theme."""

from __future__ import annotations

import re
from itertools import product

import pytest

from assistant.domain import Kind, Validity, Verdict
from assistant.web.blocks import PAGE
from assistant.web.words import WORDS

FILES = {path.name: path.read_text(encoding="utf-8") for path in PAGE.iterdir()}


def test_both_languages_have_the_same_words_with_the_same_places_to_fill() -> None:
    places = {
        language: {key: set(re.findall(r"\{(\w+)\}", text)) for key, text in words.items()}
        for language, words in WORDS.items()
    }

    assert places["zh"] == places["en"]


def test_every_word_that_the_page_uses_exists() -> None:
    used = {key for name in FILES for key in re.findall(r"""\bt\("([\w.]+)\"""", FILES[name])}
    used |= set(re.findall(r'data-(?:word|label|placeholder)="([^"]+)"', FILES["shell.html"]))

    assert len(used) > 30
    assert used <= set(WORDS["zh"])


def test_every_state_and_kind_has_a_name() -> None:
    wanted = (
        [f"validity.{v}" for v in Validity] + [f"kind.{k}" for k in Kind] + [f"verdict.{v}" for v in Verdict]
    )

    assert set(wanted) <= set(WORDS["zh"])


def test_no_template_or_script_of_the_page_sets_markup_from_data() -> None:
    scripts = "".join(text for name, text in FILES.items() if name.endswith(".js"))

    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", scripts)
    assert "{{" not in FILES["shell.html"] and "${" not in FILES["shell.html"]


def test_nothing_is_loaded_from_elsewhere() -> None:
    for name, text in FILES.items():
        assert not re.search(r"""(?:url\(|src=|href=|from\s|import\()\s*["']?(?:https?:)?//""", text), name


THEMES = [":root", '[data-theme="dark"]']
READ_ON = {
    "ink": ("paper", "sheet", "wash", "mark", "warn-wash"),
    "ink-soft": ("paper", "sheet"),
    "go": ("paper", "sheet", "wash"),
    "accent": ("paper", "sheet"),
    "accent-ink": ("accent",),
    "ok": ("ok-wash", "sheet"),
    "warn": ("warn-wash", "sheet"),
    "gone": ("gone-wash",),
    "soon": ("soon-wash",),
    "paper": ("go",),
}


@pytest.mark.parametrize(("theme", "text"), list(product(THEMES, READ_ON)))
def test_contrast_is_enough_for_small_text(theme: str, text: str) -> None:
    block = FILES["style.css"].split(theme + " {", 1)[1].split("}", 1)[0]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))

    for ground in READ_ON[text]:
        assert contrast(colours[text], colours[ground]) >= 4.5, ground


def contrast(one: str, two: str) -> float:
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
