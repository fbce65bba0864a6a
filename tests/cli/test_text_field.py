"""--text-field: which field of a table or a list has the text."""

from __future__ import annotations


def test_the_field_with_the_text_is_named(textkit, tmp_path):
    (tmp_path / "a.csv").write_text("id,words\n1,The council met on Monday.\n")
    result = textkit("read", "--text-field", "words", "-f", "text", str(tmp_path / "a.csv"))
    assert "The council met on Monday." in result.out
