"""Answers that are no translation never take the original's place."""

import pytest

from tests.translate.conftest import whole
from textkit.document import source_text
from textkit.translate import TranslateOptions, translate
from textkit.translate.checks.gate import fault
from textkit.translate.routes import Route, Routes

LONG = "A prefeitura decidiu fechar a ponte velha até o fim da primavera."


@pytest.mark.parametrize(
    ("original", "translation", "expected", "why"),
    [
        (LONG, "♪", "empty", "no letters"),
        (LONG, "", "empty", "nothing at all"),
        (LONG, "The town, the town, the town shuts the bridge.", "loop", "two words, three times"),
        (LONG, "The bridge " * 12, "loop", "a loop to the end"),
        ("Ele riu: ha, ha, ha.", "He laughed: ha, ha, ha.", None, "so it was in the original"),
        ("5 5 5 pontos", "5 5 5 points", None, "figures of a table"),
        (LONG, "No.", "length", "a stump"),
        (LONG, "The town will shut the bridge, it says. " * 6, "loop", "said again and again"),
        (LONG, " ".join(f"word{n} goes on" for n in range(40)), "length", "it runs on"),
        (LONG, LONG, "copy", "an echo"),
        (LONG, "The town shuts the old bridge until the end of spring.", None, "a translation"),
        ("Sim.", "Yes.", None, "short answers are"),
        ("市政府决定关闭旧桥。", "City 政府决定关闭旧桥。", "copy", "most is left in Chinese"),
        ("市政府决定关闭旧桥。", "The city will shut the old bridge.", None, "a translation"),
        ("12,5 %", "12.5%", None, "no letters in the original either"),
    ],
)
def test_fault(original, translation, expected, why):
    lang = "zh" if "市" in original else "pt"
    assert fault(original, translation, lang, "en") == expected, why


class Silent(Routes):
    """An engine that knows one sentence, and hums at the others."""

    name, version = "argos", ""

    def find(self, source):
        return Route(self, "argos:pt>en")

    def names(self, source):
        return None

    def translate(self, sentences):
        return ["The river rose." if "rio" in text else "♪" for text in sentences]


def test_what_the_engine_can_not_translate_stays_and_is_counted():
    text = "O rio subiu. A ponte velha fechou ontem."
    options = TranslateOptions()
    (done,) = translate([whole(text, "pt")], options, Silent(options))
    assert done.text == "The river rose. A ponte velha fechou ontem."
    assert [(c.kind, c.source, c.outcome, c.found) for c in done.checks] == [
        ("sentence", "A ponte velha fechou ontem.", "kept", "♪")
    ]
    assert done.text[done.checks[0].start : done.checks[0].end] == "A ponte velha fechou ontem."
    assert [(p.lang, p.origin) for p in done.passages] == [("en", "pt"), ("pt", None)]
    assert done.lang == "pt"
    assert any("1 sentence kept as written" in warning for warning in done.warnings)
    assert source_text(done) == text
