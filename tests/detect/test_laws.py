"""What holds for any text: passages tile it, and nothing raises."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textkit.detect import DetectOptions, analyse, detect_document
from textkit.detect.masks import markup
from textkit.document import Document, Passage, decode, encode

PIECES = [
    "The house is small. ", "Дом маленький. ", "房子很小。", "家は小さい。", "집이 작다. ",
    "البيت صغير. ", "บ้านหลังเล็ก ", "घर छोटा है। ", "«", "»", "“", "”", '"', "\n", "\n\n", " ",
    "https://a.org/b?c=d ", "a@b.org ", "x = f(y); ", "12,3 ", "!", "…", "😀", "\u202e", "\ud800",
    "OpenAI ", "`", "```\n", "<b>", "&amp;", "a", "é", "\u0301", "\x00", "?url=a",
]  # fmt: skip
texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.text(max_size=80))


def _check(text: str) -> None:
    at = 0
    gaps = list(text)
    for finding in analyse(text):
        passage = finding.passage
        assert at <= passage.start < passage.end <= len(text)
        assert 0 <= passage.confidence <= 1
        gaps[passage.start : passage.end] = " " * (passage.end - passage.start)
        at = passage.end
    for start, end in markup(text):
        gaps[start:end] = " " * (end - start)
    assert not "".join(gaps).strip()


@settings(max_examples=150, deadline=None)
@given(texts)
def test_passages_tile_the_text(text: str) -> None:
    _check(text)


@settings(max_examples=50, deadline=None)
@given(texts)
def test_records_round_trip(text: str) -> None:
    document = detect_document(Document("a", "-", text))
    assert decode(encode(document)) == document


@settings(max_examples=50, deadline=None)
@given(texts)
def test_the_same_answer_twice(text: str) -> None:
    assert analyse(text) == analyse(text)


def test_every_kind_of_character() -> None:
    """One of every 97 assigned characters, and the first of each block of 256."""
    for code in sorted({*range(0, 0x110000, 97), *range(0, 0x30000, 256)}):
        if unicodedata.category(chr(code)) not in ("Cn", "Co"):
            _check(chr(code))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\t\u3000"])
def test_nothing_to_detect(text: str) -> None:
    document = detect_document(Document("a", "-", text))
    assert document.passages == ()
    assert document.lang == "und"


@pytest.mark.parametrize("piece", ["a", "ab ", "中文", '"a b c d', "a@", "&", "<a ", "{;", "«a b "])
def test_long_lines_take_linear_time(piece: str) -> None:
    _check(piece * (60_000 // len(piece)))  # seconds where linear, minutes where not


def test_languages_are_restricted() -> None:
    text = "Der Ausschuss hat den Haushalt am Montag beschlossen."
    only = analyse(text, DetectOptions(languages=("en", "fr")))
    assert {finding.passage.lang for finding in only} <= {"en", "fr", "und"}


@pytest.mark.parametrize("languages", [("be", "kk"), ("zh-Hant", "ja"), ("en",), ("th",), ("az",)])
def test_any_restriction(languages: tuple[str, ...]) -> None:
    text = "Дом стоит. The house 房子很小。 บ้าน"
    found = analyse(text, DetectOptions(languages=languages))
    assert {finding.passage.lang for finding in found} <= {*languages, "und"}


def test_below_the_threshold_is_und_with_alternatives() -> None:
    (finding,) = analyse("da", DetectOptions(min_confidence=0.99))
    assert finding.passage.lang == "und"
    assert len(finding.passage.alternatives) == 3


def test_main_language_and_mul() -> None:
    one = detect_document(Document("a", "-", "The committee approved the new budget on Monday."))
    assert one.lang == "en"
    text = "The committee met.\n\nДом стоит на горе.\n\nΤο σπίτι είναι μικρό."
    assert detect_document(Document("a", "-", text)).lang == "mul"


def test_levels() -> None:
    text = "The word 人工智能 is now used in every newspaper of the country."
    for level, number in (("inline", 3), ("sentence", 1), ("paragraph", 1)):
        found = analyse(text, DetectOptions(level=level))
        assert len(found) == number, level
    two = "The committee approved the budget on Monday. Le conseil se réunira la semaine prochaine."
    assert [f.passage.lang for f in analyse(two, DetectOptions(level="sentence"))] == ["en", "fr"]
    (whole,) = analyse(two, DetectOptions(level="paragraph"))
    assert whole.passage.lang in ("en", "fr")
    assert whole.passage.kind == "paragraph"


def test_a_translation_that_is_detected_again_stays_one() -> None:
    translated = Passage(
        16, 35, "en", "Latn", 1.0, "translation", "sentence", origin="zh-Hans", engine="argos"
    )
    text = "The sky is wide. The sky is so blue. The house is small and old."
    found = detect_document(Document("a", "-", text, passages=(translated,))).passages
    assert translated in found
    at = 0
    for passage in found:
        assert at <= passage.start < passage.end
        at = passage.end
    assert at == len(text)
