"""Dates: one reading for pages, reports and the order of summaries."""

from __future__ import annotations

from datetime import date

import pytest

from textkit.text.dates import date_key, day_of


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-23", date(2024, 3, 23)),
        ("2024-03", date(2024, 3, 1)),
        ("2024年3月23日", date(2024, 3, 23)),
        ("2024년 3월", date(2024, 3, 1)),
        ("23 de abril de 2024", date(2024, 4, 23)),
        ("12 avr. 2024", date(2024, 4, 12)),
        ("3. März 2024", date(2024, 3, 3)),
        ("23.03.2024", date(2024, 3, 23)),
        ("Published March 23rd, 2024", date(2024, 3, 23)),
        ("03/04/2024", None),
        ("2024-13", None),
        ("2024-31-31", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_days(text, day):
    assert day_of(text) == day


def test_dates_of_all_forms_sort_and_the_unknown_come_last():
    dates = ["3. März 2024", "2024-03-03T08:00:00Z", "Mar 4 2024", "2024年3月5日", "soon"]
    shuffled = [dates[at] for at in (4, 2, 0, 3, 1)]
    assert sorted(shuffled, key=date_key) == dates
