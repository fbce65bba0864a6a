"""Markup inside text: BeautifulSoup is asked which words are text."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from textkit.clean import clean_text

FRAGMENTS = (
    "<p>One</p><p>two</p>",
    '<p class="lead">One <b>two</b> <i>three</i></p>',
    'One<br>two<br/>three<img src="a.png" alt="x">',
    "<ul><li>one</li><li>two</li></ul><div>three</div>",
    "<table><tr><td>1</td><td>2</td></tr></table>",
    '<script type="x">var one = 2 > 1;</script><p>two</p><style>p {}</style>',
    '<a href="https://example.org/?a=1&b=2">one</a>, <span style="color: red">two</span>',
    "<h2>One</h2>\n<blockquote>two</blockquote>\n<!-- three -->",
    "<p>日本<b>語</b></p><p>中文</p>",
    "<div><div><div>deep</div></div></div>",
)


def words_of_soup(fragment):
    soup = BeautifulSoup(fragment, "html.parser")
    for element in soup(["script", "style"]):
        element.decompose()
    return "".join(soup.get_text().split())


@pytest.mark.parametrize("fragment", FRAGMENTS)
def test_the_text_of_a_fragment_is_what_beautifulsoup_reads(fragment):
    assert "".join(clean_text(fragment).text.split()) == words_of_soup(fragment)


@pytest.mark.parametrize(
    "text",
    [
        "Use the <b> tag to make a word bold.\n",
        "A list of type List<String> holds a < b and b > c.\n",
        "She wrote `<p>` on the board and left.\n",
        "<John> said that 1 < 2 > 0 <3\n",
    ],
)
def test_a_text_about_markup_keeps_it(text):
    assert clean_text(text).text == text


@pytest.mark.parametrize("tags", ["<p>" * 40, "<p> " * 40, "<br><div>" * 20, "<li></b>" * 20])
def test_however_many_tags_stand_at_an_edge_one_cleaning_takes_them(tags):
    cleaned = clean_text(f"The port opens in May. {tags}\n").text
    assert cleaned == "The port opens in May.\n"
    assert clean_text(cleaned).text == cleaned
