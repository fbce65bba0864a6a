"""Translating with a check: what a translation must keep, and a second try where it did not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from textkit.translate.checks.expect import LATIN, LITERAL_KIND, NAME, TERM, Checker, Missing
from textkit.translate.checks.repair import (
    REPAIRED,
    STILL_MISSING,
    mend,
    pieces,
    wants_repair,
    with_names,
)
from textkit.translate.engine import Engine

KINDS = {TERM: NAME, LITERAL_KIND: LATIN}  # as the record calls them, where it has another word


_BEFORE_MARK = re.compile(r"(?<=\S) (?=[.,;:!?)\]”’](?:\s|$))")


class Finding(NamedTuple):
    """Something that the first translation lacked, and what became of it."""

    missing: Missing
    outcome: str  # missing, repaired, bracketed


@dataclass(frozen=True)
class Translated:
    """A translated sentence, and what was the matter with it."""

    text: str
    findings: tuple[Finding, ...] = ()
    added: tuple[str, ...] = ()  # numbers that the original has not


def translate_checked(
    sentences: Sequence[str], engine: Engine, checker: Checker, repair: str
) -> list[Translated]:
    """Return the translation of each sentence, checked and mended as `repair` allows."""
    first = engine.translate(sentences)
    lacking = [checker.missing(s, t) for s, t in zip(sentences, first, strict=True)]
    bad = [i for i, missing in enumerate(lacking) if missing]
    result = [Translated(text) for text in first]
    second = _second_try([(sentences[i], lacking[i]) for i in bad], engine, repair)
    for i, retried in zip(bad, second, strict=True):
        text, left = _better(sentences[i], first[i], lacking[i], retried, checker)
        mended = [Finding(m, REPAIRED) for m in lacking[i] if m not in left]
        result[i] = Translated(text, (*mended, *(Finding(m, STILL_MISSING) for m in left)))
    mended_all = _mend_all(sentences, result, engine, repair)
    return [
        replace(done, added=tuple(checker.added(sentence, done.text)))
        for sentence, done in zip(sentences, mended_all, strict=True)
    ]


def _second_try(
    work: Sequence[tuple[str, list[Missing]]], engine: Engine, repair: str
) -> list[str | None]:
    """What the engine makes of sentences with the lost names put in, URLs and code left out."""
    parts: list[list[str]] = []
    for sentence, missing in work:
        allowed = [m for m in missing if wants_repair(m, repair)]
        changed = with_names(sentence, allowed)
        literal = any(m.kind == LITERAL_KIND for m in allowed)
        parts.append(pieces(changed) if literal else [changed] if changed != sentence else [])
    texts = [p for of_one in parts for n, p in enumerate(of_one) if n % 2 == 0 and p.strip()]
    done = dict(zip(texts, engine.translate(texts), strict=True)) if texts else {}
    return [_joined(of_one, done) for of_one in parts]


def _joined(parts: list[str], done: dict[str, str]) -> str | None:
    """Translated pieces with the literals between them; null where nothing was tried."""
    if not parts:
        return None
    joined = " ".join(
        text
        for n, part in enumerate(parts)
        if (text := part if n % 2 else done.get(part, "").strip())
    )
    return _BEFORE_MARK.sub("", joined)


def _better(
    sentence: str, first: str, lacking: list[Missing], second: str | None, checker: Checker
) -> tuple[str, list[Missing]]:
    """The try that lacks less; the second must lose nothing that the first had."""
    if second is None:
        return first, lacking
    left = checker.missing(sentence, second)
    if len(left) < len(lacking) and set(left) <= set(lacking):
        return second, left
    return first, lacking


def _mend_all(
    sentences: Sequence[str], results: list[Translated], engine: Engine, repair: str
) -> list[Translated]:
    """Put what is still missing where the engine's own word for it stands, or in brackets."""
    names = sorted(
        {
            finding.missing.source
            for result in results
            for finding in result.findings
            if finding.outcome == STILL_MISSING
            and finding.missing.kind in (NAME, TERM)
            and wants_repair(finding.missing, repair)
        }
    )
    rendering = dict(zip(names, engine.translate(names), strict=True)) if names else {}
    return [
        _mend_one(sentence, result, rendering, repair)
        for sentence, result in zip(sentences, results, strict=True)
    ]


def _mend_one(
    sentence: str, result: Translated, rendering: dict[str, str], repair: str
) -> Translated:
    text, findings = result.text, []
    for finding in result.findings:
        missing, outcome = finding.missing, finding.outcome
        if outcome == STILL_MISSING and wants_repair(missing, repair):
            text, outcome = mend(sentence, text, missing, rendering.get(missing.source))
        findings.append(Finding(missing, outcome))
    return Translated(text, tuple(findings))
