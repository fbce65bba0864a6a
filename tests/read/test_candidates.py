"""The choice between the extractors: who is asked, and who has the last word."""

from __future__ import annotations

import pytest

from textkit.read import ReadOptions, read_bytes

STORY = [
    "The brewery on Mill Lane will close at the end of the year, its owners told the staff.",
    "Forty people work there, and most of them have been offered a place in the new plant.",
]
CARD = (
    '<div class="box"><h3><a href="/{i}">Story number {i} of this week</a></h3>'
    "<p>A teaser that is a good deal longer than the story itself, with two sentences, number {i}."
    " It tells what happened, where it happened, and who was there to see it.</p></div>"
)
CARDS = "".join(CARD.format(i=i) for i in range(1, 13))


def test_a_short_article_beside_longer_teasers_is_no_index_page():
    story = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
    markup = (
        "<html><head><title>Brewery closes</title></head><body><main><article><h1>Brewery closes"
        f"</h1>{story}</article></main><aside class='sidebar'>{CARDS}</aside></body></html>"
    )
    document = read_bytes(markup.encode(), "a", "a.html", "html", ReadOptions())
    assert document.text == "\n\n".join(STORY) + "\n"


COMMENTS = "".join(
    f"<p>I have bought my beer there for thirty years, {name}, and it has never been better than it"
    " was last summer. What a pity that nobody asked the people who live in the lane.</p>"
    for name in ("Ida", "Jo", "Kim", "Lee")
)


@pytest.mark.parametrize("fast", [False, True], ids=["vote", "fast"])
def test_comments_that_outweigh_their_article_are_left_out(fast):
    story = "".join(f'<div class="txt">{paragraph}</div>' for paragraph in STORY)
    markup = (
        "<html><head><title>Brewery closes</title></head><body><div class='story'><h1>Brewery "
        f"closes</h1>{story}</div><div class='comments'><h3>4 comments</h3>{COMMENTS}</div></body>"
    )
    document = read_bytes(markup.encode(), "a", "a.html", "html", ReadOptions(fast=fast))
    assert document.text == "\n\n".join(STORY) + "\n"


@pytest.mark.parametrize("fast", [False, True], ids=["vote", "fast"])
def test_an_article_in_an_element_named_after_comments_stays(fast):
    markup = f"<html><body class='has-comments'><h1>On beer</h1>{COMMENTS}</body></html>"
    document = read_bytes(markup.encode(), "a", "a.html", "html", ReadOptions(fast=fast))
    assert document.text.count("What a pity") == 4


def test_buttons_of_a_row_of_pictures_are_left_out():
    slides = "<div class='carousel'><div>3 of 8</div><div>Loading the picture...</div></div>"
    story = "".join(f"<p>{paragraph}</p>" for paragraph in STORY * 2)
    markup = f"<html><body><article><h1>Brewery closes</h1>{slides}{story}</article></body></html>"
    document = read_bytes(markup.encode(), "a", "a.html", "html", ReadOptions())
    assert document.text.startswith(STORY[0])


def test_short_sentences_of_a_dialogue_stay_to_the_last():
    lines = [STORY[0], "She waited.", STORY[1], "“It is you,” said a man.", "“It is.”"]
    story = "".join(f"<div><div><span>{line}</span></div></div>" for line in lines)
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/t'>Town</a></li></ul></nav>"
    footer = (
        "<footer><ul><li><a href='/i'>Imprint</a></li><li><a href='/p'>Privacy</a></li></ul>"
        "<p>© Harbour Press. All rights reserved.</p></footer>"
    )
    markup = f"<html><body>{menu}<div class='chapter-content'>{story}</div>{footer}</body></html>"
    document = read_bytes(markup.encode(), "a", "a.html", "html", ReadOptions(fast=True))
    assert document.text == "\n\n".join(lines) + "\n"
