from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from assistant.web import run as module
from assistant.web.run import Run


async def counting(n: int, pause: float, ended: list[bool]) -> AsyncIterator[int]:
    try:
        for i in range(n):
            await asyncio.sleep(pause)
            yield i
    finally:
        ended.append(True)


def test_events_come_in_order_and_at_most_ten_times_a_second() -> None:
    async def go() -> list[list[int]]:
        return [batch async for batch in Run(counting(100, 0.005, [])).batches()]

    batches = asyncio.run(go())

    assert [event for batch in batches for event in batch] == list(range(100))
    assert len(batches) <= 12  # half a second and the first at once


def test_stopping_closes_the_stream_and_ends_the_batches() -> None:
    ended: list[bool] = []

    async def go() -> list[int]:
        run = Run(counting(1000, 0.02, ended))
        seen: list[int] = []
        async for batch in run.batches():
            seen += batch
            run.stop()
        return seen

    assert len(asyncio.run(go())) < 10
    assert ended == [True]


def test_leaving_closes_the_stream() -> None:
    ended: list[bool] = []

    async def go() -> None:
        batches = Run(counting(1000, 0.02, ended)).batches()
        await anext(batches)
        await batches.aclose()

    asyncio.run(go())

    assert ended == [True]


def test_what_the_stream_raises_is_raised_after_what_it_gave() -> None:
    async def failing() -> AsyncIterator[int]:
        yield 1
        raise ValueError("broken")

    async def go(seen: list[int]) -> None:
        async for batch in Run(failing()).batches():
            seen.extend(batch)

    seen: list[int] = []
    with pytest.raises(ValueError, match="broken"):
        asyncio.run(go(seen))
    assert seen == [1]


def test_a_long_silence_is_broken_by_signs_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BEAT", 0.05)

    async def go() -> list[list[int]]:
        return [batch async for batch in Run(counting(1, 0.5, [])).batches()]

    assert asyncio.run(go()).count([]) >= 2


def test_a_run_stopped_before_it_began_gives_nothing() -> None:
    async def go() -> list[list[int]]:
        run = Run(counting(3, 0, []))
        run.stop()
        return [batch async for batch in run.batches()]

    assert asyncio.run(go()) == []
