"""From units to languages: each script's units form one chain through the document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple
from unicodedata import is_normalized, normalize

import numpy as np
from numpy.typing import NDArray

from textkit.detect.chain import best_path, marginals
from textkit.detect.languages import HAN, of_script
from textkit.detect.names import words_between_names
from textkit.detect.options import DetectOptions
from textkit.detect.scoring import Matrix, scores
from textkit.detect.units import AT_BLOCK, AT_QUOTE, AT_SENTENCE, INLINE, NO_LANGUAGE, QUOTE, Unit
from textkit.text.scripts import BEYOND_LATIN

# What a change of language costs, in nats, by what stands between two units (WITHIN to AT_BLOCK).
SWITCH = (8.0, 6.0, 5.0, 5.0, 4.0, 4.0)
PRIOR = 0.5  # weight of the log share that a language has in the document
FEW = 200  # letters of which a document's share is half believed
TEMPERATURE = (
    1.5  # of the probabilities that are told, not of the choice: what says 0.9 is right 95 %
)
UNSEEN = 0.02  # share of a language that the first pass did not find
NAMES = 0.6  # what the letters of names say about the language that they stand in

LISTED = 0.3  # the same of names with marks between them, where the document has prose, too


class Label(NamedTuple):
    """The language of one unit, and the scores that it was chosen by."""

    tag: str
    tags: tuple[str, ...]  # the candidates
    chances: Matrix  # the probability of each, given the whole document
    reason: str


def label(text: str, units: Sequence[Unit], options: DetectOptions) -> list[Label]:
    """Return a label for each unit; `text` has blanks for what is no language."""
    found: dict[int, Label] = {}
    for family in dict.fromkeys(unit.family for unit in units):
        chain = _in_order(units, family)
        found.update(zip(chain, _chain(text, units, chain, family, options), strict=True))
    labels = [found[at] for at in range(len(units))]
    return [_with_host(units, labels, at) for at in range(len(units))]


_SURE = np.array([0.99])  # where the script alone decides


def _chain(
    text: str, units: Sequence[Unit], chain: list[int], family: str, options: DetectOptions
) -> list[Label]:
    if family == NO_LANGUAGE:
        return [Label("zxx", ("zxx",), _SURE, "script")] * len(chain)
    tags = _candidates(family, options.languages)
    if not tags:
        return [Label("und", ("und",), _SURE, "script")] * len(chain)
    if len(tags) == 1:
        reason = "user" if options.languages and len(of_script(family)) > 1 else "script"
        return [Label(tags[0], tags, _SURE, reason)] * len(chain)
    mine = [units[at] for at in chain]
    own = _own_scores([_letters(text, unit) for unit in mine], tags, family)
    if family != HAN:
        tags, own = (*tags, "und"), own if not options.languages else own[:, :-1]
    weights = _weights(text, mine, options.min_letters)
    return _decide(mine, _costs(units, chain), own, tags[: own.shape[1]], weights)


def _own_scores(texts: list[str], tags: tuple[str, ...], family: str) -> Matrix:
    """Return the scores of each text; where it is mostly names, of the words between them."""
    own = scores(texts, tags, family)
    between = {at: rest for at, text in enumerate(texts) if (rest := words_between_names(text))}
    if between:
        named = list(between)
        own[named] = LISTED * own[named] + scores(list(between.values()), tags, family)
    return own


def _candidates(family: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    tags = of_script(family)
    return tags if not allowed else tuple(tag for tag in tags if tag in allowed)


def _in_order(units: Sequence[Unit], family: str) -> list[int]:
    """Return the units of a script, in each paragraph the quotations behind the rest.

    So what follows a quotation is weighed against the sentence that it goes on with.
    """
    chain = [at for at, unit in enumerate(units) if unit.family == family]
    return sorted(chain, key=lambda at: (units[at].block, units[at].kind == QUOTE))


def _costs(units: Sequence[Unit], chain: list[int]) -> list[float]:
    """Return what a change costs before each unit: the strongest break since the one before."""
    costs = [0.0]
    for last, here in pairwise(chain):
        if units[here].block != units[last].block:
            costs.append(SWITCH[AT_BLOCK])
        elif units[here].kind == QUOTE:
            costs.append(SWITCH[AT_QUOTE])
        else:
            costs.append(min(_cost(units[at]) for at in range(last + 1, here + 1)))
    return costs


def _cost(unit: Unit) -> float:
    """The cost of a change before a unit that is no quotation."""
    return SWITCH[AT_SENTENCE if unit.before == AT_QUOTE else unit.before]


def _decide(
    units: Sequence[Unit], costs: list[float], own: Matrix, tags: tuple[str, ...], weights: Matrix
) -> list[Label]:
    if not weights.any():
        weights[:] = 1.0
    weighted = own * weights[:, None]
    reasons = _reasons(units, weighted)
    prior = _prior(units, best_path(weighted, costs), len(tags))
    weighted += prior * (weights > 0)[:, None]
    path, chances = _path(weighted, costs, _hosts_of_quotations(units))
    return [
        Label(tags[choice], tags, row, reason if choice == first else "context")
        for choice, row, (first, reason) in zip(path, chances, reasons, strict=True)
    ]


def _path(
    scores: Matrix, costs: list[float], hosts: NDArray[np.intp]
) -> tuple[NDArray[np.intp], Matrix]:
    """Return each row's column and its probabilities: of the chain, then of the quotations."""
    rows = np.arange(len(scores))
    chain = np.flatnonzero(hosts == rows)
    along = [costs[row] for row in chain]
    path, chances = np.empty(len(scores), np.intp), np.empty_like(scores)
    path[chain] = best_path(scores[chain], along)
    chances[chain] = marginals(scores[chain] / TEMPERATURE, [c / TEMPERATURE for c in along])
    for row in np.flatnonzero(hosts != rows):
        own = scores[row] - costs[row]
        own[path[hosts[row]]] += costs[row]
        odds = np.exp((own - own.max()) / TEMPERATURE)
        path[row], chances[row] = own.argmax(), odds / odds.sum()
    return path, chances


def _hosts_of_quotations(units: Sequence[Unit]) -> NDArray[np.intp]:
    """Return for each quotation the unit round it, for each other unit itself.

    A quotation that is a whole paragraph is its own host.
    """
    hosts = np.arange(len(units))
    for row, unit in enumerate(units[1:], 1):
        last = hosts[row - 1]
        if unit.kind == QUOTE and units[last].block == unit.block and units[last].kind != QUOTE:
            hosts[row] = last
    return hosts


def _reasons(units: Sequence[Unit], own: Matrix) -> list[tuple[int, str]]:
    """The column that each unit speaks for by itself, -1 for none, and what that rests on."""
    firsts = np.where(own.any(axis=1), own.argmax(axis=1), -1).tolist()
    reasons = ("script" if unit.family == HAN else "model" for unit in units)
    return list(zip(firsts, reasons, strict=True))


def _weights(text: str, units: Sequence[Unit], least: int) -> Matrix:
    """How much each unit's own letters count: none where they are too few, little for names."""
    listed = LISTED if any(unit.prose for unit in units) else NAMES

    def weight(unit: Unit) -> float:
        if unit.family != HAN and unit.letters < least:
            return 0.0
        if unit.prose:
            return 1.0
        return listed if _LIST.search(text, unit.start, unit.end) else NAMES

    return np.array([weight(unit) for unit in units])


def _prior(units: Sequence[Unit], path: list[int], size: int) -> Matrix:
    """What the rest of the document says about the languages of each unit."""
    own = np.zeros((len(units), size))
    own[np.arange(len(units)), path] = [unit.letters for unit in units]
    others = own.sum(axis=0) - own
    share = others / (FEW + others.sum(axis=1, keepdims=True))
    return np.asarray(PRIOR * np.log(UNSEEN + share))


def _letters(text: str, unit: Unit) -> str:
    """The unit's text for scoring: without the letters of guests, in plain forms of letters.

    Full-width, mathematical and presentation forms are letters of their language.
    """
    piece = text[unit.start : unit.end]
    if not is_normalized("NFKC", piece):
        piece = normalize("NFKC", piece)
    if unit.family != "Latn":
        return _LATIN.sub(" ", piece)
    return piece if piece.isascii() else _FOREIGN.sub(" ", piece)


_LIST = re.compile(r"\w[,;:|/·•][ \t\u00a0]+(?=\w)|[ \t][|·•/–—][ \t]")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]+")
_FOREIGN = re.compile(f"[{BEYOND_LATIN}]+")


def _with_host(units: Sequence[Unit], labels: list[Label], at: int) -> Label:
    """Latin names alone in a paragraph of another script belong to its language."""
    unit = units[at]
    if unit.family != "Latn" or unit.prose:
        return labels[at]
    near = [units[i] for i in (at - 1, at + 1) if 0 <= i < len(units)]
    hosts = [i for i in (at - 1, at + 1) if 0 <= i < len(units) and _hosts(units[i], unit)]
    if not hosts or len(hosts) < len([other for other in near if other.block == unit.block]):
        return labels[at]
    return labels[hosts[0]]._replace(reason="context")


def _hosts(other: Unit, unit: Unit) -> bool:
    foreign = other.family not in ("Latn", NO_LANGUAGE)
    return foreign and other.block == unit.block and other.kind != INLINE
