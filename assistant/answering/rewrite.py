"""A question of a conversation, rewritten to stand alone: by rule, names and the topic of the last turns fill in what is left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.domain import Document, Turn
from assistant.language.normal import normalise
from assistant.language.words import content_words
from assistant.retrieval.names import NameIndex

_REFERS = re.compile(
    r"它|他们|她|其(?!他|它|中|余)|该|这|那|前者|后者|上述|同一|还有|呢[？?]?$|为什么|又|后来|上一期|违反了"
)
_ENOUGH_WORDS = 7
_YEAR = re.compile(r"(?:19|20)\d{2}(?=年)")
_TITLE = re.compile(r"《([^》]+)》")
_CLAUSE = re.compile(r"[，,。；;！？!?]")


def rewrite(
    question: str,
    history: Sequence[Turn],
    names: NameIndex,
    documents: Mapping[str, Document],
    is_foreign: Callable[[str], bool],
) -> str | None:
    """The question with its subject put before it, or None when it stands alone.

    A question that names a document itself brings nothing along; nor does one that refers to nothing and either says
    enough or speaks of what the library does not know (`is_foreign`): then the subject has changed.
    """
    # Asked again, as when a condition was taken off: understood as it was the first time.
    while history and history[-1].question == question:
        history = history[:-1]
    if not history or names.named_in(question):
        return None
    refers = _REFERS.search(normalise(question))
    if not refers and (len(set(content_words(question))) >= _ENOUGH_WORDS or is_foreign(question)):
        return None
    subject = _of_year(_subject(history, names, documents), question, documents)
    return f"关于{subject}：{question}" if subject else None


def _subject(history: Sequence[Turn], names: NameIndex, documents: Mapping[str, Document]) -> str:
    """The document named last in the conversation, with the last question's own topic; else the last question's first clause."""
    last = history[-1].question
    for turn in reversed(history):
        for text in (turn.question, turn.answer):
            named = names.named_in(text)
            if named:
                longest = max(named, key=lambda i: len(named[i][0]))
                title = f"《{documents[longest].title}》"
                return title if turn is not history[-1] else f"{title}（{_head(last)}）"
    return _head(last)


def _of_year(subject: str, question: str, documents: Mapping[str, Document]) -> str:
    """《2011年国务院政府工作报告》 as that of the year the question names, when the library holds that one."""
    asked, title = _YEAR.findall(question), _TITLE.match(subject)
    said = _YEAR.search(title[1]) if title else None
    if title and said and asked and said[0] not in asked:
        other = title[1].replace(said[0], asked[0])
        if any(document.title == other for document in documents.values()):
            return f"《{other}》"
    return subject


def _head(question: str) -> str:
    return next((c.strip() for c in _CLAUSE.split(question) if len(c.strip()) > 3), question.strip())
