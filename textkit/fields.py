"""The fields of a record: one line of JSON, lone surrogates and all, but not nested too deeply."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from textkit.errors import RecordError

DEEPEST = 100  # levels of lists and objects in a record


def fields_of(line: bytes | str) -> dict[str, Any]:
    """Return the fields of one line of JSON. Raises RecordError where it is no object."""
    try:
        fields = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        try:  # the standard library takes lone surrogates; msgspec does not
            fields = json.loads(line, parse_constant=_no_number)
        except (ValueError, RecursionError):
            raise RecordError(f"not JSON: {error}") from None
    except RecursionError:
        raise RecordError("not a record: nested too deeply") from None
    if not isinstance(fields, dict):
        raise RecordError("not a record: a JSON object is needed")
    _check_depth(fields)
    return fields


def _no_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def _check_depth(fields: dict[str, Any]) -> None:
    """A fixed limit: what one command takes, every other can take and write again."""
    level: list[Any] = [fields]
    for _ in range(DEEPEST):
        inner: list[Any] = []
        for value in level:
            inside = value.values() if isinstance(value, dict) else value
            inner += [v for v in inside if isinstance(v, (dict, list))]
        if not inner:
            return
        level = inner
    raise RecordError("not a record: nested too deeply")
