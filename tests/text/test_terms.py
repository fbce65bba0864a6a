"""Terms: every language that is named has a stemmer that works, or none."""

from __future__ import annotations

import pytest

from textkit.document import Document
from textkit.summarize import SummarizeOptions, summarize_document
from textkit.text.stopwords import package_names
from textkit.text.tables import rows
from textkit.text.terms import stemmer

NAMED = [row[0] for row in rows("textkit.text", "languages.tsv")]
DETECTED = [row[0] for row in rows("textkit.detect", "languages.tsv")]


@pytest.mark.parametrize("lang", NAMED)
def test_a_stemmer_that_is_named_is_there(lang):
    """Sumy's Polish one is named by sumy, but needs a package that it does not bring."""
    assert stemmer(lang)("2026") == "2026"
    has_one = package_names(lang)[1] is not None
    assert (stemmer(lang) is not stemmer(None)) == has_one


@pytest.mark.parametrize("lang", sorted({*NAMED, *DETECTED}))
def test_a_text_in_any_language_is_summarized(lang):
    text = "Rząd ogłosił plan na 2026 rok. Minister mówił o szkołach. Plan kosztuje 400 milionów."
    document = Document("a", "-", text, lang=lang)
    summary = summarize_document(document, SummarizeOptions()).summary
    assert summary
