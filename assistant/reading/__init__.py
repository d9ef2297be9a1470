"""A file -> a Document with its outline, and a Document -> its passages."""

from assistant.reading.files import read_file
from assistant.reading.passages import passages

__all__ = ["passages", "read_file"]
