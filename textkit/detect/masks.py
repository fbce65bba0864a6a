"""What is no language: addresses, query strings, numbers, code, mark-up, hashtags.

All patterns are linear: each repeats one class of characters, and no two repeats that can match
the same text stand side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from textkit.detect.listings import listings
from textkit.text.scripts import HAN, KANA

_ADDRESS = re.compile(
    rf"(?:https?|ftp|file)://[^\s<>\"'，。！？；：、」』）】》{HAN}{KANA}]+"
    rf"|(?<![\w@])www\.[^\s<>\"'，。！？；：、」』）】》{HAN}{KANA}]+"
    rf"|\?[A-Za-z_]\w{{0,40}}=[^\s<>\"'，。！？；：、」』）】》{HAN}{KANA}]+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"
    r"|(?<![\w#&])[#@][^\W\d_]{2}\w{0,80}"
    r"|(?<![\w.@/-])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|org|net|edu|gov|info|io)(?![\w])(?:/[^\s<>\"']*)?"
)
# What each of them holds: addresses are looked for only in words that have it.
_HINT = re.compile(r"://|www\.|\?[A-Za-z_]|@|#|\.(?:com|org|net|edu|gov|info|io)(?!\w)")
_BLANK = re.compile(r"\s")
_MARKUP = re.compile(
    r"</?[A-Za-z][^<>\n]{0,300}>|&(?:[A-Za-z]{2,10}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});"
)
_TRAILING = ".,;:!?)]}'\"…"
_FENCE = re.compile(r"^(```|~~~)[^\n]*\n", re.MULTILINE)
_INLINE_CODE = re.compile(r"`[!-_a-~][ -_a-~]{0,199}`")  # other letters are a quotation

_TOKEN = re.compile(r"[^\s]+")
_STRONG = re.compile(
    r"^(?:[-+*/%&|^!=<>]?=|==|!=|<=|>=|&&|\|\||\+\+|--|->|=>|::|:=|[{}]|\)\{|\};?)$"
    r"|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\(\S*\)?[;,)\]}]*$"
    r"|[A-Za-z_]\w*(?:\[\w*\])+|\w(?:\+\+|--)|[);}];?$|^[<>]$|\w;$|^\(\w+$|\w_\w|\$\w"
)
_SURE = re.compile(
    r"^(?:[-+*/%&|^!=]=|==|=>|->|:=|&&|\|\||=|[{}])$|\w\(\)|\w\.\w+\(|\+\+|\)\s*;|\);|\{|\}|^</?\w+>$"
)
# Without two of these a line is no code; marks in front let the search run at the speed of a scan.
_SIGN = re.compile(r"=|\{|\}|;|\+\+|->|::|&&|\((?<=\w\()")
_KEYWORD = re.compile(
    r"^(?:for|if|while|return|import|from|def|class|function|var|let|const|int|float|char|void"
    r"|else|try|catch|print|echo|public|private|static|new|select|SELECT|elif|export|package)$"
)
_WORD = re.compile(r"^[A-Za-z_]\w*$")
_BRIDGE = 24  # characters of a name between two pieces of code
_NEAR = 40  # characters between two signs of one statement, or round them
_TOKEN_MOST = 100  # characters of a token; longer ones are no statement
_CODE_LEAST = 3  # tokens of code in a row
_CODE_SURE = 2  # of them such as no prose has


Span = tuple[int, int]


def masks(text: str) -> list[Span]:
    """Return the spans of `text` that are no language, in order and without overlap.

    >>> text = "Write to me@site.org or see https://site.org/a?b=c."
    >>> [text[a:b] for a, b in masks(text)]
    ['me@site.org', 'https://site.org/a?b=c']
    """
    found = [*_fences(text), *_addresses(text), *_code(text), *listings(text)]
    found += [match.span() for match in _INLINE_CODE.finditer(text)]
    return list(union(sorted(found)))


def cuts(masked: str) -> bool:
    """Does a mask end a sentence even in the middle of a line? Addresses stand in prose as words.

    >>> cuts("?url=http%3A%2F%2Fa&type=jpg"), cuts("https://site.org")
    (True, False)
    """
    return masked.startswith(("?", "```", "~~~")) or " " in masked


def markup(text: str) -> list[Span]:
    """Return the spans of tags and entities: no words, but no passages of their own either."""
    if "<" not in text and "&" not in text:
        return []
    return [match.span() for match in _MARKUP.finditer(text)]


def _addresses(text: str) -> Iterator[Span]:
    at = 0
    for hint in _HINT.finditer(text):
        if hint.start() < at:
            continue
        start = max(at, *(text.rfind(blank, at, hint.start()) + 1 for blank in " \n"))
        blank = _BLANK.search(text, hint.end())
        at = blank.start() if blank else len(text)
        for match in _ADDRESS.finditer(text, start, at):
            end = match.end()
            while end > match.start() + 1 and text[end - 1] in _TRAILING:
                end -= 1
            yield match.start(), end


def _fences(text: str) -> Iterator[Span]:
    """Code between lines of three backticks or tildes."""
    if "```" not in text and "~~~" not in text:
        return
    at = 0
    while match := _FENCE.search(text, at):
        close = text.find("\n" + match[1], match.end() - 1)
        if close < 0:
            return
        at = text.find("\n", close + 1)
        at = len(text) if at < 0 else at
        yield match.start(), at


def _code(text: str) -> Iterator[Span]:
    """Statements of programming languages: runs of tokens that no prose has."""
    for start, end, signs in _clusters(text):
        if signs >= _CODE_SURE:
            yield from _statements(text, start, end)


def _clusters(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield stretches of a line round signs of code that stand close together, and their number."""
    start = end = signs = 0
    for match in _SIGN.finditer(text):
        here = match.start() - (match[0] == "(")  # a call is a sign with the name's last letter
        if signs and (here - end > _NEAR or "\n" in text[end:here]):
            yield _line_start(text, start), _line_end(text, end), signs
            signs = 0
        if not signs:
            start = here
        end, signs = match.end(), signs + 1
    if signs:
        yield _line_start(text, start), _line_end(text, end), signs


def _line_start(text: str, at: int) -> int:
    """A word's start some way before an offset, in its line."""
    least = max(0, at - _NEAR)
    found = text.rfind("\n", least, at) + 1
    if found or not least:
        return found
    return text.find(" ", least, at) + 1 or at


def _line_end(text: str, at: int) -> int:
    """A word's end some way after an offset, in its line."""
    most = min(len(text), at + _NEAR)
    found = text.find("\n", at, most)
    if found >= 0:
        return found
    return most if most == len(text) else max(at, text.rfind(" ", at, most))


def _statements(text: str, start: int, end: int) -> Iterator[Span]:
    run: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text, start, end):
        if _is_code(token[0]) or (run and _bridges(token, run)):
            run.append(token)
        else:
            yield from _statement(run)
            run = [token] if _KEYWORD.match(token[0]) or _WORD.match(token[0]) else []
    yield from _statement(run)


def _is_code(token: str) -> bool:
    return len(token) <= _TOKEN_MOST and token.isascii() and bool(_STRONG.search(token))


def _bridges(token: re.Match[str], run: list[re.Match[str]]) -> bool:
    """A name or number between two pieces of code belongs to them."""
    last = run[-1][0]
    return (
        len(token[0]) <= _BRIDGE
        and token[0].isascii()
        and (_is_code(last) or bool(_KEYWORD.match(last)))
    )


def _statement(run: list[re.Match[str]]) -> Iterator[Span]:
    while run and not _is_code(run[-1][0]):
        run = run[:-1]
    sure = sum(1 for token in run if _SURE.search(token[0]))
    if len(run) >= _CODE_LEAST and sure >= _CODE_SURE:
        yield run[0].start(), run[-1].end()


def union(spans: list[Span]) -> Iterator[Span]:
    """Spans that touch or overlap become one."""
    at = 0
    while at < len(spans):
        start, end = spans[at]
        at += 1
        while at < len(spans) and spans[at][0] <= end:
            end = max(end, spans[at][1])
            at += 1
        yield start, end


def blank(text: str, spans: list[Span]) -> str:
    """Return the text with blanks in place of the spans' characters; line ends stay.

    >>> blank("a b@c.de f", [(2, 8)])
    'a        f'
    """
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        pieces += (text[at:start], _NOT_BREAK.sub(" ", text[start:end]))
        at = end
    pieces.append(text[at:])
    return "".join(pieces)


_NOT_BREAK = re.compile(r"[^\n]")
