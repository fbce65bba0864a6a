"""Facts of one table each: marks, months, scales, byline words, headings, language tags."""

import pytest

from textkit.clean import clean_document
from textkit.dedup.story.groups import NO_DAY, day_number
from textkit.document import Document
from textkit.text.bylines import byline_prefix
from textkit.text.dates import date_key, iso_date
from textkit.text.marks import ends_sentence

PROSE = {
    "my": "ကောင်စီသည် အင်္ဂါနေ့တွင် ဆိပ်ကမ်းသစ်အကြောင်း ဆွေးနွေးဆုံးဖြတ်ခဲ့သည်။",
    "km": "ក្រុមប្រឹក្សាបានប្រជុំនៅថ្ងៃអង្គារដើម្បីពិភាក្សាអំពីកំពង់ផែថ្មីរបស់ទីក្រុង។",
    "hy": "Խորհուրդը երեքշաբթի օրը հավաքվեց քննարկելու քաղաքի նոր նավահանգիստը։",
}


@pytest.mark.parametrize("lang", PROSE)
def test_prose_is_seen_in_every_script(lang: str) -> None:
    text = f"Share on Facebook\n\n{PROSE[lang]}\n\n{PROSE[lang]}\n\nRead more\n"
    cleaned = clean_document(Document(id="a", source="a", text=text))
    assert cleaned.text == f"{PROSE[lang]}\n\n{PROSE[lang]}\n"


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Sat, Mar 23 2024 06:52 PM EST", "2024-03-23"),
        ("3 березня 2024", "2024-03-03"),
        ("3 मार्च 2024", "2024-03-03"),
        ("3 มีนาคม 2567", "2024-03-03"),
        ("3 مارس 2024", "2024-03-03"),
        ("١٢ كانون الثاني ٢٠٢٤", "2024-01-12"),
        ("Ngày 5 tháng 3 năm 2024", "2024-03-05"),
        ("2024. március 5.", "2024-03-05"),
        ("5 במרץ 2024", "2024-03-05"),
        ("12 listopada 2024", "2024-11-12"),
        ("12. listopada 2024", "2024-10-12"),
        ("25/12/2024", "2024-12-25"),
        ("03/04/2024", None),
        ("30 February 2024", None),
        ("3 hours ago", None),
    ],
)
def test_dates_in_words_of_any_language(words: str, day: str | None) -> None:
    assert iso_date(words) == day


def test_dates_in_words_have_a_place_in_time() -> None:
    assert day_number("Sat, Mar 23 2024 06:52 AM EST") == day_number("2024-03-23")
    assert day_number("soon") == NO_DAY
    assert date_key("Wed, Feb 5 2020") < date_key("Mon, Jan 5 2026")


def test_cleaning_writes_the_date_as_iso_and_keeps_its_words() -> None:
    text = f"Harbour\n\n3 березня 2024\n\n{PROSE['hy']}\n"
    cleaned = clean_document(Document(id="a", source="a", text=text))
    assert (cleaned.date, cleaned.date_text) == ("2024-03-03", "3 березня 2024")


@pytest.mark.parametrize(
    ("line", "ends"),
    [("Да.", True), ("“はい。”", True), ("كيف؟", True), ("ዝናብ።", True), ("No", False)],
)
def test_ends_of_sentences(line: str, ends: bool) -> None:
    assert ends_sentence(line) is ends


@pytest.mark.parametrize(
    ("line", "name"), [("Reported by Jane Doe", "Jane Doe"), ("Author Jane Doe", "Author Jane Doe")]
)
def test_byline_words_before_a_name(line: str, name: str) -> None:
    assert byline_prefix().sub("", line) == name
