"""Characters: mojibake, entities, invisible and control characters, normal form, line ends.

U+200C and U+200D stay (Persian, Hindi, emoji), as do full-width punctuation, U+3000 and the
right-to-left marks. The form is NFC, never NFKC.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from functools import cache, partial
from unicodedata import is_normalized, normalize

from textkit.clean.dense import sweep, trimmed
from textkit.clean.markup import starts_tag
from textkit.edits import Edit
from textkit.text.scripts import CYRILLIC, DENSE_LETTERS, letters_by_script

_HIGH = r"&#(?:5[56]\d{3}|[xX][dD][89aAbB][0-9a-fA-F]{2});"  # halves of one letter
_LOW = r"&#(?:5[67]\d{3}|[xX][dD][c-fC-F][0-9a-fA-F]{2});"
_ENTITY = re.compile(
    rf"{_HIGH}{_LOW}|" r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
)
_LESS = re.compile(r"&(?:lt|LT|#0*60|#[xX]0*3[cC]);")

_ODD = re.compile(
    r"(?<=[\w\"'”’»)])\x85(?=[\s\"'”’»)]|$)"  # an ellipsis of windows-1252, not the line end NEL
    "|\r\n?|[\x0b\x0c\x85\u2028\u2029]"  # line ends
    r"|\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]{0,200}(?:\x07|\x1b\\)|[@-Z\\-_])"  # of a terminal
    "|[\x80-\x84\x86-\x9f]+"  # C1 controls: signs of windows-1252
    "|[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]+"  # control characters, lone surrogates
    # Zero-width spaces part words where scripts write no blanks; elsewhere they part nothing.
    rf"|(?<![{DENSE_LETTERS}\u200b])\u200b+(?![{DENSE_LETTERS}\u200b])|\u200b+(?=\s|$)|(?<!\S)\u200b+"
    "|[\u2060\ufeff\u206a-\u206f\ufff9-\ufffb]+|(?:(?<=\\s)|^)\ufffc ?|\ufffc"
    "|\xad+[ \t]*\n[ \t]*(?=\\w)|\xad+|\xa0+"
)
_ANY_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\xa0\xad\u200b\u2028\u2029\u2060\u206a-\u206f\ud800-\udfff\ufeff\ufff9-\ufffc]"
)
_CODES = {"\u200b": "TK303", "\u2060": "TK303", "\ufeff": "TK303", "\xad": "TK305"}
_CODES |= dict.fromkeys("\u206a\u206b\u206c\u206d\u206e\u206f\ufff9\ufffa\ufffb\ufffc", "TK303")

# Code pages that UTF-8 is read as by mistake; ftfy knows them all but KOI8-R.
_PAGES = tuple("cp1252 cp1250 cp1251 cp1253 cp1254 cp1257 iso8859_2 mac_roman cp437".split())
_WITH_LETTERS = ("cp1250", "cp1251", "cp1252")  # here a trail byte's letter is telling as well
_KOI8 = "koi8_r"
_DRAWN = re.compile(r"[\u0400-\u04ff]?[\u2219\u221a\u2248\u2264\u2265\u2320\u2321\u2500-\u25a0]")
_KOI8_RUN = re.compile(r"[^\x00-\x7f]+")
_ACCENTED = re.compile(r"[\u00c0-\u024f]")
_NO_ASCII = re.compile(r"[^\x00-\x7f]+")
# A pair of letters inside a Latin word that is one letter of UTF-8 read as windows-1251: rГ©gion.
_TRAIL_1251 = re.escape(bytes(range(0x80, 0xC0)).decode("cp1251", "ignore"))
_CYRILLIC_IN_LATIN = re.compile(rf"(?<=[A-Za-z])[ГВ][{_TRAIL_1251}](?![{CYRILLIC}])")
_LINE = re.compile(r"[^\n\r]+")
_PIECE = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")


def mend_mojibake(text: str) -> Iterator[Edit]:
    """Yield an edit for each line that was certainly decoded wrongly.

    ftfy (Robyn Speer) decides, line by line, and only where the letters of a lead and a trail
    byte of UTF-8 stand together. What leaves more scripts in the line than before is refused.
    """
    if text.isascii() or _pair().search(text) is None:
        return
    end = -1
    for hit in _suspect().finditer(text):
        if hit.start() < end:
            continue
        start = max(text.rfind("\n", 0, hit.start()), text.rfind("\r", 0, hit.start())) + 1
        line = _LINE.match(text, start)
        assert line
        end = line.end()
        mended = _mended(line[0])
        if mended != line[0] and not _is_half_mended(line[0], mended):
            yield from trimmed(start, line[0], mended, "TK301")


def _is_half_mended(line: str, mended: str) -> bool:
    """Did a mend put letters of a script that the line lacks into a word with accented letters?

    So it looks where a text of another encoding (GBK) had pairs that are UTF-8 by chance.
    """
    new = letters_by_script(mended).keys() - letters_by_script(line).keys()
    if not new:
        return False
    return any(
        not new.isdisjoint(letters_by_script(word)) and _ACCENTED.search(word)
        for word in _NO_ASCII.findall(mended)
    )


@cache
def _pair() -> re.Pattern[str]:
    """A cheap pattern that matches wherever `_suspect` does, and elsewhere."""
    lead, trail = set("Ã"), set(" \xa0\ufffd")
    lead.update(map(chr, range(0xC2, 0xF5)))
    trail.update(map(chr, range(0x80, 0xC0)))
    for page in (*_PAGES, _KOI8):
        lead.update(bytes(range(0xC2, 0xF5)).decode(page, "ignore"))
        trail.update(bytes(range(0x80, 0xC0)).decode(page, "ignore"))
    leads, trails = (re.escape("".join(sorted(chars))) for chars in (lead, trail))
    return re.compile(f"[{leads}][{trails}]|[\x80-\x84\x86-\x9f]")


@cache
def _suspect() -> re.Pattern[str]:
    """A pattern for a lead byte's letter and a trail byte's, in any of the code pages."""
    # à before a lost blank, letters lost, signs of windows-1252 that stayed control characters.
    pairs = ["(?<=[a-z])Ã[ \xa0]", "[\xc2-\xf4][\ufffd\x80-\xbf]", "[\x80-\x84\x86-\x9f]"]
    for page in (*_PAGES, _KOI8):
        lead = bytes(range(0xC2, 0xF5)).decode(page, "ignore")
        trail = bytes(range(0x80, 0xC0)).decode(page, "ignore")
        signs = trail if page in _WITH_LETTERS else "".join(c for c in trail if not c.isalpha())
        pairs.append(f"[{re.escape(lead)}][{re.escape(signs)}]")
        if marks := "".join(c for c in lead if not c.isalpha()):
            pairs.append(f"[{re.escape(marks)}][{re.escape(trail)}]")
    return re.compile("|".join(pairs))


def _mended(line: str) -> str:
    from ftfy import TextFixerConfig, fix_text

    if _DRAWN.search(line):
        line = _KOI8_RUN.sub(partial(_redecoded, _KOI8), line)
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
    return _CYRILLIC_IN_LATIN.sub(partial(_redecoded, "cp1251"), fix_text(line, config))


def _redecoded(page: str, match: re.Match[str]) -> str:
    """Read letters as UTF-8 that was read as another page; as they are if that gives no text."""
    try:
        return match[0].encode(page).decode("utf-8")
    except UnicodeError:
        return match[0]


def decode_entities(text: str) -> Iterator[Edit]:
    """Yield an edit for each HTML entity: decoded once, 128 to 159 as windows-1252.

    What would become a tag that goes stays as it is: a text about markup keeps its markup.

    >>> [e.new for e in decode_entities("Q&amp;A &#146; 1 &lt; 2 &lt;p class=a&gt;")]
    ['&', '’', '<', '>']
    """
    if "&" not in text:
        return
    for match in _ENTITY.finditer(text):
        new = _paired(match[0]) if match[0].count(";") > 1 else html.unescape(match[0])
        if new != match[0] and not (new == "<" and _opens_tag(text, match)):
            yield Edit(match.start(), match[0], " " if new in "\n\r\t" else new, "TK302")


def _paired(entities: str) -> str:
    """Decode two entities that are the halves of one letter beyond U+FFFF."""
    codes = [entity.lstrip("&#").lower() for entity in entities.rstrip(";").split(";")]
    values = [int(code[1:], 16) if code[0] == "x" else int(code) for code in codes]
    letter = "".join(map(chr, values)).encode("utf-16", "surrogatepass")
    return letter.decode("utf-16", "replace")


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
    if (
        first == "\x85"
        and match.string[match.start() - 1 : match.start()].isalnum()
        and not (match.string[match.end() : match.end() + 1].isalnum())
    ):
        return "…", "TK306"
    if first in "\r\x0b\x0c\x85\u2028\u2029":
        return "\n", "TK308"
    if "\x80" <= first <= "\x9f":
        return odd.encode("latin-1").decode("cp1252", "ignore"), "TK306"
    return "\ufffd" if any("\ud800" <= c <= "\udfff" for c in odd) else "", "TK306"


def compose_letters(text: str) -> Iterator[Edit]:
    """Yield edits that bring the text to NFC."""
    if text.isascii() or is_normalized("NFC", text):
        return
    yield from sweep(_PIECE, text, lambda match: (normalize("NFC", match[0]), "TK307"))
