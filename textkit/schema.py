"""The JSON Schema of a record: made from the types that read and write it, so it can't drift."""

from __future__ import annotations

from typing import Any

from textkit.text.tables import rows

DIALECT = "https://json-schema.org/draft/2020-12/schema"
OBJECTS = ("Document", "Passage", "Revision", "Edit", "Dedup", "Repeat", "SummarySentence", "Check")


def descriptions() -> dict[tuple[str, str], str]:
    """Return what each field means, by object and field."""
    return {(kind, name): text for kind, name, text in rows("textkit", "record.tsv")}


def record_schema() -> dict[str, Any]:
    """Return the JSON Schema of a record, each field with its description.

    A record is an object of one line; fields of other tools are handed on as they came.
    """
    import msgspec

    from textkit.document import Document

    schema = msgspec.json.schema(Document)
    objects = schema["$defs"]
    objects["Document"]["properties"].pop("extra")
    meanings = descriptions()
    for kind, definition in objects.items():
        for name, field in definition["properties"].items():
            field["description"] = meanings.get((kind, name), "")
    return {"$schema": DIALECT, "title": "Record of textkit", **schema}
