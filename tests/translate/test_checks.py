import pytest

from tests.translate.conftest import cases, whole
from textkit.translate import TranslateOptions, translate_document
from textkit.translate.checks.expect import Checker, Missing
from textkit.translate.checks.repair import mend, with_names
from textkit.translate.gloss.cedict import open_dictionary
from textkit.translate.glossary import read_glossary
from textkit.translate.quality import translate_checked


@pytest.fixture(scope="module")
def dictionary(cache_dir):
    return open_dictionary(cache_dir)


@pytest.mark.parametrize("row", cases("checks.jsonl"))
def test_what_is_missing(row, dictionary):
    names = dictionary if row["source"].startswith("zh") else None
    found = Checker(row["source"], "en", names).missing(row["input"], row["translation"])
    assert [list(m[:3]) for m in found] == row["expected"], row["why"]


@pytest.mark.parametrize("row", cases("added.jsonl"))
def test_what_is_added(row):
    found = Checker(row["source"], "en").added(row["input"], row["translation"])
    assert found == row["expected"], row["why"]


class Parrot:
    """An engine that answers from a table."""

    name, version = "parrot", ""

    def __init__(self, **table):
        self.table = table

    def translate(self, sentences):
        return [self.table.get(s.strip(), "") for s in sentences]


def checked(sentence, dictionary, table, repair="names", glossary=()):
    engine = Parrot()
    engine.table = table
    checker = Checker("zh", "en", dictionary, glossary)
    (done,) = translate_checked([sentence], engine, checker, repair)
    return done.text, [(f.missing.wanted, f.outcome) for f in done.findings]


def test_name_is_kept_by_putting_it_into_the_original(dictionary):
    table = {"他住在柏林。": "He lives in the city.", "他住在 Berlin 。": "He lives in Berlin."}
    assert checked("他住在柏林。", dictionary, table) == (
        "He lives in Berlin.", [("Berlin", "repaired")],
    )  # fmt: skip


def test_name_goes_where_the_models_own_word_for_it_stands(dictionary):
    table = {"百度很大。": "Hundred is big.", "百度": "Hundred"}
    assert checked("百度很大。", dictionary, table) == ("Baidu is big.", [("Baidu", "repaired")])


def test_name_that_the_model_does_not_know_is_put_in_brackets(dictionary):
    table = {"百度很大。": "It is big.", "百度": "Hundred Degrees"}
    assert checked("百度很大。", dictionary, table) == (
        "It is big [Baidu].", [("Baidu", "bracketed")],
    )  # fmt: skip


def test_second_try_that_loses_something_else_is_not_taken(dictionary):
    table = {"他在柏林买了3台。": "He bought 3 there.", "他在 Berlin 买了3台。": "He is in Berlin."}
    assert checked("他在柏林买了3台。", dictionary, table) == (
        "He bought 3 there.", [("Berlin", "missing")],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("original", "translation", "alone", "why"),
    [
        ("外交部发表了声明。", "The foreign ministry spoke.", "Foreign Office", "said otherwise"),
        ("柏林下了大雪。", "It snowed hard in town.", "Berlin", "known, and left out as people do"),
        ("柏林下了大雪。", "It snowed hard in town.", "柏林", "an echo tells nothing"),
        ("柏林下了大雪。", "It snowed hard in town.", "It snowed hard in town.", "no name at all"),
        ("新社南京6日电，河水上涨。", "Nanjing, 6th - The river rose.", "Hitachi", "a dateline"),
    ],
)  # fmt: skip
def test_a_right_translation_is_not_altered(dictionary, original, translation, alone, why):
    table = {original: translation}
    table.update(dict.fromkeys(("外交部", "柏林", "日电"), alone))
    done, _ = checked(original, dictionary, table)
    assert done == translation, why


def test_numbers_are_reported_and_put_in_only_on_demand(dictionary):
    table = {"他买了3000台。": "He bought some."}
    assert checked("他买了3000台。", dictionary, table) == (
        "He bought some.", [("3000", "missing")],
    )  # fmt: skip
    assert checked("他买了3000台。", dictionary, table, "all") == (
        "He bought some [3000].", [("3000", "bracketed")],
    )  # fmt: skip


def test_nothing_is_mended_when_nothing_may_be(dictionary):
    table = {"百度很大。": "It is big."}
    assert checked("百度很大。", dictionary, table, "none") == (
        "It is big.", [("Baidu", "missing")],
    )  # fmt: skip


def test_the_users_term_wins_over_the_dictionary(dictionary):
    table = {"百度很大。": "It is big."}
    assert checked("百度很大。", dictionary, table, glossary=(("百度", "Baidu Inc"),)) == (
        "It is big [Baidu Inc].", [("Baidu Inc", "bracketed")],
    )  # fmt: skip


def test_misspelt_latin_word_is_set_right_in_its_place():
    missing = Missing("latin", "Stearns", "Stearns")
    text, outcome = mend("斯特恩斯（Stearns）说。", "Steerns said.", missing)
    assert (text, outcome) == ("Stearns said.", "repaired")


def test_word_that_the_original_has_is_never_replaced():
    missing = Missing("latin", "Anna", "Anna")
    assert mend("Anna 和 Hanna", "Hanna came.", missing) == ("Hanna came.", "missing")


def test_a_word_misspelt_twice_is_set_right_twice():
    missing = Missing("latin", "Stearns", "Stearns")
    assert mend("Stearns", "Steerns saw Steerns.", missing) == ("Stearns saw Stearns.", "repaired")


def test_name_of_several_renderings_is_only_listed(dictionary):
    (missing,) = Checker("zh", "en", dictionary).missing("国民党赢了。", "The Land won.")
    assert missing.several
    assert with_names("国民党赢了。", [missing]) == "国民党赢了。"
    text, outcome = mend("国民党赢了。", "The Land won.", missing, "Land")
    assert (text, outcome) == ("The Land won.", "missing")


def test_longer_terms_go_first():
    terms = [Missing("term", "纽约", "New York"), Missing("term", "纽约时报", "NYT")]
    assert with_names("纽约时报", terms) == " NYT "


def test_glossary_decides_in_the_gloss_too(cache_dir):
    options = TranslateOptions(cache_dir=cache_dir, glossary=(("百度", "BAIDU INC"),))
    done = translate_document(whole("百度很大。", "zh-Hans"), options)
    assert "BAIDU INC" in (done.passages[0].gloss or "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("# c\n\na\tb\n", (("a", "b"),)), ("\ufeffa\tb", (("a", "b"),)), ("", ())],
)
def test_glossary_file(tmp_path, text, expected):
    path = tmp_path / "g.tsv"
    path.write_text(text, encoding="utf-8")
    assert read_glossary(str(path)) == expected


@pytest.mark.parametrize("data", [b"one column\n", b"a\tb\tc\n", b"a\t\n", b"\xff\xfe"])
def test_bad_glossary_is_a_usage_error(tmp_path, textkit, data):
    (tmp_path / "g.tsv").write_bytes(data)
    done = textkit("translate", "--glossary", "g.tsv", "-", input="Hello.")
    assert done.returncode == 2
    assert b"g.tsv" in done.stderr
