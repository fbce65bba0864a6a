"""What a page says of itself: title, author, date, language."""

from __future__ import annotations

import json

import pytest

from textkit.read.html.author import byline
from textkit.read.html.metadata import metadata
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


ARTICLE = "<p>" + "The council has approved a new plan for the old town. " * 4 + "</p>"


@pytest.mark.parametrize(
    ("body", "field", "value"),
    [
        ('<nav><time datetime="2020-01-01">x</time></nav>', "date", None),
        ('<div class="comment"><time datetime="2020-01-01">x</time></div>', "date", None),
        (('<article><time class="updated" datetime="2025-02-02">x</time>'
         '<time datetime="2025-01-01">y</time></article>'), "date", "2025-01-01"),
        (('<article><p>Aktualisiert: <time>2. Februar 2025</time></p>'
         '<p>Veröffentlicht: <time>1. Februar 2025</time></p></article>'), "date", "2025-02-01"),
        ('<div class="comment"><span class="author">Zoe Quay</span></div>', "author", None),
        ('<div class="teaser"><a rel="author">Zoe Quay</a></div>', "author", None),
        ('<div class="author-card"><a rel="author">Zoe Quay</a></div>', "author", "Zoe Quay"),
        ('<p class="byline"><span>By</span><span>Zoe Quay</span></p>', "author", "Zoe Quay"),
        ("<h1>A plan<br>for the town</h1>", "title", "A plan for the town"),
        ("<h1>A pl&shy;an for the town</h1>", "title", "A plan for the town"),
    ],
)  # fmt: skip
def test_only_the_article_and_its_head_are_asked(body, field, value):
    assert getattr(said("", body + ARTICLE), field) == value


def test_a_page_says_where_it_is_from():
    head = (
        '<link rel="canonical" href="https://example.org/plan"><title>Plan | The Post</title>'
        '<meta property="og:site_name" content="The Post">'
        '<meta name="description" content="A new plan.">'
        '<meta name="keywords" content="town, plan"><meta property="article:tag" content="council">'
        '<meta property="og:image" content="https://example.org/a.jpg">'
        '<meta name="date" content="May 4, 2025">'
    )
    page = said(head, ARTICLE)
    assert (page.url, page.site, page.description) == (
        "https://example.org/plan", "The Post", "A new plan.",
    )  # fmt: skip
    assert (page.tags, page.image) == (("council", "town", "plan"), "https://example.org/a.jpg")
    assert (page.date, page.date_text) == ("2025-05-04", "May 4, 2025")


def test_an_address_without_a_host_is_none():
    assert said('<link rel="canonical" href="/plan">', ARTICLE).url is None
