"""Where texts that tell one fact differ in a number or a name.

Two sentences tell one fact if they are nearly the same, or if both are about the same large
amount ("the 100,000 chips") and give the two values in the same words ("in just ..."). They differ
if the values measure one thing and are not equal. Whatever shows that the sentences are about
different things after all is a veto: other names, other years, several other values.

The thresholds were chosen on one half of the development pages and story groups, by reading what
they found, and confirmed on the other half.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import log
from typing import NamedTuple

from textkit.report.names import Swap, swaps
from textkit.report.statements import Given, Mention, Statement, telling
from textkit.report.values import CODE, YEAR, agree
from textkit.text.stopwords import stop_words

MOST_MENTIONS = 120  # of values that can be compared with each other
MOST_SAYINGS = 3  # sentences shown for one value
MOST_SIDES = 4
MOST_DIFFERENCES = 12
NAME = "name"
ALIKE = 0.28  # similarity from which sentences of two articles of one story tell one fact
ALIKE_WITHIN = 0.5  # the same within one article, which often says like things of unlike ones
SAME_SENTENCE = 0.75  # similarity from which the words round the values need not be the same
SAME_WORDS = 3  # round the values of such sentences
ANCHORED_WORDS = 2  # round the values of sentences that share a large amount
ANCHORED_CODE = 4  # the same for model names, which stand in the amount's own phrase


class Saying(NamedTuple):
    """A sentence and the value in it that others contradict."""

    article: int
    start: int  # of the sentence
    end: int
    value_start: int
    value_end: int


class Side(NamedTuple):
    """One value and the sentences that give it."""

    value: str
    sayings: tuple[Saying, ...]


class Difference(NamedTuple):
    """Values of one thing that do not agree."""

    kind: str  # number, model, name
    sides: tuple[Side, ...]


_Pair = tuple[Statement, Mention, Statement, Mention]


def compare(said: Mapping[int, Sequence[Statement]], across: bool = False) -> list[Difference]:
    """Return the differences within one article, or `across` the articles of a story."""
    weights = _Weights([s for found in said.values() for s in found])
    pairs = [p for p in _candidates(said, across) if _tell_one_fact(p, weights, across)]
    found = _gather([_values(pair) for pair in pairs])
    if across:
        found += _gather([_swapped(swap) for swap in swaps(said)])
    return found[:MOST_DIFFERENCES]


class _Weights:
    """How much a shared word or amount says: the rarer, the more."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self._number = len(statements)
        self._terms = Counter(term for s in statements for term in s.terms)
        self._stop = stop_words("en")

    def similarity(self, one: Statement, two: Statement) -> float:
        """Return the weighted Dice coefficient of two sentences' words."""
        both = sum(map(self._weight, one.terms & two.terms))
        each = sum(map(self._weight, one.terms)) + sum(map(self._weight, two.terms))
        return 2 * both / each if each else 0.0

    def _weight(self, term: str) -> float:
        return log(1 + self._number / self._terms[term])

    def frame(self, one: Mention, two: Mention) -> int:
        """Return how many words round two values are the same; content words count twice."""
        shared = [*(one.left & two.left), *(one.right & two.right)]
        return sum(1 if word in self._stop else 2 for word in shared)


def _candidates(said: Mapping[int, Sequence[Statement]], across: bool) -> Iterator[_Pair]:
    """Yield pairs of mentions of comparable values that are not equal."""
    by_unit: dict[str, list[tuple[Statement, Mention]]] = defaultdict(list)
    for found in said.values():
        for statement in found:
            for mention in statement.mentions:
                by_unit[mention.value.unit].append((statement, mention))
    for mentions in by_unit.values():
        for (one, value), (two, other) in combinations(mentions[:MOST_MENTIONS], 2):
            apart = one.article != two.article if across else one.number != two.number
            if apart and _disagree(one, value, two, other):
                yield one, value, two, other


def _disagree(one: Statement, value: Mention, two: Statement, other: Mention) -> bool:
    """A sentence that gives both values contradicts neither."""
    first, second = value.value, other.value
    both = (first.unit, second.amount) in one.given or (first.unit, first.amount) in two.given
    return not both and not agree(first, second)


def _tell_one_fact(pair: _Pair, weights: _Weights, across: bool) -> bool:
    one, value, two, other = pair
    if one.item or two.item:
        return False  # items of a list tell of one thing each
    if one.times and two.times and not one.times & two.times:
        return False  # each of its month
    frame = weights.frame(value, other)
    alike = weights.similarity(one, two)
    if alike >= SAME_SENTENCE and across:
        return True
    if _other_subject(one, two):
        return False
    if alike >= (ALIKE if across else ALIKE_WITHIN) and frame >= SAME_WORDS:
        return True
    unit = value.value.unit
    if unit == YEAR or not _shared_amounts(one, two, unit):
        return False
    return frame >= (ANCHORED_CODE if unit.startswith(CODE) else ANCHORED_WORDS)


def _other_subject(one: Statement, two: Statement) -> bool:
    """Do names, years or several values show that two sentences are about different things?"""
    if one.opening and two.opening and one.opening != two.opening:
        return True
    if one.names and two.names and not _with_before(one) & _with_before(two):
        return True
    years = [{amount for unit, amount in s.given if unit == YEAR} for s in (one, two)]
    if all(years) and not years[0] & years[1]:
        return True
    shared = one.given & two.given
    units = Counter(unit for unit, _ in one.given - shared)
    return not shared and sum(unit in units for unit, _ in two.given) > 1


def _with_before(statement: Statement) -> frozenset[str]:
    return statement.names | statement.names_before


def _shared_amounts(one: Statement, two: Statement, unit: str) -> bool:
    """Do two sentences, or those before them, share a large amount of something else?"""
    if one.article == two.article and abs(one.number - two.number) == 1:
        return any(telling(given) for given in one.given & two.given)
    first, second = one.given | one.given_before, two.given | two.given_before
    return any(given[0] != unit and telling(given) for given in first & second)


_Entry = tuple[Given, Saying, str]  # what is said, where, and in which words


def _values(pair: _Pair) -> tuple[_Entry, _Entry]:
    one, value, two, other = pair
    return _value(one, value), _value(two, other)


def _value(statement: Statement, mention: Mention) -> _Entry:
    value = mention.value
    saying = Saying(statement.article, statement.start, statement.end, value.start, value.end)
    return (value.unit, value.amount), saying, mention.shown


def _swapped(swap: Swap) -> tuple[_Entry, _Entry]:
    return _named(swap.one, swap.one_words), _named(swap.two, swap.two_words)


def _named(statement: Statement, place: range) -> _Entry:
    tokens = statement.tokens[place.start : place.stop]
    saying = Saying(statement.article, statement.start, statement.end, tokens[0][1], tokens[-1][2])
    shown = " ".join(word for word, _, _ in tokens)
    return (NAME, shown), saying, shown


def _gather(pairs: Sequence[tuple[_Entry, _Entry]]) -> list[Difference]:
    """Join pairs that share a value into differences of two or more sides."""
    groups: list[set[Given]] = []
    sayings: dict[Given, dict[Saying, str]] = defaultdict(dict)
    for pair in pairs:
        keys = {key for key, _, _ in pair}
        for key, saying, shown in pair:
            sayings[key][saying] = shown
        joined = [group for group in groups if group & keys]
        groups = [group for group in groups if not group & keys]
        groups.append(keys.union(*joined))
    return [_difference(group, sayings) for group in groups]


def _difference(group: set[Given], sayings: Mapping[Given, Mapping[Saying, str]]) -> Difference:
    sides = []
    for key in sorted(group, key=lambda k: min(sayings[k])):
        said = sorted(sayings[key])
        sides.append(Side(sayings[key][said[0]], tuple(said[:MOST_SAYINGS])))
    unit = next(iter(group))[0]
    kind = "name" if unit == NAME else "model" if unit.startswith(CODE) else "number"
    return Difference(kind, tuple(sides[:MOST_SIDES]))
