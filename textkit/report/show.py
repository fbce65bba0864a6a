"""How scraped strings are shown: escaped, in their own language and direction, nothing hidden."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from markupsafe import Markup, escape

from textkit.text.languages import primary
from textkit.text.scripts import RIGHT_TO_LEFT
from textkit.text.tables import rows

# Controls, overrides and isolates of bidirectional text, lone surrogates: none may act in the page.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_RIGHT_TO_LEFT = re.compile(f"[{RIGHT_TO_LEFT}]")
_LETTER = re.compile(r"[^\W\d_]")
_TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
RTL_SCRIPTS = frozenset("Adlm Arab Hebr Mand Mend Nkoo Rohg Samr Syrc Thaa Yezi".split())
PAGE_LANG = "en"  # of the report's own words


def visible(text: str) -> str:
    """Return `text` with its control and bidi characters spelled out; tabs and line ends stay.

    >>> visible("a\\u202eb")
    'a⟨U+202E⟩b'
    """
    return _HIDDEN.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text)


def safe(text: str) -> Markup:
    """Return `text` escaped for a page."""
    return escape(visible(text))


def content(text: str) -> Markup:
    """Return `text` escaped for the inside of an element, where quotation marks do no harm.

    >>> str(content("it's <b>"))
    "it's &lt;b&gt;"
    """
    return Markup(html.escape(visible(text), quote=False))  # noqa: S704


def finalize(value: object) -> object:
    """What every expression of a template passes through before it is escaped."""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return visible(value)


def attributes(text: str, lang: str | None, around: str | None = PAGE_LANG) -> Markup:
    """Return the `lang` and `dir` that `text` needs inside something in the language `around`.

    >>> str(attributes("שלום", "he")), str(attributes("Hello", "en"))
    (' lang="he" dir="rtl"', '')
    """
    result = Markup("")
    tag = lang if lang and _TAG.fullmatch(lang) else None
    if tag and tag != around:
        result += Markup(' lang="{}"').format(tag)
    direction = base_direction(text)
    if direction == "rtl" or (tag and is_rtl(around) and direction == "ltr"):
        result += Markup(' dir="{}"').format(direction)
    return result


def base_direction(text: str) -> str:
    """Return the direction in which most letters of `text` run.

    >>> base_direction("GPU שלום עולם"), base_direction("2026")
    ('rtl', 'ltr')
    """
    if not _RIGHT_TO_LEFT.search(text):
        return "ltr"
    letters = _LETTER.findall(text)
    backward = sum(1 for char in letters if unicodedata.bidirectional(char) in ("R", "AL"))
    return "rtl" if backward * 2 > len(letters) else "ltr"


def is_rtl(lang: str | None) -> bool:
    """Is the language written from right to left, as far as its tag says?"""
    return primary(lang) in (
        "ar",
        "he",
        "fa",
        "ur",
        "ps",
        "sd",
        "ug",
        "yi",
        "dv",
        "ckb",
    )


@cache
def _names() -> dict[str, str]:
    return dict(rows("textkit.report", "languages.tsv"))


def language(tag: str | None) -> str:
    """Return the English name of a language, or its tag where the table has none.

    >>> language("zh-Hans"), language("tlh")
    ('Chinese (simplified)', 'tlh')
    """
    tag = tag or "und"
    names = _names()
    return names.get(tag) or names.get(primary(tag)) or tag


def count(number: int, one: str, several: str | None = None) -> str:
    """Return a number with its noun.

    >>> count(1, "story", "stories"), count(1200, "article")
    ('1 story', '1,200 articles')
    """
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def shortened(text: str, width: int) -> str:
    """Return `text` on one line of at most `width` characters, cut at a word where there is one.

    >>> shortened("A long  headline", 10)
    'A long …'
    """
    line = " ".join(text.split())
    if len(line) <= width:
        return line
    cut = line[: width - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > width // 2 else cut).rstrip() + " …"


def first(items: Sequence[str], most: int, width: int = 2000) -> list[str]:
    """Return the first `most` texts, each shortened, and how many more there are.

    >>> first(["a", "b", "c"], 1)
    ['a', 'and 2 more']
    """
    return [shortened(item, width) for item in items[:most]] + more(len(items), most)


def more(number: int, most: int) -> list[str]:
    """Return the line that tells how many of `number` things are not among the first `most`."""
    return [f"and {number - most:,} more"] if number > most else []
