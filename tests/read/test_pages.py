"""Hand-written pages, each with the text that must come out of it."""

from __future__ import annotations

import glob
import os

import pytest

from textkit.read import ReadOptions, read_bytes

FOLDER = os.path.join(os.path.dirname(__file__), "../../fixtures/read/pages")
PAGES = sorted(glob.glob(os.path.join(FOLDER, "*.html")))
NAMES = [os.path.basename(path)[:-5] for path in PAGES]
ENCODINGS = {"chinese": "gb18030", "japanese": "cp932", "korean": "cp949"}  # as they declare
SAID = {  # title, author, date
    "chinese": ("铁桥封闭至周五", None, "2025-05-04"),
    "japanese": ("鉄橋、金曜まで通行止め", None, "2025-05-04"),
    "korean": ("철교, 금요일까지 통제", None, None),
    "lists": ("Ten rules for a safe cellar", "Ada Wu, Ben Okri", "2025-05-04T10:00:00+00:00"),
    "mixed": ("Two papers, one bridge", None, None),
    "quotes": ("How to read a gauge from a script", None, None),
    "related": ("Bridge closed until Friday", None, "2025-05-04"),
    "rtl": ("إغلاق الجسر حتى يوم الجمعة", None, None),
    "tables": ("The river in numbers", None, None),
    "thai": ("ปิดสะพานเหล็กถึงวันศุกร์", None, None),
}


def test_every_page_is_there():
    assert sorted(SAID) == NAMES


@pytest.mark.parametrize("fast", [False, True], ids=["vote", "fast"])
@pytest.mark.parametrize("path", PAGES, ids=NAMES)
def test_a_page_gives_the_expected_text(path, fast):
    name = os.path.basename(path)[:-5]
    with open(path, encoding="utf-8") as stream:
        data = stream.read().encode(ENCODINGS.get(name, "utf-8"))
    with open(path[:-5] + ".txt", encoding="utf-8") as stream:
        expected = stream.read()
    document = read_bytes(data, name, path, "html", ReadOptions(fast=fast))
    assert document.text == expected
    assert (document.title, document.author, document.date) == SAID[name]
