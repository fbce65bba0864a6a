import re

import pytest

from textkit.document import source_text
from textkit.translate import TranslateOptions, translate_document
from textkit.translate.cedict import open_dictionary
from textkit.translate.gloss import Gloss


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
