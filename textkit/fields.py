"""The fields of a record: one line of JSON, read as scrapers and tables write it.

Lone surrogates, NaN and numbers beyond a double's range are read, and come out as they went in.
"""

from __future__ import annotations

import json
from typing import Any

import msgspec

from textkit.errors import RecordError

MAX_DEPTH = 100  # levels of lists and objects in a record
_MAX_DIGITS = 4000  # of a whole number; Python converts no more than 4,300


def fields_of(line: bytes | str) -> dict[str, Any]:
    """Return the fields of one line of JSON; `id` and `source` as text, absent where null.

    Raises RecordError where the line is no object.
    """
    try:
        fields = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        fields = _decode_leniently(line, error)
    except RecursionError:
        raise RecordError("not a record: nested too deeply") from None
    if not isinstance(fields, dict):
        raise RecordError("not a record: a JSON object is needed")
    _check_depth(fields)
    for name in ("id", "source"):
        if name in fields and (fields[name] is None or isinstance(fields[name], msgspec.Raw)):
            del fields[name]
        elif name in fields:
            fields[name] = _as_text(fields[name]) or fields[name]
    return fields


def _decode_leniently(line: bytes | str, problem: Exception) -> Any:
    """Decode what msgspec refuses: lone surrogates, NaN, numbers out of range."""
    try:
        return json.loads(
            line, parse_constant=_verbatim, parse_float=_finite, parse_int=_whole_number
        )
    except (ValueError, RecursionError):
        raise RecordError(f"not JSON: {problem}") from None


def _verbatim(number: str) -> msgspec.Raw:
    return msgspec.Raw(number.encode("ascii"))


def _finite(number: str) -> float | msgspec.Raw:
    value = float(number)
    return value if abs(value) != float("inf") else _verbatim(number)


def _whole_number(number: str) -> int | msgspec.Raw:
    return int(number) if len(number) <= _MAX_DIGITS else _verbatim(number)


def _as_text(value: Any) -> str | None:
    """Return a number, a name object or a list of them as text; None where it is none.

    >>> _as_text(17), _as_text(["Ann Lee", {"name": "Bo Ray"}]), _as_text(True)
    ('17', 'Ann Lee, Bo Ray', None)
    """
    if isinstance(value, str):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list):
        return ", ".join(filter(None, map(_as_text, value))) or None
    return _as_text(value.get("name")) if isinstance(value, dict) else None


def split_fields(
    fields: dict[str, Any], types: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the fields that fit the `types` of a record, and those to hand on as they came.

    Titles and authors become text. A field of another kind than ours (a summary that is one
    string, a date that is a number) is somebody else's: it is handed on, not refused.
    """
    known: dict[str, Any] = {}
    others: dict[str, Any] = {}
    for name, value in fields.items():
        if name not in types:
            others[name] = value
            continue
        text = _as_text(value) if name in ("title", "author") else None
        ours = value if text is None else text
        if _is_foreign(name, ours, types[name]):
            others[name] = value
        else:
            known[name] = ours
    return known, others


def _is_foreign(name: str, value: Any, expected: Any) -> bool:
    """Is the value of another kind than this field has in our own records?"""
    if name in ("id", "text", "source"):
        return False
    try:
        msgspec.convert(value, expected)
    except (msgspec.ValidationError, ValueError):
        if name in ("passages", "revisions", "checks"):
            return not isinstance(value, list)
        return name != "dedup" or not isinstance(value, dict)
    return False


def _check_depth(fields: dict[str, Any]) -> None:
    """A fixed limit: what one command takes, every other can take and write again."""
    level: list[Any] = [fields]
    for _ in range(MAX_DEPTH):
        inner: list[Any] = []
        for value in level:
            inside = value.values() if isinstance(value, dict) else value
            inner += [v for v in inside if isinstance(v, (dict, list))]
        if not inner:
            return
        level = inner
    raise RecordError("not a record: nested too deeply")
