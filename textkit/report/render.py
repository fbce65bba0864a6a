"""From views to pages: templates, style and script, and the policy that lets nothing else in."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from textkit.report.show import finalize

_BLANK = re.compile(r"\n(?:[ \t]*\n)+")
_TOKEN = re.compile("\0(s?\\d+)\0")
TEMPLATES = (
    "shell",
    "first",
    "single",
    "index",
    "part",
    "articles",
    "article",
    "story",
    "storypage",
    "charts",
)


@cache
def _environment() -> Environment:
    templates = {f"{name}.html": asset(f"{name}.html") for name in TEMPLATES}
    return Environment(
        loader=DictLoader(templates),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def asset(name: str) -> str:
    """Return a file of the page: a template, the style sheet, the script."""
    return files("textkit.report").joinpath("page", name).read_text(encoding="utf-8")


def render(name: str, **view: Any) -> Markup:
    """Return a template filled in."""
    return Markup(_BLANK.sub("\n", _template(name, view)).strip("\n"))  # noqa: S704


def _template(name: str, view: dict[str, Any]) -> str:
    return _environment().get_template(f"{name}.html").render(view)


def shell(content: Markup, **view: Any) -> Markup:
    """Return a whole page around its content."""
    style, script = asset("report.css"), asset("report.js")
    inline = {
        "content": content,
        "style": Markup(style),  # noqa: S704
        "script": Markup(script),  # noqa: S704
        "style_hash": source_hash(style),
        "script_hash": source_hash(script),
    }
    return Markup(_template("shell", {**inline, **view}))  # noqa: S704


def source_hash(text: str) -> Markup:
    """Return the hash by which a Content-Security-Policy allows one inline piece."""
    return Markup("'sha256-{}'").format(b64encode(sha256(text.encode()).digest()).decode())


def resolve(text: str, page_of: Callable[[str], str]) -> str:
    """Return `text` with every link's file filled in; `page_of` gives it, "" for this page."""
    return _TOKEN.sub(lambda match: page_of(match[1]), text)
