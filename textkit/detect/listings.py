"""Lines that are data or program text: JSON, SQL, source code, counts, file names.

A line that no prose looks like is enough; a line that prose may look like needs a neighbour of its
kind. Every pattern is bound to one line and repeats single classes, so it takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# Lines that are data or code whatever stands beside them.
_SURE = re.compile(
    r"\s*(?:"
    # an object or a list of them on one line
    r"[\[{][ \t\[{]*[\"'][\w .$@/-]{1,60}[\"']\s*:\s*.*[\]}][,;]?"
    # SQL: statements in capitals, and in lower case where a semicolon ends them
    r"|SELECT\b.*\bFROM\b.*|INSERT\s+INTO\b.*|UPDATE\b.*\bSET\b.*=.*|DELETE\s+FROM\b.*"
    r"|(?:CREATE|DROP|ALTER)\s+(?:TABLE|VIEW|INDEX|DATABASE|SCHEMA)\b.*"
    r"|(?:select\b.*\bfrom|insert\s+into|update\b.*\bset|delete\s+from|create\s+table)\b.*;"
    # statements of programs and shells
    r"|from\s+[\w.]+\s+import\s+[\w*(][\w*, ()]*"
    r"|#\s*include\s*[<\"].*|using\s+namespace\s+\w+;|package\s+[\w.]+;|<\?php\b.*"
    r"|(?:async\s+)?def\s+\w+\(.*|class\s+\w+(?:\(.*\))?:|(?:export\s+)?function\s+\w+\(.*"
    r"|(?:const|let|var)\s+[\w{\[].*=.*|#!/\S.*|\$\s+[a-z][\w-]*(?:\s.*)?"
    r"|[A-Za-z_]\w*(?:\.\w+)+\(.*\);?|[A-Za-z_]\w*\([^()]*[.=\"'][^()]*(?:\(.*\))?[^()]*\);?"
    # one word with a number in front of a unit: a count, a size, a length of time
    r"|[+-]?\d[\d.,:]*[ \u00a0]?[A-Za-z]{1,2}\+?"
    # the name of a file
    r"|[\w()./\\:-]+\.(?:pdf|docx?|xlsx?|pptx?|odt|csv|tsv|jsonl?|xml|ya?ml|toml|ini|html?|txt|md|log"
    r"|py|js|ts|css|java|cpp|rs|go|sh|sql|zip|gz|tar|rar|7z|exe|jpe?g|png|gif|svg|webp|bmp|tiff?"
    r"|mp[34]|wav|avi|mov|mkv|webm|epub)"
    r")[ \t\r]*",
)
# Lines that are data or code beside another such line.
_LIKELY = re.compile(
    r"\s*(?:"
    r"\"[^\"]{1,60}\"\s*:\s*(?:\"[^\"]*\"|[-\d.eE+]+|true|false|null|[\[{].*),?"
    r"|[\[\]{}()]{1,3}[,;]?|\"[^\"]*\",|-?\d[\d.eE+-]*,"
    r"|(?:FROM|WHERE|JOIN|(?:INNER|LEFT|RIGHT|OUTER)\s+JOIN|ORDER\s+BY|GROUP\s+BY|HAVING|VALUES|LIMIT)\b.*"
    r"|import\s+[\w.]+(?:\s+as\s+\w+)?(?:,\s*[\w.]+(?:\s+as\s+\w+)?)*;?"
    r"|(?:if|for|while|elif|with|try|else|except)\b.*:|(?:if|for|while|switch|catch)\s*\(.*\{"
    r"|(?:return|raise|yield|assert)\b.*|[A-Za-z_][\w.\[\]\"']*\s*[-+*/|]?=\s*\S.*"
    r"|[A-Za-z_]\w*\(.*\);?|[\w.#:,>~ -]+\{|[a-z-]+\s*:\s*[^;]+;|\}.*|(?://|#)\s?\w.*"
    r")[ \t\r]*",
)

Span = tuple[int, int]


def listings(text: str) -> Iterator[Span]:
    """Yield the spans of lines that are no language, in order.

    >>> [text[a:b] for text in ["Views\\n2.81K\\nsoon"] for a, b in listings(text)]
    ['2.81K']
    """
    run: list[Span] = []
    sure = 0
    for start, end in _lines(text):
        strong = _SURE.fullmatch(text, start, end) is not None
        if strong or _LIKELY.fullmatch(text, start, end):
            run.append((start, end))
            sure += strong
            continue
        yield from _span(run, sure)
        run, sure = [], 0
    yield from _span(run, sure)


def _lines(text: str) -> Iterator[Span]:
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        yield start, end
        start = end + 1


def _span(run: list[Span], sure: int) -> Iterator[Span]:
    """The run of lines as one span, where it holds a sure line or two likely ones."""
    if sure or len(run) >= _TOGETHER:
        yield run[0][0], run[-1][1]


_TOGETHER = 3  # likely lines in a row without a sure one
