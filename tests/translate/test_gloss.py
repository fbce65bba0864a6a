import os
import re
import time

import pytest

from tests.translate.conftest import cases
from textkit.document import source_text
from textkit.translate import TranslateOptions, translate_document
from textkit.translate.gloss.cedict import open_dictionary
from textkit.translate.gloss.gloss import Gloss


@pytest.fixture(scope="module")
def gloss(cache_dir):
    engine = Gloss(open_dictionary(cache_dir))
    return lambda text: engine.translate([text])[0]


def test_article_keeps_names_and_numbers_and_says_gloss(article, cache_dir):
    done = translate_document(article, TranslateOptions(cache_dir=cache_dir))
    assert not re.search(r"[\u3400-\u9fff]", done.text)
    lines = [line for line in done.text.split("\n") if "[gloss zh-Hans→en: " in line]
    assert len(lines) == 2
    assert all(line.endswith("]") for line in lines)
    text = " ".join(lines)
    for word in ("OpenAI", "DGX", "GPU", " X ", "DealBook", " 5 ", "June", "Musk", "NVIDIA",
                 "The New York Times", "Huang Renxun"):  # fmt: skip
        assert word in text, word
    assert [r.engine for r in done.revisions] == ["gloss"]
    assert {e.rule for r in done.revisions for e in r.edits} == {"gloss:zh-Hans>en"}
    assert [(p.lang, p.reason, p.origin, p.engine) for p in done.passages] == [
        ("en", "translation", "zh-Hans", "gloss")
    ] * 2
    assert any("textkit models install zh en" in w for w in done.warnings)
    assert source_text(done) == article.text


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
