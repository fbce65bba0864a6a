"""Names of people in what a page says of its authors."""

from __future__ import annotations

import re
from typing import Any

from textkit.text.bylines import byline_prefix

_URL = re.compile(r"https?://|www\.|^[/@#]", re.IGNORECASE)
_NO_NAME = re.compile(
    r"\d{3}|^(?:author|admin|editor|staff|written by|posted by|by)$|[{}<>=_]", re.IGNORECASE
)
_NAME_END = re.compile(
    r"\s+(?:[|•·–—]|-\s|(?:on|updated|published|posted)\b).*$|,? \d.*$", re.IGNORECASE
)
_MAIL = re.compile(r"^\S+@\S+\s*\((.+)\)$|^(.+?)\s*[<(]\S+@\S+[>)]$")
# Offices that follow a name: after a comma, or in East Asia after a blank or nothing.
_ROLE = re.compile(
    r",\s*[^,]*\b(?:writer|reporter|editor|correspondent|staff|journalist|columnist|contributor"
    r"|redakt\w+|korrespondent\w*|rédact\w+|journaliste|corresponsal|redactor\w*|corrispondente)\b"
    r"[^,]*$|\s+(?:기자|특파원|논설위원|記者|记者|編集委員|特派員)$",
    re.IGNORECASE,
)
_EDGE = " ,;|·-–—"
_BLANKS = re.compile(r"\s+")
MAX_NAME = 100  # characters; a longer one is a text


def person(value: Any, sites: frozenset[str] = frozenset()) -> str | None:
    """Return a person's name from a string or a JSON-LD object.

    None where it is an address, a text, an organisation, or one of the site's own names in
    `sites`, which are in small letters.

    >>> person({"givenName": "Ada", "familyName": "Wu"}), person("ada@example.org (Ada Wu)")
    ('Ada Wu', 'Ada Wu')
    >>> person("By Ada Wu, Staff Writer"), person("김철수 기자"), person({"name": ["Ada Wu"]})
    ('Ada Wu', '김철수', 'Ada Wu')
    >>> person({"@type": "Organization", "name": "The Daily"}), person("admin")
    (None, None)
    """
    if isinstance(value, dict):
        if any("organi" in str(kind).lower() for kind in _listed(value.get("@type"))):
            return None
        value = value.get("name") or _joined(value)
    if isinstance(value, list):
        value = value[0] if value else None
    if not isinstance(value, str):
        return None
    line = _BLANKS.sub(" ", value).strip()
    if match := _MAIL.match(line):
        line = match[1] or match[2]
    if _URL.search(line) or "@" in line:
        return None
    line = _ROLE.sub("", byline_prefix().sub("", line).strip(_EDGE)).strip(_EDGE)
    if not 1 < len(line) <= MAX_NAME or _NO_NAME.search(line) or line.casefold() in sites:
        return None
    return line


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _joined(value: dict[str, Any]) -> str:
    names = (value.get("givenName"), value.get("additionalName"), value.get("familyName"))
    return " ".join(name for name in names if isinstance(name, str) and name)


def byline(text: str) -> str | None:
    """Return the name in a line that says who wrote a text; null where the line says no such thing.

    >>> byline("By Ada Wu | May 4, 2025"), byline("By the river"), byline("作者：王小明")
    ('Ada Wu', None, '王小明')
    """
    text = text.strip()
    if not byline_prefix().match(text):
        return None
    name = person(_NAME_END.sub("", text))
    cased = name is not None and not name[0].islower() and len(name.split()) <= 6
    return name if cased else None
