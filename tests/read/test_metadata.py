"""What a page says of itself: title, author, date, language."""

from __future__ import annotations

import json

import pytest

from textkit.read.html.metadata import byline, metadata
from textkit.read.html.tree import parse
from textkit.text.dates import iso_date


def said(head="", body="<p>x</p>", attributes=""):
    return metadata(parse(f"<html{attributes}><head>{head}</head><body>{body}</body></html>").root)


def linked(**fields):
    data = json.dumps({"@type": "NewsArticle", **fields})
    return f'<script type="application/ld+json">{data}</script>'


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Rain in May - The Daily</title>", "<h1>Rain in May</h1>", "Rain in May"),
        ("<title>Rain in May | The Daily</title>", "<h1>The Daily</h1>", "Rain in May"),
        ("<title>Rain in May_新闻_城市晚报</title>", "", "Rain in May_新闻"),
        ("<title>Rain in May</title>", "", "Rain in May"),
        ("<title>Rain - and sun - in a very long month of May</title>", "",
         "Rain - and sun - in a very long month of May"),
        ('<meta property="og:title" content="Rain &amp;amp; sun">', "", "Rain & sun"),
        (linked(headline="Rain in May"), "<h1>Menu</h1>", "Rain in May"),
        ("", "<h1>Rain in May</h1>", "Rain in May"),
        ("", "<h1>Rain</h1><h1>Sun</h1>", None),
        ("<title> </title>", "", None),
        (linked(headline=7), "", None),
        ("<title>" + "x" * 1000 + "</title>", "", None),
    ],
)  # fmt: skip
def test_the_title_is_the_headline_without_the_site(head, body, title):
    assert said(head, body).title == title


@pytest.mark.parametrize(
    ("head", "body", "author"),
    [
        (linked(author={"name": "Ada Wu"}), "", "Ada Wu"),
        (linked(author=[{"name": "Ada Wu"}, {"name": "Ben Okri"}]), "", "Ada Wu, Ben Okri"),
        (linked(author="Ada Wu"), "", "Ada Wu"),
        (linked(author={"name": ["Ada Wu"]}), "", "Ada Wu"),
        ('<meta name="author" content="By Ada Wu">', "", "Ada Wu"),
        ('<meta property="article:author" content="https://x.com/ada">', "", None),
        ("", '<a rel="author" href="/a">Ada Wu</a>', "Ada Wu"),
        ("", '<span class="byline">作者：王小明</span>', "王小明"),
        (linked(author=None), "", None),
        (linked(author={"@id": "#ada"}), "", None),
        (
            linked(author={"@id": "#ada"})
            + '<script type="application/ld+json">{"@graph":[{"@type":"Person","@id":"#ada",'
            '"name":"Ada Wu"}]}</script>',
            "",
            "Ada Wu",
        ),
        ('<meta name="author" content="admin">', "", None),
        ('<meta name="author" content="262588213843476">', "", None),
    ],
)
def test_the_author_is_a_name(head, body, author):
    assert said(head, body).author == author


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        (linked(datePublished="2025-05-04T10:00:00Z"), "", "2025-05-04T10:00:00+00:00"),
        ('<meta property="article:published_time" content="2025-05-04">', "", "2025-05-04"),
        ("", '<time datetime="2025-05-04 10:00">yesterday</time>', "2025-05-04T10:00:00"),
        ("", "<time>May 4, 2025</time>", "2025-05-04"),
        ("", '<meta itemprop="datePublished" content="2025-05-04">', "2025-05-04"),
        (linked(datePublished="soon"), "<time>2025-05-05</time>", "2025-05-05"),
        (linked(datePublished=20250504), "", None),
    ],
)
def test_the_date_is_iso_8601(head, body, date):
    assert said(head, body).date == date


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025-5-4", "2025-05-04"),
        ("2025-05-04T10:00:00.123+0200", "2025-05-04T10:00:00+02:00"),
        ("2025-05-04T25:00:00", "2025-05-04"),
        ("2025/05/04", "2025-05-04"),
        ("20250504", "2025-05-04"),
        ("20250504103000", "2025-05-04"),
        ("4.5.2025", "2025-05-04"),
        ("4 May 2025", "2025-05-04"),
        ("Sunday, May 4th, 2025", "2025-05-04"),
        ("4 de mayo de 2025", "2025-05-04"),
        ("4. März 2025", "2025-03-04"),
        ("4 мая 2025 г.", "2025-05-04"),
        ("2025年5月4日 08:30", "2025-05-04"),
        ("2025년 5월 4일", "2025-05-04"),
        ("Sun, 04 May 2025 10:00:00 GMT", "2025-05-04T10:00:00+00:00"),
        ("2025-13-40", None),
        ("May 2025", None),
        ("5/4/2025", None),  # two readings: none is safe
        ("call 555-12-34", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_in_many_forms(text, date):
    assert iso_date(text) == date


@pytest.mark.parametrize(
    ("attributes", "head", "lang"),
    [
        (' lang="zh-CN"', "", "zh-CN"),
        (' xml:lang="de"', "", "de"),
        ("", '<meta http-equiv="Content-Language" content="fr">', "fr"),
        ("", '<meta property="og:locale" content="pt_BR">', "pt-BR"),
        (' lang="<script>"', "", None),
        ("", "", None),
    ],
)
def test_the_declared_language_is_a_tag(attributes, head, lang):
    assert said(head, "<p>x</p>", attributes).lang == lang


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("By Ada Wu", "Ada Wu"),
        ("by Ada Wu on May 4, 2025", "Ada Wu"),
        ("By Ada Wu | 4 May 2025", "Ada Wu"),
        ("Von Ada Wu", "Ada Wu"),
        ("文／王小明", "王小明"),
        ("By the river the water stood high.", None),
        ("Bye bye, Ada", None),
        ("Ada Wu", None),
        ("By", None),
    ],
)
def test_a_line_that_says_who_wrote_a_text(text, name):
    assert byline(text) == name
