"""Characters that were decoded, copied or parted wrongly: kept and mended, not deleted."""

import pytest

from textkit.clean import clean_text

CASES = [
    ("The coach\x97who won\x97said it\x92s time.", "The coach—who won—said it’s time."),
    ("She paused\x85 and left.", "She paused… and left."),
    ("\x1b[1mNote\x1b[0m: it is shut.", "Note: it is shut."),
    ("It is &#55357;&#56835; here.", "It is \U0001f603 here."),
    ("The parlia\xad\nment met in the hall.", "The parliament met in the hall."),
    ("ទៅ\u200bផ្ទះ។", "ទៅ\u200bផ្ទះ។"),
    ("a\u200bb met.", "ab met."),
    ("The \ufffc map shows it.", "The map shows it."),
    ("ÖÐ¹úÈËÃñ", "ÖÐ¹úÈËÃñ"),
    ("La sociÃ©tÃ© a Ã©tÃ© vendue.", "La société a été vendue."),
    ("Le cafГ© est fermГ© aujourdвЂ™hui.", "Le café est fermé aujourd’hui."),
    ("groГџ und schГ¶n", "groß und schön"),
    ("п╫п╬п╡я▀п╧ п©п╬я─я┌", "новый порт"),
    ("×‘×‘×§×©×”", "בבקשה"),
    ("Â é uma letra, e Ã também é.", "Â é uma letra, e Ã também é."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "mended"), CASES)
def test_characters_are_kept_and_mended(text: str, mended: str) -> None:
    assert clean_text(text + "\n").text == mended + "\n"
