"""The choice between the extractors: who is asked, and who has the last word."""

from __future__ import annotations

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
