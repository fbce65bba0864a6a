"""Write the tables of months, weekdays, scale words and number words from the Unicode CLDR.

python -m tools.cldr (needs the packages babel and unicode-rbnf, which carry the data)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "textkit" / "text" / "data"
# Languages of the tables, the most read on the web first: of two with one word for two months,
# and nothing that tells which, the first is right.
LANGUAGES = """
    en es de ru fr ja pt tr it fa nl pl zh vi id cs ko uk ar el sv he ro hu th da sk fi bg nb hr
    sr lt sl et lv ca az hi bn ta te mr gu kn ml pa ur ne si my km lo ka hy kk uz mn is sq mk bs
    be ms sw af eu gl ga eo tl am
""".split()
_LETTER = re.compile(r"[^\W\d_]")
_CALENDAR = """\
# Names of months and weekdays: language, kind, number (Monday is 1), name in lower case without a
# last stop. Kind `day`: has a day before a month's name a stop (d.) or not (d)?
# Made by tools/cldr.py from the Unicode CLDR, as in the package Babel (Unicode License v3).
# Do not edit: what it lacks stands in calendar_more.tsv.
"""
_SCALES = """\
# Words that multiply the number before them: language, word in lower case, factor.
# Made by tools/cldr.py from the Unicode CLDR's compact number formats, as in the package Babel
# (Unicode License v3). Do not edit: what it lacks stands in scales.tsv.
"""
_NUMBERS = """\
# Words for numbers: language, word in lower case, value. 2 to 19, tens to 90, a hundred; no word
# that stands for several numbers.
# Made by tools/cldr.py from the Unicode CLDR's spell-out rules, as in the package unicode-rbnf
# (Unicode License v3). Do not edit.
"""


def plain(text: str) -> str:
    """Return a name as the tables have it: composed, in lower case, without invisible marks."""
    text = unicodedata.normalize("NFC", text).replace("\xad", "").replace("\u200f", "")
    return text.lower().replace("i̇", "i").replace("’", "'").strip(" .\u00a0")


def calendar_rows(lang: str) -> Iterator[tuple[str, str, str, str]]:
    """Yield the rows of one language: its months, its weekdays, how it writes a day."""
    from babel import Locale

    locale = Locale.parse(lang)
    seen = set()
    for kind, names, shift in (("month", locale.months, 0), ("weekday", locale.days, 1)):
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in sorted(names[context][width].items()):
                    word = plain(name)
                    if len(_LETTER.findall(word)) > 1 and (kind, word) not in seen:
                        seen.add((kind, word))
                        yield lang, kind, str(number + shift), word
    pattern = str(locale.date_formats["long"])
    if day := re.search(r"d+\.?", pattern):
        yield lang, "day", "0", "d." if day[0].endswith(".") else "d"


def scale_rows(lang: str) -> Iterator[tuple[str, str, str]]:
    """Yield what multiplies a number in one language: word and factor."""
    from babel import Locale

    formats: Any = Locale.parse(lang).compact_decimal_formats
    seen = set()
    for width in ("long", "short"):
        for by_size in formats.get(width, {}).values():
            for size, pattern in by_size.items():
                digits = re.search(r"0+", pattern.pattern)
                word = plain(re.sub(r"[0¤'\s\u200e\u200f]+", " ", pattern.pattern))
                if digits is None or not _LETTER.search(word):
                    continue
                factor = int(size) // 10 ** (len(digits[0]) - 1)
                if (
                    (word, factor) not in seen
                    and (len(word) > 1 or not word.isascii())
                    and " " not in word
                ):
                    seen.add((word, factor))
                    yield lang, word, str(factor)


def number_rows(lang: str) -> Iterator[tuple[str, str, str]]:
    """Yield the number words of one language that stand for one number and nothing else."""
    from unicode_rbnf import RbnfEngine

    try:
        engine = RbnfEngine.for_language(lang)
    except ValueError:
        return
    values: dict[str, set[int]] = {}
    if not engine.rulesets:
        return
    for value in (*range(2, 20), *range(20, 100, 10), 100):
        spelt = engine.format_number(value).text_by_ruleset
        for word in sorted({plain(spelt[name]) for name in spelt if "year" not in name}):
            if word.isalpha() or not word.isascii():
                values.setdefault(word, set()).add(value)
    for word, several in values.items():
        if len(several) == 1 and " " not in word and not any(map(str.isdigit, word)):
            yield lang, word, str(*several)


def _write(name: str, header: str, rows: Iterator[tuple[str, ...]]) -> None:
    text = header + "".join("\t".join(row) + "\n" for row in rows)
    (DATA / name).write_text(text, encoding="utf-8")


def main() -> None:
    """Write the three tables."""
    _write("calendar.tsv", _CALENDAR, (row for lang in LANGUAGES for row in calendar_rows(lang)))
    _write("number_words.tsv", _NUMBERS, (row for lang in LANGUAGES for row in number_rows(lang)))
    _write("scales_cldr.tsv", _SCALES, (row for lang in LANGUAGES for row in scale_rows(lang)))


if __name__ == "__main__":
    main()
