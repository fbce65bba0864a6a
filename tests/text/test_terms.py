"""Terms: every language that has a stemmer has one that works."""

from __future__ import annotations

import pytest

from textkit.text.stopwords import stop_words
from textkit.text.tables import rows
from textkit.text.terms import terms

LANGUAGES = [code for code, _, _ in rows("textkit.text", "languages.tsv")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_has_terms_without_a_package_that_is_not_installed(lang):
    assert terms(["prom", "лодка", "qwertz"], lang)
    assert isinstance(stop_words(lang), frozenset)
