import re
from pathlib import Path

import pytest

from textkit.document import Document, Passage

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures" / "translate"


@pytest.fixture(scope="session")
def cache_dir(tmp_path_factory):
    return str(tmp_path_factory.mktemp("cache"))


def marked(text, pattern, lang, id="a", kind="paragraph", main="en"):
    """A document whose matches of `pattern` are passages in `lang`, as detection leaves it."""
    passages = tuple(
        Passage(m.start(), m.end(), lang, "Zyyy", 1.0, "script", kind)
        for m in re.finditer(pattern, text)
    )
    return Document(id, "-", text, lang=main, passages=passages)


@pytest.fixture
def article():
    text = (FIXTURES / "mixed-article.txt").read_text(encoding="utf-8")
    return marked(text, r".*[\u4e00-\u9fff].*", "zh-Hans", "mixed-article")
