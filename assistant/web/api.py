"""The HTTP API for other programs: the same answers as JSON. Errors are `{"error": sentence}` with a 4xx or 5xx status."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict

from assistant.answering.contract import answer_to_json
from assistant.answering.events import Done
from assistant.domain import FilterName, Filters, Kind, Level, Query, Standing, Turn
from assistant.errors import AssistantError, QueryError
from assistant.service import Service

if TYPE_CHECKING:
    from fastapi import FastAPI


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class TurnBody(_Strict):
    """One earlier question and its answer."""

    q: str
    a: str


class FiltersBody(_Strict):
    """Conditions on documents; what is left out does not count."""

    kinds: tuple[Kind, ...] = ()
    issuer: str | None = None
    region: str | None = None
    year: int | None = None
    years: tuple[int, int] | None = None
    level: Level | None = None
    number: str | None = None
    standing: Standing | None = None

    def filters(self) -> Filters:
        """As the product knows them: one year is a period that begins and ends with it."""
        years = self.years or ((self.year, self.year) if self.year else None)
        return Filters(**self.model_dump(exclude={"year", "years"}), years=years)


class AskBody(_Strict):
    """A question to `POST /api/ask`; `unread` are the filters not to be read out of it."""

    question: str
    as_of: date | None = None
    history: tuple[TurnBody, ...] = ()
    filters: FiltersBody = FiltersBody()
    unread: frozenset[FilterName] = frozenset()


def add_api(app: FastAPI, service: Service) -> None:
    """Adds `GET /api/health` and `POST /api/ask` to the app, and how errors are told."""
    from fastapi import Request
    from fastapi.exceptions import RequestValidationError
    from fastapi.responses import JSONResponse

    async def health() -> dict[str, Any]:
        return {"status": "ok", "documents": service.stats().documents}

    async def ask(body: AskBody) -> dict[str, Any]:
        filters = body.filters.filters()
        history = [Turn(turn.q, turn.a) for turn in body.history]
        query = service.query(
            body.question, as_of=body.as_of, history=history, filters=filters, unread=body.unread
        )
        return await _answered(service, query)

    async def malformed(request: Request, problem: Exception) -> JSONResponse:
        return JSONResponse({"error": _sentence(problem)}, 422)

    async def failed(request: Request, problem: Exception) -> JSONResponse:
        return JSONResponse({"error": str(problem)}, 400 if isinstance(problem, QueryError) else 503)

    app.add_api_route("/api/health", health, methods=["GET"])
    app.add_api_route("/api/ask", ask, methods=["POST"])
    app.add_exception_handler(RequestValidationError, malformed)
    app.add_exception_handler(AssistantError, failed)


async def _answered(service: Service, query: Query) -> dict[str, Any]:
    answer: dict[str, Any] = {}
    async for event in service.stream(query):
        if isinstance(event, Done):
            answer = answer_to_json(event.answer)
    return answer


def _sentence(problem: Any) -> str:
    places = ["、".join(str(part) for part in e["loc"] if part != "body") for e in problem.errors()]
    where = f"字段 {places[0]} 不可用" if places and places[0] else "内容不是可用的 JSON"
    return (
        f"请求{where}；请提交 "
        '{"question": "…", "as_of": "2026-11-23", "history": [{"q": "…", "a": "…"}], "filters": {"kinds": ["policy"]}}。'
    )
