"""Translating with checks: a gate for every answer, a second try for what it lost, repairs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from textkit.translate.checks.expect import LATIN, LITERAL_KIND, NAME, TERM, Checker, Missing
from textkit.translate.checks.gate import fault
from textkit.translate.checks.repair import (
    REPAIRED,
    STILL_MISSING,
    mend,
    pieces,
    wants_repair,
    with_names,
)
from textkit.translate.engine import Engine
from textkit.translate.engines.clauses import clauses
from textkit.translate.forms import translate_forms

KEPT = "kept"  # the outcome of a sentence whose answer is no translation
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
    rejected: str | None = None  # an answer that is no translation, so that the original stays

    @property
    def is_kept(self) -> bool:
        """Whether the original stays, since the engine gave no translation of it."""
        return self.rejected is not None


def translate_checked(
    sentences: Sequence[str], engine: Engine, checker: Checker, repair: str
) -> list[Translated]:
    """Return the translation of each sentence, checked and mended as `repair` allows."""
    first = translate_forms(sentences, engine)
    answers = _gated(sentences, first, engine, checker)
    passed = [i for i, answer in enumerate(answers) if answer is not None]
    checked = _checked(
        [sentences[i] for i in passed], [answers[i] or "" for i in passed], engine, checker, repair
    )
    result = [Translated(s, rejected=answer) for s, answer in zip(sentences, first, strict=True)]
    for i, translated in zip(passed, checked, strict=True):
        result[i] = translated
    return result


def _gated(
    sentences: Sequence[str], answers: Sequence[str], engine: Engine, checker: Checker
) -> list[str | None]:
    """Each answer that may be a translation, else that of a retry; None where none may be."""

    def is_sound(i: int, answer: str) -> bool:
        return fault(sentences[i], answer, checker.source, checker.target) is None

    found: list[str | None] = [a if is_sound(i, a) else None for i, a in enumerate(answers)]
    for retry in (_by_clauses, _in_lower_case, _alone):
        failed = [i for i, answer in enumerate(found) if answer is None]
        retried = retry([sentences[i] for i in failed], engine, checker)
        for i, answer in zip(failed, retried, strict=True):
            found[i] = answer if answer is not None and is_sound(i, answer) else None
    return found


def _by_clauses(sentences: Sequence[str], engine: Engine, checker: Checker) -> Iterator[str | None]:
    """The clauses of each sentence, translated one by one; None unless all are sound."""
    parts = [clauses(sentence) for sentence in sentences]
    texts = [text for of_one in parts if len(of_one) > 1 for text in of_one]
    done = iter(engine.translate(texts) if texts else [])
    for of_one in parts:
        if len(of_one) < 2:
            yield None
            continue
        answers = [next(done).strip() for _ in of_one]
        pairs = zip(of_one, answers, strict=True)
        bad = any(fault(part, answer, checker.source, checker.target) for part, answer in pairs)
        yield None if bad else " ".join(answers)


def _in_lower_case(sentences: Sequence[str], engine: Engine, _: Checker) -> Iterator[str | None]:
    lowered = [sentence.lower() for sentence in sentences]
    changed = [low for low, s in zip(lowered, sentences, strict=True) if low != s]
    done = dict(zip(changed, engine.translate(changed) if changed else [], strict=True))
    for low in lowered:
        answer = done.get(low)
        yield answer and answer[:1].upper() + answer[1:]


def _alone(sentences: Sequence[str], engine: Engine, _: Checker) -> Iterator[str | None]:
    """Each sentence by itself: what shares its batch may change what an engine answers."""
    for sentence in sentences:
        yield engine.translate([sentence])[0]


def _checked(
    sentences: Sequence[str],
    first: Sequence[str],
    engine: Engine,
    checker: Checker,
    repair: str,
) -> list[Translated]:
    """What each answer lacks, after a second try and repairs, and what it adds."""
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
    if second is None or fault(sentence, second, checker.source, checker.target):
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
