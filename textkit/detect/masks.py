"""What is no language: addresses, query strings, numbers, code, mark-up, hashtags.

All patterns are linear: each repeats one class of characters, and no two repeats that can match
the same text stand side by side.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_ADDRESS = re.compile(
    r"(?:https?|ftp|file)://[^\s<>\"'，。！？；：、」』）】》\u4e00-\u9fff\u3040-\u30ff]+"
    r"|(?<![\w@])www\.[^\s<>\"'，。！？；：、」』）】》\u4e00-\u9fff\u3040-\u30ff]+"
    r"|\?[A-Za-z_]\w{0,40}=[^\s<>\"'，。！？；：、」』）】》\u4e00-\u9fff\u3040-\u30ff]+"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}"
    r"|(?<![\w#&])[#@][^\W\d]\w{1,80}"
    r"|(?<![\w.@/-])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|org|net|edu|gov|info|io)(?![\w])(?:/[^\s<>\"']*)?"
)
_MARKUP = re.compile(
    r"</?[A-Za-z][^<>\n]{0,300}>|&(?:[A-Za-z]{2,10}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});"
)
_TRAILING = ".,;:!?)]}'\"…"
_FENCE = re.compile(r"^(```|~~~)[^\n]*\n", re.MULTILINE)
_INLINE_CODE = re.compile(r"`[^`\n]{1,200}`")

_TOKEN = re.compile(r"[^\s]+")
_STRONG = re.compile(
    r"^(?:[-+*/%&|^!=<>]?=|==|!=|<=|>=|&&|\|\||\+\+|--|->|=>|::|:=|[{}]|\)\{|\};?)$"
    r"|[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*\(\S*\)?[;,)\]}]*$"
    r"|[A-Za-z_]\w*(?:\[\w*\])+|\w(?:\+\+|--)|[);}];?$|^[<>]$|\w;$|^\(\w+$|\w_\w|\$\w"
)
_SURE = re.compile(
    r"^(?:[-+*/%&|^!=]=|==|=>|->|:=|&&|\|\||=|[{}])$|\w\(\)|\w\.\w+\(|\+\+|\)\s*;|\);|\{|\}|^</?\w+>$"
)
_KEYWORD = re.compile(
    r"^(?:for|if|while|return|import|from|def|class|function|var|let|const|int|float|char|void"
    r"|else|try|catch|print|echo|public|private|static|new|select|SELECT|elif|export|package)$"
)
_WORD = re.compile(r"^[A-Za-z_]\w*$")
_BRIDGE = 24  # characters of a name between two pieces of code
_CODE_LEAST = 3  # tokens of code in a row
_CODE_SURE = 2  # of them such as no prose has


Span = tuple[int, int]


def masks(text: str) -> list[Span]:
    """Return the spans of `text` that are no language, in order and without overlap.

    >>> text = "Write to me@site.org or see https://site.org/a?b=c."
    >>> [text[a:b] for a, b in masks(text)]
    ['me@site.org', 'https://site.org/a?b=c']
    """
    found = [*_fences(text), *_addresses(text), *_code(text)]
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
    return [match.span() for match in _MARKUP.finditer(text)]


def _addresses(text: str) -> Iterator[Span]:
    for match in _ADDRESS.finditer(text):
        end = match.end()
        while end > match.start() + 1 and text[end - 1] in _TRAILING:
            end -= 1
        yield match.start(), end


def _fences(text: str) -> Iterator[Span]:
    """Code between lines of three backticks or tildes."""
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
    run: list[re.Match[str]] = []
    for token in _TOKEN.finditer(text):
        if (_STRONG.search(token[0]) and token[0].isascii()) or (run and _bridges(token, run)):
            run.append(token)
        else:
            yield from _statement(run)
            run = [token] if _KEYWORD.match(token[0]) or _WORD.match(token[0]) else []
    yield from _statement(run)


def _bridges(token: re.Match[str], run: list[re.Match[str]]) -> bool:
    """A name or number between two pieces of code belongs to them."""
    last = run[-1][0]
    return (
        len(token[0]) <= _BRIDGE
        and token[0].isascii()
        and bool(_STRONG.search(last) or _KEYWORD.match(last))
    )


def _statement(run: list[re.Match[str]]) -> Iterator[Span]:
    while run and not _STRONG.search(run[-1][0]):
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
