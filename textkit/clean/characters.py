"""Characters: mojibake, entities, invisible and control characters, normal form, line ends.

U+200C and U+200D stay (Persian, Hindi, emoji), as do full-width punctuation, U+3000 and the
right-to-left marks. The form is NFC, never NFKC.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from unicodedata import is_normalized, normalize

from textkit.clean.dense import sweep, trimmed
from textkit.clean.markup import starts_tag
from textkit.edits import Edit

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_LESS = re.compile(r"&(?:lt|LT|#0*60|#[xX]0*3[cC]);")

_ODD = re.compile(
    "\r\n?|[\x0b\x0c\x85\u2028\u2029]"  # line ends
    "|[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff]+"  # control characters, lone surrogates
    "|[\u200b\u2060\ufeff]+|\xad+|\xa0+"
)
_ANY_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u200b\u2028\u2029\u2060\ud800-\udfff\ufeff]"
)
_CODES = {"\u200b": "TK303", "\u2060": "TK303", "\ufeff": "TK303", "\xad": "TK305"}

# UTF-8 bytes read as windows-1252 or windows-1251: a lead byte's letter, then a trail byte's.
_TRAIL = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_AS_1252 = re.compile(f"[\u00c2-\u00f4][{_TRAIL}]")
_AS_1251 = re.compile(
    "(?:[РС][\u0402-\u040f\u0452-\u045f\u00a0-\u00bf\u2010-\u203a\u20ac\u2116\u2122]){2}"
    "|(?:[РС][\u0400-\u045f\u00a0-\u00bf\u2010-\u203a\u20ac\u2116\u2122]){4}"
)
_LINE = re.compile(r"[^\n\r]+")
_PIECE = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")


def mend_mojibake(text: str) -> Iterator[Edit]:
    """Yield an edit for each line that was certainly decoded wrongly.

    ftfy decides, line by line, and only where a lead and a trail byte's letters stand together.
    """
    if text.isascii():
        return
    end = -1
    for hit in _suspects(text):
        if hit.start() < end:
            continue
        start = max(text.rfind("\n", 0, hit.start()), text.rfind("\r", 0, hit.start())) + 1
        line = _LINE.match(text, start)
        assert line
        end = line.end()
        yield from trimmed(start, line[0], _mended(line[0]), "TK301")


def _suspects(text: str) -> Iterator[re.Match[str]]:
    """Yield what may be mojibake, in order; most texts have no letter that it starts with."""
    if "Р" in text or "С" in text:
        both = re.compile(f"{_AS_1252.pattern}|{_AS_1251.pattern}")
        return both.finditer(text)
    return _AS_1252.finditer(text)


def _mended(line: str) -> str:
    from ftfy import TextFixerConfig, fix_text

    if line.isascii():
        return line
    config = TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        max_decode_length=1_000_000,
    )
    return str(fix_text(line, config))


def decode_entities(text: str) -> Iterator[Edit]:
    """Yield an edit for each HTML entity: decoded once, 128 to 159 as windows-1252.

    What would become a tag that goes stays as it is: a text about markup keeps its markup.

    >>> [e.new for e in decode_entities("Q&amp;A &#146; 1 &lt; 2 &lt;p class=a&gt;")]
    ['&', '’', '<', '>']
    """
    if "&" not in text:
        return
    for match in _ENTITY.finditer(text):
        new = html.unescape(match[0])
        if new != match[0] and not (new == "<" and _opens_tag(text, match)):
            yield Edit(match.start(), match[0], " " if new in "\n\r\t" else new, "TK302")


def _opens_tag(text: str, match: re.Match[str]) -> bool:
    """Would the rest of the line, decoded, start with a tag?"""
    return bool(starts_tag("<" + html.unescape(text[match.end() : match.end() + 80])))


def odd_characters(text: str) -> Iterator[Edit]:
    """Yield edits that take out or replace invisible and control characters and odd line ends."""
    return sweep(_ODD, text, _plain) if _ANY_ODD.search(text) else iter(())


def _plain(match: re.Match[str]) -> tuple[str, str]:
    """The replacement for an odd character, and the rule."""
    odd = match[0]
    first = odd[0]
    if first == "\xa0":
        return " " * len(odd), "TK304"
    if first in _CODES:
        return "", _CODES[first]
    if first in "\r\x0b\x0c\x85\u2028\u2029":
        return "\n", "TK308"
    return "\ufffd" if any("\ud800" <= c <= "\udfff" for c in odd) else "", "TK306"


def compose_letters(text: str) -> Iterator[Edit]:
    """Yield edits that bring the text to NFC."""
    if text.isascii() or is_normalized("NFC", text):
        return
    yield from sweep(_PIECE, text, lambda match: (normalize("NFC", match[0]), "TK307"))
