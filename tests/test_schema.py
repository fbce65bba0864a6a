"""The schema of records: every field is described, and what the commands write fits it."""

from __future__ import annotations

import json

import pytest

from tests.conftest import SEEDS
from textkit.schema import OBJECTS, descriptions, record_schema

SCHEMA = record_schema()
PYTHON = {
    "string": str, "integer": int, "number": (int, float), "array": list, "object": dict,
    "null": type(None), "boolean": bool,
}  # fmt: skip


def test_every_field_is_described_and_no_other():
    fields = {(k, n) for k, d in SCHEMA["$defs"].items() for n in d["properties"]}
    assert set(SCHEMA["$defs"]) == set(OBJECTS)
    assert set(descriptions()) == fields


def fits(value, schema):
    if "$ref" in schema:
        return fits(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    if "anyOf" in schema:
        return any(fits(value, choice) for choice in schema["anyOf"])
    if "type" in schema and not isinstance(value, PYTHON[schema["type"]]):
        return False
    if schema.get("type") == "array":
        return all(fits(item, schema["items"]) for item in value)
    if schema.get("type") == "object":
        known = schema.get("properties", {})
        return set(schema.get("required", ())) <= set(value) and all(
            fits(value[name], known[name]) for name in known if name in value
        )
    return True


@pytest.mark.parametrize("stages", [["read"], ["clean"], ["clean", "detect", "dedup", "summarize"]])
def test_what_the_commands_write_fits(textkit, stages):
    records = textkit(stages[0], "-f", "jsonl", *SEEDS[:3]).out
    for stage in stages[1:]:
        records = textkit(stage, "-f", "jsonl", input=records).out
    lines = [json.loads(line) for line in records.splitlines()]
    assert len(lines) == 3
    assert all(fits(line, SCHEMA) for line in lines)
    assert not fits({**lines[0], "text": 5}, SCHEMA)


def test_the_command_prints_it(textkit):
    assert json.loads(textkit("schema").out) == json.loads(json.dumps(SCHEMA))
