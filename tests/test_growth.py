"""No stage takes square time: worst texts at n, 2n and 4n characters, in CPU seconds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from textkit.clean import CleanOptions, clean_document
from textkit.dedup import DedupOptions, dedup
from textkit.detect import DetectOptions, detect_document
from textkit.document import Document
from textkit.summarize import SummarizeOptions, summarize_document
from textkit.translate import TranslateOptions, translate
from textkit.translate.routes import Routes

SIZE = 4000  # characters
MAX_GROWTH = 9.0  # of four times the text; linear work takes 4 times as long, square work 16 times
UNMEASURABLE = 0.5  # CPU seconds of the largest text below which growth is noise

WORST = {
    "large numerals": "亿", "zeros": "零", "tens": "十", "Han and Latin": "中a",
    "dates": "2023年5月3日", "years": "二〇二三年", "percents": "百分之五", "fractions": "三分之一",
    "percent signs": "5%", "times": "18:30", "digits": "1", "grouped digits": "1,234 ",
    "dots": ".", "commas": "a, ", "dashes": "ab-", "pipes": "| ", "brackets": "[", "tags": "<p>",
    "open tags": "<", "entities": "&amp;", "blanks": " ", "lines": "\n", "quotes": '"',
    "addresses": "a@", "links": "http://a.b/", "letters": "a ", "capitals": "Ab Cd ",
    "marks": "e\u0301", "joiners": "\u200d", "mojibake": "Ã©", "no blanks": "我们",
    "bylines": "By Ann Lee\n", "breadcrumbs": "Home > ", "one line": "The port opens. ",
}  # fmt: skip


@pytest.fixture(scope="module")
def stages(tmp_path_factory) -> dict[str, Callable[[Document], object]]:
    """Each stage on one document, with all that is loaded once loaded."""
    cache = str(tmp_path_factory.mktemp("cache"))
    options = TranslateOptions(cache_dir=str(Path(cache)))
    routes = Routes(options)
    found: dict[str, Callable[[Document], object]] = {
        "clean": lambda d: clean_document(d, CleanOptions()),
        "detect": lambda d: detect_document(d, DetectOptions()),
        "translate": lambda d: list(translate([d], options, routes)),
        "dedup": lambda d: list(dedup([d, Document("b", "-", d.text + "x")], DedupOptions())),
        "summarize": lambda d: summarize_document(d, SummarizeOptions()),
    }
    for stage in found.values():
        stage(Document("a", "-", "The port opens in May. 港口委员会周三批准了。", lang="zh-Hans"))
    return found


def seconds(stage: Callable[[Document], object], text: str, lang: str | None) -> float:
    """CPU seconds of a stage, the smaller of two tries: other work on the machine only adds."""
    tries = []
    for _ in range(2):
        began = process_time()
        stage(Document("a", "-", text, lang=lang))
        tries.append(process_time() - began)
    return min(tries)


@pytest.mark.parametrize("name", ["clean", "detect", "translate", "dedup", "summarize"])
@pytest.mark.parametrize("kind", WORST)
def test_four_times_the_text_takes_about_four_times_as_long(stages, name, kind):
    lang = "zh-Hans" if name == "translate" else None
    text = WORST[kind] * (4 * SIZE // len(WORST[kind]) + 1)
    spent = [seconds(stages[name], text[: SIZE * n], lang) for n in (1, 2, 4)]
    assert spent[2] < UNMEASURABLE or spent[2] < MAX_GROWTH * spent[0], spent
