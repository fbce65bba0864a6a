"""TK4xx: passages in another than the main languages, and whether anything translates them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from textkit.check.findings import Finding
from textkit.document import Document, Passage, source_spans, source_text
from textkit.text.lines import LineIndex
from textkit.text.scripts import letters_by_script

LEAST_LETTERS = 4  # in a stretch; a symbol or two of another script is no passage
_NONE = frozenset({"und", "zxx", "mul"})  # no language that anything could translate


def languages(
    cleaned: Document, main: Sequence[str], wanted: frozenset[str], models: tuple[str, ...]
) -> list[Finding]:
    """Return a finding for each foreign stretch of a text; its place is that in the source text."""
    from textkit.detect import DetectOptions, detect_document

    detected = detect_document(cleaned, DetectOptions(level="sentence"))
    route = _route_finder(main, models)
    index = LineIndex(source_text(cleaned))
    stretches = [found for found in _stretches(detected, main) if found[1] >= LEAST_LETTERS]
    places = source_spans(detected, [(passage.start, passage.end) for passage, _ in stretches])
    findings = []
    for (passage, letters), (start, _) in zip(stretches, places, strict=True):
        way = route(passage.lang)
        code = "TK402" if way else "TK401"
        if code in wanted:
            expected = " or ".join(main)
            message = f"{letters} letters of {passage.lang}, where {expected} is expected; "
            message += f"{way} translates them" if way else _advice(passage.lang, main[0])
            findings.append(Finding(cleaned.source, *index.position(start), code, message))
    return findings


def _advice(lang: str, main: str) -> str:
    pair = f"{lang.split('-')[0]} {main.split('-')[0]}"
    return f"no installed model translates them (textkit models install {pair})"


def _stretches(document: Document, main: Sequence[str]) -> Iterator[tuple[Passage, int]]:
    """Yield foreign passages and their letters; one language's neighbours count as one."""
    stretch: list[Passage] = []
    for passage in document.passages:
        if stretch and (
            passage.lang != stretch[-1].lang
            or document.text[stretch[-1].end : passage.start].strip()
        ):
            yield _joined(document.text, stretch)
            stretch = []
        if passage.lang not in _NONE and not any(same_language(passage.lang, m) for m in main):
            stretch.append(passage)
    if stretch:
        yield _joined(document.text, stretch)


def _joined(text: str, stretch: list[Passage]) -> tuple[Passage, int]:
    letters = sum(letters_by_script(text[p.start : p.end]).total() for p in stretch)
    return stretch[0], letters


def same_language(lang: str, main: str) -> bool:
    """Is `lang` the main language? A main language without script or region takes any.

    >>> same_language("zh-Hans", "zh"), same_language("zh-Hant", "zh-Hans")
    (True, False)
    """
    lang, main = lang.lower(), main.lower()
    return lang == main or lang.startswith(main + "-") or main.startswith(lang + "-")


def _route_finder(main: Sequence[str], models: Iterable[str]) -> Callable[[str], str | None]:
    """Return what names the installed package for a language; no model is loaded for that.

    The built-in gloss is no translation and does not count.
    """

    @cache
    def route(lang: str) -> str | None:
        from textkit.translate.models.packages import find_path, installed

        packages = installed(models)[0]
        paths = (find_path(packages, lang, target) for target in main)
        path = next(filter(None, paths), ())
        return " and ".join(package.name for package in path) or None

    return route
