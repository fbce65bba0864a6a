"""The tables from the Unicode CLDR are what their tool makes of it."""

import pytest

from textkit.text.tables import rows

babel = pytest.importorskip("babel")


@pytest.mark.parametrize("lang", ["de", "uk", "th", "ar"])
def test_tables_are_what_the_tool_makes(lang: str) -> None:
    from tools.cldr import calendar_rows, scale_rows

    calendar = [tuple(row) for row in rows("textkit.text", "calendar.tsv") if row[0] == lang]
    scales = [tuple(row) for row in rows("textkit.text", "scales_cldr.tsv") if row[0] == lang]
    assert calendar == list(calendar_rows(lang))
    assert scales == list(scale_rows(lang))
