"""Typed errors. Each says in one Chinese sentence what happened and what to do next; the web and the command show it as it is."""

_KINDS = {
    "missing": "缺少这一项",
    "extra_forbidden": "没有这一项",
    "string_type": "应为文字",
    "int_parsing": "应为整数",
    "int_type": "应为整数",
    "float_parsing": "应为数字",
    "date_from_datetime_parsing": "应为日期，如 2024-03-01",
    "date_parsing": "应为日期，如 2024-03-01",
    "date_type": "应为日期，如 2024-03-01",
    "tuple_type": "应为列表",
    "dict_type": "应为键值",
    "json_invalid": "不是 JSON",
    "greater_than": "太小",
    "greater_than_equal": "太小",
    "less_than_equal": "太大",
}


def in_words(kind: str) -> str:
    """What a validation error of pydantic's type `kind` means, in Chinese."""
    return _KINDS.get(kind, "值不可用")


class AssistantError(Exception):
    """Base of all errors meant for people: `str(error)` is the sentence to show."""


class SettingsError(AssistantError):
    """A setting or an option has a value that cannot be used."""


class QueryError(AssistantError):
    """A question, a filter, a date or a history cannot be understood."""


class ReadingError(AssistantError):
    """A file cannot be read as a document."""


class LibraryError(AssistantError):
    """The library (catalogue, index) cannot be read or written."""


class IndexMissingError(LibraryError):
    """Nothing has been indexed in this home yet."""


class LibraryBusyError(LibraryError):
    """Another process is writing to the library."""


class EmbeddingError(AssistantError):
    """Texts could not be embedded (endpoint unreachable, model directory unusable)."""


class RerankError(AssistantError):
    """Passages could not be reranked (endpoint unreachable or too slow, model directory unusable)."""


class ModelError(AssistantError):
    """The chat model could not be reached, refused, or answered nothing usable."""


class PromptError(AssistantError):
    """A prompt file is missing, malformed, or lacks a variable."""


class DraftError(AssistantError):
    """A draft cannot be made or written from this profile or to this file."""


class EvaluationError(AssistantError):
    """An evaluation set or the gate cannot be read."""


class RecordsError(AssistantError):
    """Conversations or feedback cannot be stored or found."""


class ServeError(AssistantError):
    """The web service cannot start."""


class CorpusError(AssistantError):
    """A corpus cannot be checked, or a file of it not be made."""
