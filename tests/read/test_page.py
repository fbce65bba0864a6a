"""Pages: the article, what the page says of itself, and a clear outcome for what is no page."""

from __future__ import annotations

import random

import pytest

from textkit.errors import InputError
from textkit.read import ReadOptions, read_bytes

PAGE = """<!DOCTYPE html><html lang="de-AT"><head><title>Rain in May - The Daily</title>
<meta property="article:published_time" content="2025-05-04T10:00:00+02:00">
<meta name="author" content="By Ada Wu"></head><body>
<nav><a href="/">Home</a> <a href="/n">News</a></nav>
<article><h1>Rain in May</h1>
<p>It rained for the whole of May, and the river rose by more than two metres in a week.</p>
<h2>What comes next</h2>
<p>The town expects more of it, says the mayor, and has ordered four hundred sand bags.</p>
<ul><li>Keep your windows shut, and your cellar dry.</li><li>Listen to the radio.</li></ul>
<p>On Friday the sun is to come back, if only for a few hours, say those who should know.</p>
</article><footer>Copyright 2025</footer></body></html>"""

TEXT = """It rained for the whole of May, and the river rose by more than two metres in a week.

What comes next

The town expects more of it, says the mayor, and has ordered four hundred sand bags.

• Keep your windows shut, and your cellar dry.
• Listen to the radio.

On Friday the sun is to come back, if only for a few hours, say those who should know.
"""


def page(data, **options):
    data = data.encode() if isinstance(data, str) else data
    return read_bytes(data, "a", "a.html", "html", ReadOptions(**options))


@pytest.mark.parametrize("fast", [True, False])
def test_a_page_gives_its_article_and_what_it_says_of_itself(fast):
    document = page(PAGE, fast=fast)
    assert document.text == TEXT
    assert (document.title, document.author) == ("Rain in May", "Ada Wu")
    assert document.date == "2025-05-04T10:00:00+02:00"
    assert document.extra == {"declared_lang": "de-AT"}
    assert document.lang is None
    assert document.warnings == ()


@pytest.mark.parametrize("data", [b"", b"  \n", b"<!-- nothing -->", b"\xef\xbb\xbf"])
def test_an_empty_page_is_an_error(data):
    with pytest.raises(InputError, match="an empty page"):
        page(data)


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"%PDF-1.7\n%\xe2\xe3", "a PDF file"), (b"\x89PNG\r\n\x1a\n\0", "a PNG image"),
     (b"\xff\xd8\xff\xe0\0", "a JPEG image"), (b"PK\x03\x04abc", "a ZIP archive"),
     (b"\x1f\x8b\x08", "a gzip file"), (b"GIF89a\x10\0\x10\0\xf0", "a GIF image"),
     (b"RIFF\x10\x20\0\0WEBPVP8 ", "a media file"), (b"\xef\xbb\xbf%PDF-1.7\n1 0", "a PDF file"),
     (b"\n%PDF-1.4\r\n1 0 obj", "a PDF file"), (b"junk\n%PDF-1.4\n1 0 obj", "a PDF file"),
     (random.Random(1).randbytes(20_000), "binary data"),
     (b"\0\0\0\x18ftypmp42" + random.Random(2).randbytes(9000), "a media file"),
     (b"7z\xbc\xaf\x27\x1c\0\x04" + random.Random(3).randbytes(9000), "a packed archive"),
     (b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff" + bytes(50) + b"This program" * 9, "a program")],
)  # fmt: skip
def test_another_kind_of_file_named_html_is_an_error(data, says):
    with pytest.raises(InputError, match=says):
        page(data)


@pytest.mark.parametrize(
    "start",
    ["RIFF raff, said the old man", "RIFF IS THE FORMAT of waves", "GIF89a is a format",
     "%PDF-1.7 is how such a file begins", "<p>Such a file begins with %PDF-1.7", "BM is a town"],
)  # fmt: skip
def test_a_text_that_opens_like_another_kind_of_file_is_read(start):
    text = f"{start}, and it goes on for a good while until it ends here, at last, with a stop."
    assert page(text, fast=True).text.startswith(start.removeprefix("<p>"))


def test_nul_bytes_after_a_page_are_no_sign_of_binary_data():
    assert page(PAGE.encode() + bytes(4096), fast=True).text == TEXT
