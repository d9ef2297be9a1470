"""Provinces and cities named in text."""

from __future__ import annotations

from assistant.language.places import places_in


def test_places_in_order_of_mention_each_once() -> None:
    assert places_in("浙江省杭州市和广东省，浙江的义乌") == ["浙江", "杭州", "广东", "义乌"]


def test_texts_without_places() -> None:
    assert places_in("虚拟产业集群有哪些代表性模式？") == []
