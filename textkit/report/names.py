"""Names that stand in each other's place in two sentences that are otherwise nearly the same."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from textkit.dedup.story.key_facts import is_calendar_word
from textkit.report.statements import Statement

RARE = 40  # sentences: a term in more of them finds no candidates
SHARED = 3  # rare terms that two sentences must share to be compared
SAME = 0.6  # share of equal words from which two sentences are nearly the same
NEARLY = 0.85  # the same, from which one of the two names may occur in the other article
LONGEST = 4  # words of a name


class Swap(NamedTuple):
    """A name in one sentence, and the one in its place in another."""

    one: Statement
    one_words: range  # among the sentence's tokens
    two: Statement
    two_words: range


def swaps(said: Mapping[int, Sequence[Statement]]) -> Iterator[Swap]:
    """Yield the names that differ between the articles of one story.

    Names that the other article has too, elsewhere, are no other names for one thing: the two
    articles only choose differently whom to mention.
    """
    names = {article: frozenset[str]().union(*(s.names for s in found))
             for article, found in said.items()}  # fmt: skip
    for one, two in _alike(said):
        for low, high, first, last, same in _replaced(one, two):
            left, right = set(_words(one)[low:high]), set(_words(two)[first:last])
            known = left <= one.names and right <= two.names
            known = known and not any(map(is_calendar_word, left | right))
            foreign = (not left & names[two.article]) + (not right & names[one.article])
            if (
                known
                and foreign >= (1 if same >= NEARLY else 2)
                and not _initials(one, two, (low, high), (first, last))
            ):
                yield Swap(one, range(low, high), two, range(first, last))


def _alike(said: Mapping[int, Sequence[Statement]]) -> Iterator[tuple[Statement, Statement]]:
    """Yield pairs of sentences of two articles that share some rare terms."""
    by_term: dict[str, list[Statement]] = defaultdict(list)
    plain = [s for found in said.values() for s in found if not _is_headline(s)]
    for statement in plain:
        for term in statement.terms:
            by_term[term].append(statement)
    for statement in plain:
        shared: Counter[tuple[int, int]] = Counter()
        others: dict[tuple[int, int], Statement] = {}
        for term in statement.terms:
            if len(by_term[term]) <= RARE:
                for other in by_term[term]:
                    if other.article > statement.article:
                        key = other.article, other.start
                        shared[key] += 1
                        others[key] = other
        yield from ((statement, others[k]) for k, n in sorted(shared.items()) if n >= SHARED)


def _is_headline(statement: Statement) -> bool:
    """Does it write so many words with a capital that they tell no names?"""
    return 2 * len(statement.names) > len(statement.tokens)


def _replaced(one: Statement, two: Statement) -> Iterator[tuple[int, int, int, int, float]]:
    """Yield stretches in each other's place in two sentences, and how equal these are."""
    first, second = _words(one), _words(two)
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    same = matcher.ratio() if matcher.quick_ratio() >= SAME else 0.0
    if same < SAME:
        return
    for kind, low, high, start, end in matcher.get_opcodes():
        if kind == "replace" and high - low <= LONGEST and end - start <= LONGEST:
            yield low, high, start, end, same


def _initials(
    one: Statement, two: Statement, first: tuple[int, int], second: tuple[int, int]
) -> bool:
    """Is one name made of the other's first letters?"""
    left, right = _words(one)[slice(*first)], _words(two)[slice(*second)]
    return "".join(w[0] for w in left) == "".join(right) or "".join(w[0] for w in right) == "".join(
        left
    )


def _words(statement: Statement) -> list[str]:
    return [word.casefold() for word, _, _ in statement.tokens]
