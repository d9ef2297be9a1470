"""Runs one stream of events in batches: at most ten a second go to the browser, and a person can stop it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import suppress
from typing import Generic, TypeVar

INTERVAL = 0.1  # seconds between two batches
BEAT = 2.0  # seconds after which an empty batch says that the work goes on
T = TypeVar("T")


class Run(Generic[T]):
    """One stream at work. The stream is read in a task of its own; cancelling that task closes it."""

    def __init__(self, source: AsyncIterator[T]) -> None:
        self._source = source
        self._ready: list[T] = []
        self._news = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.stopped = False

    def stop(self) -> None:
        """Ends the stream; `batches` then ends too."""
        self.stopped = True
        if self._task:
            self._task.cancel()

    async def batches(self) -> AsyncGenerator[list[T], None]:
        """The events in order, in batches; an empty batch is a sign of life. Raises what the stream raises."""
        if self.stopped:
            return
        self._task = task = asyncio.create_task(self._pump())
        task.add_done_callback(lambda _: self._news.set())
        try:
            while not (task.done() and not self._ready):
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), BEAT)
                self._news.clear()
                batch, self._ready = self._ready, []
                if batch or not task.done():
                    yield batch
                await asyncio.wait([task], timeout=INTERVAL)
            if not task.cancelled():
                task.result()
        finally:
            task.cancel()
            await asyncio.wait([task])

    async def _pump(self) -> None:
        async for event in self._source:
            self._ready.append(event)
            self._news.set()
