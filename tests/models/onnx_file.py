"""The smallest sentence encoder: an ONNX file that looks token ids up in a table, written byte by byte.

Protocol buffers: a field is its number and wire type in one varint, then a varint (type 0) or a length and
bytes (type 2).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_FLOAT, _INT64 = 1, 7


def encoder(table: NDArray[np.float32]) -> bytes:
    """A ModelProto: last_hidden_state [texts, tokens, dimensions] = Gather(table, input_ids); attention_mask
    is unused.
    """
    tensor = (
        b"".join(_int(1, size) for size in table.shape)
        + _int(2, _FLOAT)
        + _text(8, "table")
        + _bytes(9, table.tobytes())
    )
    node = _text(1, "table") + _text(1, "input_ids") + _text(2, "last_hidden_state") + _text(4, "Gather")
    graph = _bytes(1, node) + _text(2, "encoder") + _bytes(5, tensor)
    graph += _bytes(11, _value("input_ids", _INT64, 2)) + _bytes(11, _value("attention_mask", _INT64, 2))
    graph += _bytes(12, _value("last_hidden_state", _FLOAT, 3))
    return _int(1, 8) + _bytes(8, _text(1, "") + _int(2, 13)) + _bytes(7, graph)


def classifier(table: NDArray[np.float32]) -> bytes:
    """A ModelProto: logits [texts, columns] = mean over the tokens of Gather(table, input_ids)."""
    tensor = (
        b"".join(_int(1, size) for size in table.shape)
        + _int(2, _FLOAT)
        + _text(8, "table")
        + _bytes(9, table.tobytes())
    )
    gather = _text(1, "table") + _text(1, "input_ids") + _text(2, "states") + _text(4, "Gather")
    axes = _text(1, "axes") + _int(8, 1) + _int(20, 7)
    keep = _text(1, "keepdims") + _int(3, 0) + _int(20, 2)
    mean = (
        _text(1, "states") + _text(2, "logits") + _text(4, "ReduceMean") + _bytes(5, axes) + _bytes(5, keep)
    )
    graph = _bytes(1, gather) + _bytes(1, mean) + _text(2, "classifier") + _bytes(5, tensor)
    graph += _bytes(11, _value("input_ids", _INT64, 2)) + _bytes(12, _value("logits", _FLOAT, 2))
    return _int(1, 8) + _bytes(8, _text(1, "") + _int(2, 13)) + _bytes(7, graph)


def _value(name: str, element: int, axes: int) -> bytes:
    shape = b"".join(_bytes(1, _text(2, f"{name}_{axis}")) for axis in range(axes))
    return _text(1, name) + _bytes(2, _bytes(1, _int(1, element) + _bytes(2, shape)))


def _int(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _text(field: int, value: str) -> bytes:
    return _bytes(field, value.encode())


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])
