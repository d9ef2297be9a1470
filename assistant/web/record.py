"""An answer as the page keeps it: the answer contract, plus what only the page needs.

Added keys: `as_of` (ISO day of 时点), `unread` (filters that the person has taken off), `model` (name of the chat model that wrote, or None for excerpts), and in each
citation `before` and `after` (the text around the quote). The same shape is stored in the records and shown while
an answer is still being made, so one view renders both.
"""

from __future__ import annotations

from typing import Any

from assistant.answering.contract import answer_to_json, citation_to_json, claim_to_json
from assistant.answering.events import AnswerEvent, ClaimReady, Done, Step
from assistant.domain import Answer, Citation, Query
from assistant.service import Service

Record = dict[str, Any]
STEPS = ("understand", "retrieve", "compose", "verify")


class LiveRecord:
    """Grows a record from the events of one answer."""

    def __init__(self, service: Service, query: Query) -> None:
        self._service = service
        self.done = False
        self.record: Record = {
            "question": query.text,
            "as_of": query.as_of.isoformat(),
            "unread": sorted(query.unread),
            "status": "working",
            "step": STEPS[0],
            "claims": [],
            "citations": [],
        }

    def take(self, event: AnswerEvent) -> None:
        """Adds what one event tells."""
        if isinstance(event, Step):
            # Steps that the page has no name for belong to the one before them.
            self.record["step"] = event.name if event.name in STEPS else self.record["step"]
        elif isinstance(event, ClaimReady):
            # A sentence is sent only after it was verified: from the first one on, that is what is going on.
            self.record["step"] = "verify"
            self.record["claims"].append(claim_to_json(event.claim))
            self.record["citations"] += [self._with_surroundings(c) for c in event.citations]
        elif isinstance(event, Done):
            self.record = self._whole(event.answer)
            self.done = True

    def end(self, status: str, sentence: str = "") -> None:
        """Ends an answer that will not be completed: `stopped`, or an error with the sentence to show."""
        self.record |= {"status": status, "answer": sentence}
        self.done = True

    def _whole(self, answer: Answer) -> Record:
        # When the model failed, a warning says that excerpts (摘录) answer instead.
        excerpted = any("摘录" in warning for warning in answer.warnings)
        return answer_to_json(answer) | {
            "as_of": self.record["as_of"],
            "unread": self.record["unread"],
            "model": None if excerpted else self._service.model_name,
            "citations": [self._with_surroundings(c) for c in answer.citations],
            "nearest": [self._with_surroundings(c) for c in answer.nearest],
        }

    def _with_surroundings(self, citation: Citation) -> Record:
        around = self._service.surroundings(citation)
        return citation_to_json(citation) | {"before": around.before, "after": around.after}
