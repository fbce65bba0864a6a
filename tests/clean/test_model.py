"""The line model: what only it takes out, why, and what it never takes."""

from __future__ import annotations

from importlib.resources import files

import pytest

from textkit.clean import CleanOptions, clean_text, findings
from textkit.clean.model import weights

STORY = (
    (
        "The harbour council voted on Tuesday to open a second ferry line to the islands next "
        "spring, after two years of talks with the owners of the old boats and with the fishermen."
    ),
    (
        "Residents had asked for the line for years, and the first boats are expected in April, "
        "when the new quay below the customs house is to be ready, the mayor told the council."
    ),
)
TITLE = "Harbour council backs new ferry line"
PAGES = {
    "en": ("Log in", "Subscriber benefits", "Crosswords", TITLE, *STORY,
           "Follow us", "Download our mobile app", "Log in", "Terms of use"),
    "de": ("Home", "Sport", "Newsletter", "Hafenrat stimmt für neue Fährlinie",
           ("Der Hafenrat hat am Dienstag beschlossen, im kommenden Frühjahr eine zweite Fährlinie "
           "zu den Inseln zu eröffnen, nach zwei Jahren der Gespräche mit den Fischern."),
           ("Die Bewohner hatten die Linie seit Jahren gefordert, die ersten Schiffe werden im "
           "April erwartet, wenn der neue Kai fertig ist, sagte die Bürgermeisterin."),
           "Teilen", "Zur Startseite", "Fehler melden", "Diesen Artikel bewerten",
           "Abo bestellen"),
}  # fmt: skip


def text_of(lang):
    return "\n\n".join(PAGES[lang]) + "\n"


@pytest.mark.parametrize("lang", PAGES)
def test_the_story_stays_and_more_than_the_tables_know_goes(lang):
    text = text_of(lang)
    left = clean_text(text).text.split("\n")
    known = clean_text(text, CleanOptions(ignore=("TK13",))).text.split("\n")
    assert [line for line in left if len(line) > 100] == [x for x in PAGES[lang] if len(x) > 100]
    assert set(left) < set(known)


def test_the_reason_names_the_place_and_what_speaks_most():
    by_model = [f for f in findings(text_of("en")) if f.code.startswith("TK13")]
    assert by_model
    for finding in by_model:
        where = {"TK130": "above the title", "TK133": "after the last paragraph"}[finding.code]
        assert finding.reason.startswith(where + ", ")


def test_a_place_is_kept_by_its_name():
    text = text_of("en")
    kept = clean_text(text, CleanOptions(keep=("above-title",)))
    assert not any(edit.rule == "TK130" for edit in kept.edits)
    assert any(edit.rule == "TK130" for edit in clean_text(text).edits)


@pytest.mark.parametrize("lang", PAGES)
def test_strict_takes_no_more(lang):
    strict = clean_text(text_of(lang), CleanOptions(strict=True)).text.split("\n")
    assert set(clean_text(text_of(lang)).text.split("\n")) <= set(strict)


@pytest.mark.parametrize("lang", PAGES)
def test_cleaning_again_changes_nothing(lang):
    once = clean_text(text_of(lang)).text
    assert clean_text(once).text == once


def test_a_text_without_prose_loses_nothing():
    lines = "Log in\nMarkets\nPodcasts\nMore from this section\nGet the app\n"
    assert clean_text(lines).text == lines


def test_the_title_stays_where_all_else_goes():
    cleaned = clean_text(text_of("en"))
    assert cleaned.title == TITLE
    assert TITLE in cleaned.text.split("\n")


def test_the_model_is_small():
    data = files("textkit.clean").joinpath("data")
    sizes = [len(data.joinpath(n).read_bytes()) for n in ("line_model.tsv", "line_words.bin")]
    assert sum(sizes) < 60_000
    assert weights().thresholds.keys() >= {"above", "below", "body", "after"}
