"""What is true of the real articles."""

from pathlib import Path

import pytest

from textkit.detect import detect_document
from textkit.document import Document

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
QUERY = "?url=http"


def _detected(path: Path) -> Document:
    return detect_document(Document(path.stem, "-", path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_all_is_english_but_two_paragraphs(path: Path) -> None:
    document = _detected(path)
    foreign = [p for p in document.passages if p.lang not in ("en", "zxx")]
    texts = [document.text[p.start : p.end] for p in foreign]
    assert document.lang == "en"
    if not path.stem.startswith("002"):
        assert texts == []
        return
    assert [(p.lang, p.script, p.kind) for p in foreign] == [("zh-Hans", "Hans", "paragraph")] * 2
    assert [(t[:2], t[-4:]) for t in texts] == [("去年", "领域。”"), ("然而", "I使用。")]
    assert all("\n" not in text for text in texts)


def test_query_strings_are_no_language() -> None:
    document = _detected(next(path for path in SEEDS if path.stem.startswith("002")))
    found = [document.text[p.start : p.end] for p in document.passages if p.lang == "zxx"]
    assert len(found) == document.text.count(QUERY) == 3
    assert all(text.startswith(QUERY) and text.endswith("type=jpg") for text in found)
