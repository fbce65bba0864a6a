import pytest

from tests.translate.conftest import FIXTURES, marked, whole
from textkit.document import source_text
from textkit.translate import TranslateOptions, translate_document
from textkit.translate.engines.firefox import MAX_TOKENS, FirefoxModel
from textkit.translate.models.packages import installed


@pytest.fixture(scope="module")
def options(firefox, cache_dir):
    return TranslateOptions(models_dir=(str(firefox),), cache_dir=cache_dir)


def test_portuguese_article_comes_out_in_english(options):
    text = (FIXTURES / "article-pt.txt").read_text(encoding="utf-8")
    done = translate_document(whole(text, "pt"), options)
    for word in ("Portugal", "Lisbon", "OpenTech", "H200", "2024", "3.5 million", "42%",
                 "https://exemplo.pt/relatorio_2024?id=7", "imprensa@exemplo.pt", "March",
                 "government", "company"):  # fmt: skip
        assert word in done.text, word
    assert "governo" not in done.text
    assert done.text.count("\n\n") == text.count("\n\n")
    assert done.text.count("\n• ") == text.count("\n• ")
    assert done.text.count("“") == text.count("“")
    assert not [c for c in done.checks if c.outcome == "missing"]
    assert source_text(done) == text


def test_portuguese_passages_of_an_english_article(options):
    text = (FIXTURES / "mixed-pt.txt").read_text(encoding="utf-8")
    document = marked(text, r"(?m)^(?:O |A |“A ).*$", "pt")
    assert len(document.passages) == 3
    done = translate_document(document, options)
    english = [line for line in text.split("\n") if not line.startswith(("O ", "A ", "“A "))]
    assert [line for line in done.text.split("\n") if line in english] == english
    assert [(p.lang, p.origin, p.engine) for p in done.passages] == [("en", "pt", "firefox")] * 3
    for word in ("minister", "2025", "15%", "Porto", "Maria Santos", "Workers"):
        assert word in done.text, word
    assert source_text(done) == text


def test_without_a_direct_model_two_meet_in_english(options, firefox, tmp_path, cache_dir):
    """pt-en and en-pt are both there: from pt to pt there is nothing to do."""
    done = translate_document(
        whole("Good morning.", "en"),
        TranslateOptions(to="pt", models_dir=(str(firefox),), cache_dir=cache_dir),
    )
    assert done.text == "Bom dia."


def test_no_sentence_goes_past_the_cap(options, firefox):
    package = next(p for p in installed([str(firefox)])[0] if p.source == "pt")
    model = FirefoxModel(package, options)
    model.load()
    handed = []

    class Spy:
        def translate(self, text):
            handed.append(text)
            return text

    model.__dict__["_translator"] = Spy()
    sentence = "o governo anunciou que vai investir mais dinheiro na educação, " * 30
    (out,) = model.translate([sentence])
    assert len(handed) > 3
    assert all(len(model._pieces.encode(text)) <= MAX_TOKENS for text in handed)
    assert out.split() == sentence.split()


def test_auto_prefers_firefox_then_argos(firefox, tiny, cache_dir):
    options = TranslateOptions(models_dir=(str(tiny.parent), str(firefox)), cache_dir=cache_dir)
    document = marked("Bom dia.\n\n春天来了。", r"Bom dia\.", "pt", main="mul")
    chinese = marked(document.text, r"春.*", "zh")
    from msgspec.structs import replace

    both = replace(document, passages=document.passages + chinese.passages)
    done = translate_document(both, options)
    assert done.text == "Good morning.\n\nSpring has come."
    assert [r.engine for r in done.revisions] == ["firefox", "argos"]
    assert source_text(done) == document.text
