"""What was not done is told once for each cause, with the command that mends it."""

from __future__ import annotations

from textkit.report.not_done import causes
from textkit.translate.options import TranslateOptions
from textkit.translate.plan import _glossed, _no_engine

OPTIONS = TranslateOptions()


def test_languages_are_one_cause_with_a_command_for_each() -> None:
    warnings = [(n, _no_engine("de", OPTIONS)) for n in range(9)]
    warnings += [(n, _no_engine("fr", OPTIONS)) for n in range(9, 15)]
    warnings += [(15, _glossed("zh-Hans", OPTIONS))]
    (cause,) = causes(warnings)
    assert cause.text == "9 German, 6 French, 1 Chinese (simplified) articles not translated"
    assert cause.commands == (
        "textkit models install de en",
        "textkit models install fr en",
        "textkit models install zh en",
    )
    assert cause.articles == tuple(range(16))


def test_other_warnings_are_gathered_whatever_their_figures() -> None:
    found = causes([(0, "3 bytes replaced"), (1, "17 bytes replaced"), (2, "no title")])
    assert [cause.text for cause in found] == ["3 bytes replaced (2 articles)", "no title"]
    assert [cause.articles for cause in found] == [(0, 1), (2,)]


def test_nothing_left_undone() -> None:
    assert causes([]) == []
