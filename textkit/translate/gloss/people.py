"""Names of people that no dictionary has: a surname, and what stands beside it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import cache

from textkit.text.tables import rows
from textkit.translate.gloss.segment import Candidates
from textkit.translate.gloss.words import everyday, sounds, surnames

LISTED = "、"  # the comma between names
DOTS = "·・•‧"  # between the parts of a foreign name
UNNAMED = "某"  # for a given name that is withheld
MAX_PART = 8  # characters of a foreign name between dots
MAX_OFFICE = 5  # characters of the longest word that stands before a name

# Costs in the unit of the lattice (segment.py), set by hand: three characters that are no word cost
# about 27, an everyday word and a character 16.
_SURNAME, _AFTER_OFFICE, _RARE_SURNAME, _GIVEN = 15.0, 8.0, 2.0, 5.5
_SOUND, MIN_FOREIGN = 4.0, 3  # of a foreign name: a character's cost, and how many it has
_SPEAKS = 6.0  # less where a verb of saying follows
_WITHHELD, _AGAIN = 6.0, 8.0
# Characters that are never part of a given name where it is not clear that there is one.
_NEVER_GIVEN = frozenset(
    "的了在是和与及于对为以并也就都不将被把从向说称表则而或到后前时年月日这那有要会个"
)


@cache
def _beside(place: str) -> frozenset[str]:
    table = rows("textkit.translate", "persons_zh.tsv")
    return frozenset(word for word, stands in table if stands == place)


def people_in(
    run: str,
    before: str,
    is_word: Callable[[str], bool],
    is_surname: Callable[[str], bool],
    known: Collection[str] = (),
) -> Candidates:
    """Return the names that could stand in a run of characters: by start, their ends and costs.

    `before` is the mark before the run, `is_surname` knows rare surnames too, and `known` are the
    people of the same sentence so far.

    >>> people_in("记者怀文远说", "", lambda w: False, "怀".__eq__)
    {2: [(4, 15.5), (5, 15.0)], 3: [(5, 14.5)]}
    """
    candidates = {}
    for start in range(len(run) - 1):
        titled = _is_titled(run, start, before)
        size = 2 if run[start : start + 2] in surnames() else 1
        surname = run[start : start + size]
        common = surname in surnames()
        if common or (titled and is_surname(surname)):
            base = (_AFTER_OFFICE if titled else _SURNAME) + (0 if common else _RARE_SURNAME)
            ways = list(_given_names(run, start + size, base, titled))
            ways = [(end, cost) for end, cost in ways if titled or not is_word(run[start:end])]
            ways += [(start + len(n), _AGAIN) for n in known if run.startswith(n, start)]
        else:
            ways = list(_foreign_names(run, start, titled))
        if ways:
            candidates[start] = ways
    return candidates


def _foreign_names(run: str, start: int, titled: bool) -> Iterator[tuple[int, float]]:
    """The ends and costs of the names, spelt by sound, that could start here."""
    end = start
    while end < min(len(run), start + MAX_PART) and run[end] in sounds():
        end += 1
        if end - start >= MIN_FOREIGN:
            yield end, (_AFTER_OFFICE if titled else _SURNAME) + _SOUND * (end - start)


def _is_titled(run: str, start: int, before: str) -> bool:
    """Does an office, or a comma of enumeration, stand before this place?"""
    if start == 0:
        return before == LISTED
    sizes = range(1, min(start, MAX_OFFICE) + 1)
    return any(run[start - size : start] in _beside("before") for size in sizes)


def _given_names(run: str, start: int, cost: float, titled: bool) -> Iterator[tuple[int, float]]:
    """The ends and costs of the given names that could start here."""
    withheld = len(run[start : start + 2]) - len(run[start : start + 2].lstrip(UNNAMED))
    if withheld:
        yield start + withheld, _WITHHELD
        return
    for end in range(start + 1, min(len(run), start + 2) + 1):
        given = run[start:end]
        if _is_given(given, titled):
            speaks = any(run.startswith(verb, end) for verb in _beside("after"))
            yield end, cost + _GIVEN * len(given) - (_SPEAKS if speaks else 0)


def _is_given(given: str, titled: bool) -> bool:
    if given in _beside("forms") or given in _beside("before") or given in everyday():
        return len(given) == 1 and titled and given not in _NEVER_GIVEN
    if given[-1] in _beside("after") or given[-1] in _beside("forms"):
        return False
    return not any(char in _NEVER_GIVEN for char in given)


def tail_of_foreign_name(run: str, following: str) -> int:
    """Return where the first part of a foreign name starts that ends a run before a dot.

    >>> tail_of_foreign_name("总裁埃隆", "·"), tail_of_foreign_name("总裁埃隆", "，")
    (2, 4)
    """
    start = len(run)
    if not following or following not in DOTS:
        return start
    while start and run[start - 1] in sounds() and len(run) - start < MAX_PART:
        start -= 1
    return start


def head_of_foreign_name(run: str, preceding: str) -> int:
    """Return how many characters at the start of a run after a dot belong to the name.

    >>> head_of_foreign_name("马斯克说", "·"), head_of_foreign_name("马斯克说", "")
    (3, 0)
    """
    if not preceding or preceding not in DOTS:
        return 0
    end = 0
    while end < min(len(run), MAX_PART) and run[end] in sounds():
        end += 1
    return end
