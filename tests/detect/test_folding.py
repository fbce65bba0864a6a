"""Letters in compatibility forms, and letters that one language alone writes."""

import unicodedata

import pytest

from textkit.detect import analyse

ENGLISH = "The council met on Tuesday and voted for the new bridge over the river."


def langs(text: str) -> set[str]:
    """Return the languages of a text's passages."""
    return {finding.passage.lang for finding in analyse(text)}


def test_full_width_letters_are_letters_of_their_language() -> None:
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in ENGLISH)
    assert unicodedata.normalize("NFKC", wide) == ENGLISH
    assert langs(wide) == {"en"}


@pytest.mark.parametrize("text", ["Məktəbdə yeni kitabxana açıldı və uşaqlar sevindilər."])
def test_a_letter_of_one_language_decides(text: str) -> None:
    assert langs(text) == {"az"}
