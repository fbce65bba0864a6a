import os
import re
import time

import pytest
from msgspec.structs import replace

from tests.translate.conftest import cases, whole
from textkit.document import Document, Passage, source_text
from textkit.translate import TranslateOptions, translate_document
from textkit.translate.gloss.beside import gloss_between, reader_text
from textkit.translate.gloss.cedict import open_dictionary
from textkit.translate.gloss.gloss import Gloss


@pytest.fixture(scope="module")
def gloss(cache_dir):
    engine = Gloss(open_dictionary(cache_dir))
    return lambda text: engine.translate([text])[0]


def test_article_keeps_names_and_numbers_and_says_gloss(article, cache_dir):
    done = translate_document(article, TranslateOptions(cache_dir=cache_dir))
    assert (done.text, done.lang, done.title, done.revisions) == (
        article.text, article.lang, article.title, ()
    )  # fmt: skip
    shown = reader_text(done)
    assert not re.search(r"[\u3400-\u9fff]", shown)
    lines = [line for line in shown.split("\n") if "[gloss zh-Hans→en: " in line]
    assert len(lines) == 2
    assert all(line.endswith("]") for line in lines)
    text = " ".join(lines)
    for word in ("OpenAI", "DGX", "GPU", " X ", "DealBook", " 5 ", "June", "Musk", "NVIDIA",
                 "The New York Times", "Jensen Huang"):  # fmt: skip
        assert word in text, word
    assert [(p.lang, p.reason, p.origin, p.engine) for p in done.passages] == [
        ("zh-Hans", "script", None, None)
    ] * 2
    assert all(p.gloss for p in done.passages)
    again = translate_document(done, TranslateOptions(cache_dir=cache_dir))
    assert again == done
    assert any("textkit models install zh en" in w for w in done.warnings)
    assert source_text(done) == article.text


MIXED = "The ferry is late.\n\n• 市长说，船来了。他走了。\n\nThe end."


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("replace", "The ferry is late.\n\n• [gloss zh→en: A B]\n\nThe end."),
        (
            "beside",
            "The ferry is late.\n\n• 市长说，船来了。他走了。\n[gloss zh→en: A B]\n\nThe end.",
        ),
        ("none", MIXED),
    ],
)
def test_gloss_is_shown_in_place_beside_or_not_at_all(how, expected):
    start, end = MIXED.index("•"), MIXED.index("\n\nThe end")
    passage = Passage(start, end, "zh", "Hani", 1.0, "script", "paragraph", gloss="A\nB")
    document = Document("a", "-", MIXED, lang="en", passages=(passage,))
    assert reader_text(document, how) == expected
    assert reader_text(replace(document, lang="zh"), "none", how) == expected
    place = MIXED.index("他")
    assert gloss_between(document, place, place + 3) == "B"
    assert gloss_between(document, 0, 5) is None


def test_gloss_of_a_text_that_has_changed_since_is_shown_as_one():
    passage = Passage(0, 3, "zh", "Hani", 1.0, "script", "paragraph", gloss="A\nB")
    document = Document("a", "-", "走了。", lang="en", passages=(passage,))
    assert reader_text(document) == "[gloss zh→en: A B]"


def test_no_gloss_is_made_where_none_is_wanted(cache_dir):
    options = TranslateOptions(cache_dir=cache_dir, gloss="none")
    done = translate_document(whole("他走了。", "zh-Hans"), options)
    assert done.passages[0].gloss is None
    assert [warning.split(" (")[0] for warning in done.warnings] == [
        "zh-Hans: left as it is, no engine for zh-Hans to en is installed"
    ]


@pytest.mark.parametrize("row", cases("gloss.jsonl"))
def test_gloss_of_a_sentence(row, gloss):
    found = gloss(row["input"])
    assert not re.search(r"[\u3400-\u9fff\U00020000-\U0003ffff]", found)
    for words in row["expected"]:
        assert words.lower() in found.lower(), row["why"]
    for words in row.get("without", ()):
        assert words not in found, row["why"]


def test_index_is_made_once_and_loads_at_once(cache_dir):
    open_dictionary(cache_dir)
    start = time.process_time()
    dictionary = open_dictionary(cache_dir)
    assert dictionary.entries("公司")
    assert time.process_time() - start < 0.3
    assert [name.endswith(".sqlite") for name in os.listdir(cache_dir)].count(True) >= 1


def test_damaged_index_is_made_anew(tmp_path):
    open_dictionary(str(tmp_path))
    (path,) = tmp_path.iterdir()
    path.write_bytes(b"no index")
    assert open_dictionary(str(tmp_path)).entries("公司")


def test_folder_that_can_not_be_written_is_done_without(tmp_path):
    (tmp_path / "file").write_text("")
    assert open_dictionary(str(tmp_path / "file" / "cache")).entries("公司")
