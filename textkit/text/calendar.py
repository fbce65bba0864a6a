"""Names of months and weekdays in the languages of the web, from the Unicode CLDR."""

from __future__ import annotations

from functools import cache

from textkit.text.languages import base
from textkit.text.tables import rows

MAX_SHORT = 4  # letters of a month's short form
_TABLES = ("calendar.tsv", "calendar_more.tsv")


@cache
def names_of(kind: str) -> frozenset[str]:
    """Return all names of `month` or `weekday`, in lower case, without a last stop.

    >>> "березня" in names_of("month"), "fri" in names_of("weekday")
    (True, True)
    """
    return frozenset(name for row in _rows() if row[1] == kind for name in [row[3]])


def month_number(name: str, lang: str | None = None, day_stop: bool = False) -> int | None:
    """Return the number of a month by its name in `lang`, or in any language if it is not known.

    Four names are two months: `listopad` is November in Polish and October in Croatian. Without
    a language, `day_stop` decides: Croatian writes a stop after the day (12. listopada).

    >>> month_number("März"), month_number("listopada"), month_number("listopada", "hr")
    (3, 11, 10)
    """
    by_lang = _months().get(name.lower().replace("i̇", "i").replace("’", "'").rstrip("."), {})
    if not by_lang:
        return None
    if (code := base(lang)) in by_lang:
        return by_lang[code]
    fitting = [month for code, month in by_lang.items() if (code in _stopped()) == day_stop]
    return (fitting or list(by_lang.values()))[0]


def short_months() -> list[tuple[str, str]]:
    """Return the short forms of months, each with its language."""
    return [(row[0], row[3]) for row in _rows() if row[1] == "month" and len(row[3]) <= MAX_SHORT]


def month_name(month: int, lang: str = "en") -> str:
    """Return the name of a month, capitalised.

    >>> month_name(3)
    'March'
    """
    code = base(lang)
    names = (row[3] for row in _rows() if row[:3] == [code, "month", str(month)])
    return next(names).capitalize()


@cache
def _rows() -> tuple[list[str], ...]:
    return tuple(row for table in _TABLES for row in rows("textkit.text", table))


@cache
def _months() -> dict[str, dict[str, int]]:
    months: dict[str, dict[str, int]] = {}
    for lang, kind, number, name in _rows():
        if kind == "month":
            months.setdefault(name, {}).setdefault(lang, int(number))
    return months


@cache
def _stopped() -> frozenset[str]:
    """Languages that write a stop after the day of a date."""
    return frozenset(lang for lang, kind, _, form in _rows() if kind == "day" and form == "d.")


def weekday_number(name: str, lang: str | None = None) -> int | None:
    """Return the number of a weekday by its name in `lang`; Monday is 1.

    >>> weekday_number("quarta-feira", "pt"), weekday_number("周三", "zh")
    (3, 3)
    """
    return _weekdays().get((base(lang), name.lower().rstrip(".")))


def names_in(kind: str, lang: str) -> list[str]:
    """Return the names of `month` or `weekday` in one language, in lower case."""
    code = base(lang)
    return [name for of_lang, of_kind, _, name in _rows() if (of_lang, of_kind) == (code, kind)]


@cache
def _weekdays() -> dict[tuple[str, str], int]:
    return {(lang, name): int(number) for lang, kind, number, name in _rows() if kind == "weekday"}
