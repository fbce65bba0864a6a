"""Words, terms, stop words and quotations in many scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textkit.text import numbers
from textkit.text.blocks import blocks
from textkit.text.quotes import quotations
from textkit.text.scripts import COMMON, script_of
from textkit.text.stopwords import likely_language, stop_words
from textkit.text.tables import rows
from textkit.text.terms import surface_terms, terms
from textkit.text.words import count_words, word_spans, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Straße ＧＰＵ", ["strasse", "gpu"]),
        ("naïve café", ["naïve", "café"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("ΑΘΗΝΑ", ["αθηνα"]),
        ("L'Europe n’est", ["l'europe", "n’est"]),
        ("3.5% of 1,000", ["3.5", "of", "1,000"]),
        ("英伟达GPU", ["英", "伟", "达", "gpu"]),
        ("סוף־סוף", ["סוף", "סוף"]),
        ("a_b", ["a", "b"]),
        ("", []),
    ],
)
def test_words_of_many_scripts(text, expected):
    assert words(text) == expected


@given(st.text(alphabet=st.characters(max_codepoint=0x2FFFF), max_size=40))
def test_word_spans_are_ordered_and_hold_letters_or_digits(text):
    at = 0
    for start, end in word_spans(text):
        assert at <= start < end
        assert any(char.isalnum() or script_of(char) != COMMON for char in text[start:end])
        at = end


@pytest.mark.parametrize(
    ("lang", "commonest"),
    [
        ("en", "the of and to in a"),
        ("fr", "de la le et les des à un une en du que est dans"),
        ("de", "der die und in den von zu das mit sich hat"),
        ("es", "de la que el en y a los se del las un por con no una al"),
        ("pt", "de a o que e do da em um para com não uma os no se na por"),
        ("it", "di e il la che in a per un del non una con si le da"),
        ("uk", "і в на не що з у до та як за"),
        ("ru", "и в не на что с по как это он"),
        ("pl", "w i na z się do nie to że jest"),
    ],
)
def test_the_commonest_words_of_a_language_are_stop_words(lang, commonest):
    assert set(commonest.split()) <= stop_words(lang)


def test_stems_and_stop_words_by_language():
    assert terms(words("The chips were delivered"), "en") == ["chip", "deliv"]
    assert terms(words("Чипы были доставлены"), "ru") == ["чип", "доставл"]
    assert terms(words("die Häuser"), "de") == ["haus"]
    assert terms(words("芯片供应"), "zh") == ["芯片", "片供", "供应"]
    assert terms(words("ett hus"), None) == ["ett", "hus"]
    assert len(terms(words("ฝนตกหนักมาก"), "th")) > 1


LANGS = "en de fr es it pt nl sv da nb fi pl cs ru uk el tr ar he hi id vi zh ja ko th".split()


@pytest.mark.parametrize("lang", LANGS)
def test_every_common_language_has_stop_words(lang):
    assert len(stop_words(lang)) >= 40


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "the house that stood by the river was old and it was empty"),
        ("fr", "la maison qui se trouvait dans la ville est une des plus vieilles"),
        ("ru", "дом который стоял у реки был старым и он был пуст"),
        ("ar", "كان البيت الذي يقف على النهر قديما وكان من أجمل ما في هذه المدينة"),
        (None, "Mae maer Leeds wedi agor pont newydd dros yr afon"),
    ],
)
def test_the_likely_language_goes_by_function_words(lang, text):
    assert likely_language(words(text)) == lang


def test_surface_terms_keep_the_spelling():
    assert surface_terms("Faster NVIDIA chips", "en")[1] == ("nvidia", "NVIDIA")


def test_counting_words_where_no_blanks_are_written():
    assert count_words(words("ฝนตกหนักตลอดทั้งวัน")) == 3
    assert count_words(words("今天下雨")) == 4
    assert count_words(words("rain fell")) == 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "Go."', ['"Go."']),
        ("„Geh“, sagte er.", ["„Geh“"]),
        ("»Geh«, sagte er.", ["»Geh«"]),
        ("« Va », dit-il.", ["« Va »"]),
        ("”Gå”, sa han.", ["”Gå”"]),
        ("“Go” and “stay”", ["“Go”", "“stay”"]),
        ("他说：“走。”她说：「不。」", ["“走。”", "「不。」"]),
        ("He said “go", ["“go"]),
        ('a 27" screen', []),
        ('ארה"ב', []),
        ('ה"טור דה פראנס" החל', ['"טור דה פראנס"']),
        ('"One.\n\n"Two."', ['"One.', '"Two."']),
        ("no marks", []),
    ],
)
def test_quotations(text, expected):
    assert [text[a:b] for a, b in quotations(text)] == expected


@given(st.text(alphabet='ab "“”„«»「」\n.', max_size=40))
def test_quotations_are_ordered_and_disjoint(text):
    at = 0
    for start, end in quotations(text):
        assert at <= start < end <= len(text)
        at = end


@given(st.text(alphabet="aB .:!•-1\n\t", max_size=60))
def test_blocks_are_ordered_and_without_outer_blanks(text):
    at = 0
    for start, end, _ in blocks(text):
        assert at <= start < end
        assert text[start:end].strip() == text[start:end]
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()


@pytest.mark.parametrize("code", [code for code, _, _ in rows("textkit.text", "languages.tsv")])
def test_the_stemmer_of_each_language_needs_no_package_that_is_not_installed(code):
    assert len(terms(["budapest"], code)) == 1


def test_scale_words_in_any_ending_are_asked_of_every_language():
    every = {code: dict(numbers.scales(code)) for code in numbers._scales()}
    forms = {word.rstrip("*") + ending for known in every.values() for word in known
             for ending in ("", "a", "ов")}  # fmt: skip
    for form in sorted(forms | {"tons", "reports"}):
        factors = {numbers._scale(form.lower(), code) for code in every} - {None, 0}
        assert numbers.is_ambiguous_scale(form) == (len(factors) > 1), form
