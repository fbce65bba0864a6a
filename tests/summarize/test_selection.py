"""What is chosen: budgets, order, shares, stories, redundancy, queries, and where it comes from."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textkit.document import (
    Dedup,
    Document,
    Passage,
    decode,
    encode,
    revise,
    source_text,
)
from textkit.edits import Edit
from textkit.summarize import SummarizeOptions, summarize, summarize_corpus, summarize_document
from textkit.summarize.render import as_markdown, as_text
from textkit.summarize.select import Budget, Chosen
from textkit.text.words import words

FOLDER = Path(__file__).parents[2] / "fixtures" / "summarize" / "seeds"
SEEDS = [Document(p.stem[:3], p.name, p.read_text("utf-8")) for p in sorted(FOLDER.glob("*.txt"))]


def size(summary):
    return sum(len(words(sentence.text)) for sentence in summary)


def news(id, *sentences, **fields):
    return Document(id, "-", " ".join(sentences), **fields)


@pytest.mark.parametrize("budget", [1, 5, 12, 40, 100, 250])
@pytest.mark.parametrize("method", ["auto", "coverage", "lead"])
def test_a_budget_in_words_is_never_exceeded(budget, method):
    options = SummarizeOptions(words=budget, method=method)
    assert size(summarize_document(SEEDS[2], options).summary) <= budget
    assert size(summarize_corpus(SEEDS, options).summary) <= budget


@pytest.mark.parametrize("number", [1, 2, 7, 500])
def test_a_budget_in_sentences_is_never_exceeded(number):
    options = SummarizeOptions(sentences=number)
    assert len(summarize_document(SEEDS[0], options).summary) <= number
    assert len(summarize_corpus(SEEDS, options).summary) <= number


def test_a_ratio_is_a_share_of_all_words():
    summary = summarize_document(SEEDS[4], SummarizeOptions(ratio=0.1)).summary
    total = len(words(SEEDS[4].text))
    assert 0.05 * total < size(summary) <= 0.1 * total


def test_order_by_text_score_and_date():
    by_text = summarize_document(SEEDS[3], SummarizeOptions(sentences=5)).summary
    assert [s.start for s in by_text] == sorted(s.start for s in by_text)
    by_score = summarize_document(SEEDS[3], SummarizeOptions(sentences=5, order="score")).summary
    assert [s.rank for s in by_score] == [1, 2, 3, 4, 5]
    assert set(by_text) == set(by_score)
    dated = [
        news("late", "The river Aire flooded 200 houses in Leeds.", date="2024-05-02"),
        news("none", "The council of York will pay 3 million pounds."),
        news("early", "Heavy rain was forecast for all of Yorkshire.", date="Wed, May 1 2024"),
    ]
    assert [s.id for s in summarize_corpus(dated, SummarizeOptions()).summary] == [
        "early", "late", "none",
    ]  # fmt: skip


@pytest.mark.parametrize("number", [5, 8, 10, 20])
def test_no_document_gives_more_than_its_share(number):
    summary = summarize_corpus(SEEDS, SummarizeOptions(sentences=number)).summary
    assert len(summary) == number
    assert max(Counter(s.id for s in summary).values()) <= 0.4 * number


def test_a_document_gives_no_more_than_its_share_of_a_short_summary():
    many = (
        "The mayor of Bergen opened a bridge of 300 metres on Monday.",
        "Farmers in Kenya lost 9,000 tonnes of maize to the drought.",
        "The museum of Lyon bought a painting by Claude Monet for 71 million francs.",
        "Scientists at Kyoto found 14 stars that flicker every hour.",
        "Workers at the Turin plant want 12 percent more pay.",
        "Norway sold 40 ferries to a firm from Chile in March.",
    )
    docs = [
        news("many", *many),
        news("one", "The river Aire flooded 200 houses in Leeds on Friday."),
        news("two", "Heavy rain was forecast for all of Yorkshire by noon."),
    ]
    by_count = Counter(s.id for s in summarize_corpus(docs, SummarizeOptions(sentences=8)).summary)
    assert by_count == {"many": 1, "one": 1, "two": 1}
    # Where words are counted, the room that the share leaves is filled.
    by_words = Counter(s.id for s in summarize_corpus(docs, SummarizeOptions(words=120)).summary)
    assert by_words == {"many": 6, "one": 1, "two": 1}


STORIES = {
    "a": ("The council of Bergen voted to close the harbour bridge for repairs.",
          "It will pay 42 million euros for 11 piers and 300 ferries."),
    "b": ("Farmers in Kenya lost their maize harvest after the drought.",
          "They need 9,000 tonnes of seed and 15 million dollars."),
    "c": ("The museum of Lyon bought a painting by Claude Monet.",
          "It paid 71 million francs at an auction of 40 lots."),
    "d": ("Scientists at Kyoto found a star that flickers every hour.",
          "It lies 1,200 light years away and weighs 14 suns."),
    "e": ("Workers at the Turin plant went on strike over shifts.",
          "They want 35 hours a week and 12 percent more pay."),
}  # fmt: skip


@pytest.mark.parametrize("number", [2, 5, 8])
def test_every_story_has_a_sentence_before_any_has_two(number):
    """The second sentences tell more, but each would bring the first along."""
    marked = [
        Document(
            id, "-", f"Headline {id} here\n\n{first} {second}", dedup=Dedup("keep", id, story=id)
        )
        for id, (first, second) in STORIES.items()
    ]
    summary = summarize_corpus(marked, SummarizeOptions(sentences=number)).summary
    assert len({s.id for s in summary}) == min(number, 5)


def test_stories_of_several_documents_share_a_summary():
    marks = {"000": "a", "001": "b", "002": "a", "003": "a", "004": "b"}
    marked = [
        Document(d.id, d.source, d.text, dedup=Dedup("keep", d.id, story=marks[d.id]))
        for d in SEEDS
    ]
    summary = summarize_corpus(marked, SummarizeOptions(sentences=2)).summary
    assert {marks[s.id] for s in summary} == {"a", "b"}


def test_duplicates_are_left_out_of_a_corpus_but_have_summaries_of_their_own():
    copy = Document("copy", "-", SEEDS[1].text, dedup=Dedup("drop", "001", canonical="001"))
    summary = summarize_corpus([copy, *SEEDS], SummarizeOptions(sentences=20)).summary
    assert "copy" not in {s.id for s in summary}
    assert summarize_document(copy, SummarizeOptions()).summary


def test_an_undetected_copy_is_not_told_twice():
    twin = Document("twin", "-", SEEDS[1].text)
    texts = [s.text for s in summarize_corpus([SEEDS[1], twin], SummarizeOptions()).summary]
    assert len(texts) == len(set(texts))


def test_a_leaning_sentence_comes_with_the_one_before_it():
    for document in SEEDS:
        summary = summarize_document(document, SummarizeOptions(sentences=12)).summary
        ends = {s.end for s in summary}
        for sentence in summary:
            if "with the sentence before it" in sentence.reasons:
                before = document.text[: sentence.start].rstrip()
                assert len(before) in ends


def test_a_query_brings_up_what_is_about_it():
    options = SummarizeOptions(sentences=1, query="Ellison Oracle")
    assert "Larry Ellison" in summarize_document(SEEDS[2], options).summary[0].text
    nothing = SummarizeOptions(sentences=1, query="zebra")
    plain = SummarizeOptions(sentences=1)
    assert [s.text for s in summarize_document(SEEDS[2], nothing).summary] == [
        s.text for s in summarize_document(SEEDS[2], plain).summary
    ]


def test_keywords_are_spelt_as_in_the_text():
    extra = summarize_document(SEEDS[1], SummarizeOptions(keywords=4)).extra
    assert len(extra["keywords"]) == 4
    assert {"Nvidia", "OpenAI"} <= set(extra["keywords"])


def translated():
    """Two sentences, the second translated from Chinese; a byline was cleaned away before."""
    source = "by me\nThe mayor of Leeds opened a bridge on Monday. 市长说这座桥花了三百万英镑。"
    document = revise(Document("a", "-", source, lang="en"), "clean", [Edit(0, "by me\n", "", "T")])
    start = document.text.index("市")
    edit = Edit(start, document.text[start:], "The mayor said it cost 3 million pounds.", "zh>en")
    document = revise(document, "translate", [edit], "argos")
    first = Passage(0, start, "en", "Latn", 1.0, "model", "paragraph")
    second = Passage(start, len(document.text), "en", "Latn", 1.0, "translation", "sentence",
                     origin="zh-Hans", engine="argos")  # fmt: skip
    return Document(document.id, "-", document.text, lang="en", passages=(first, second),
                    revisions=document.revisions)  # fmt: skip


def test_the_source_of_a_translated_sentence_is_the_foreign_one():
    document = summarize_document(translated(), SummarizeOptions())
    first, second = document.summary
    source = source_text(document)
    assert source[first.source_start : first.source_end] == first.text
    assert source[second.source_start : second.source_end] == "市长说这座桥花了三百万英镑。"
    assert (first.origin, second.origin) == (None, "zh-Hans")
    assert as_text(document).splitlines()[1].endswith("pounds. [zh→en]")
    assert decode(encode(document)) == document


def test_markdown_is_a_list_with_its_marks_escaped():
    document = news("a*b", "The [mayor] of Leeds opened a bridge on Monday.")
    record = summarize_corpus([document], SummarizeOptions())
    assert as_markdown(record).splitlines()[2] == (
        "- The \\[mayor\\] of Leeds opened a bridge on Monday. [`a*b`]"
    )


@pytest.mark.parametrize(
    ("text", "words_", "expected"),
    [
        ("", None, "the text is empty"),
        ("  \n\n ", None, "the text is empty"),
        ("One", None, "none of 1 sentences is eligible (1 heading)"),
        ("The mayor of Leeds opened a bridge.", 3, "no sentence fits into 3 words"),
    ],
)
def test_an_empty_summary_says_which_step_left_nothing(text, words_, expected):
    document = summarize_document(Document("a", "-", text), SummarizeOptions(words=words_))
    assert document.summary == ()
    assert expected in document.warnings[-1]
    again = summarize_document(document, SummarizeOptions(words=words_))
    assert again.warnings == document.warnings


def test_a_corpus_of_nothing_says_so():
    assert "no documents" in summarize_corpus([], SummarizeOptions()).warnings[0]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor of Leeds opened a bridge over the river.",
        "Mae maer Leeds wedi agor pont newydd dros yr afon ddydd Llun diwethaf.",  # no stop words
        "ฝนตกหนักตลอดทั้งวันทำให้แม่น้ำเจ้าพระยามีระดับน้ำสูงขึ้นอย่างรวดเร็วในหลายพื้นที่ " * 3,
        "市长星期一在利兹为横跨河流的新桥举行了启用仪式。这座桥花了三百万英镑，用了两年时间。",
        "Musk用GPU训练了一个新的模型来研究语言。 The GPU was made by Nvidia in 2024 for 3 dollars.",
        "x" * 3000 + ".",
        "a b c d e f " * 3000,
        ". ! ? … 。" * 50,
        "\ud800 is no letter, and yet it may stand in a text.",
    ],
)
def test_odd_texts_are_summarised_or_refused_with_a_reason(text):
    document = summarize_document(Document("a", "-", text), SummarizeOptions())
    assert document.summary or document.warnings
    assert all(text[s.start : s.end] == s.text for s in document.summary)


def test_the_stage_is_lazy():
    stream = summarize(iter(SEEDS), SummarizeOptions())
    assert next(stream).id == "000"


letters = st.text(alphabet="abcdefgh ,.!?\n\"'()0123中文。", max_size=400)


@given(text=letters, number=st.integers(1, 5))
@settings(max_examples=60, deadline=None)
def test_sentences_of_a_summary_are_spans_of_the_text_in_order(text, number):
    options = SummarizeOptions(sentences=number)
    document = summarize_document(Document("a", "-", text), options)
    assert all(text[s.start : s.end] == s.text for s in document.summary)
    assert [s.start for s in document.summary] == sorted(s.start for s in document.summary)
    assert len(document.summary) <= number
    assert document == summarize_document(Document("a", "-", text), options)


@pytest.mark.parametrize(
    ("text", "tier", "chosen"),
    [
        (
            "What changes\n\n• Bus tickets rise to four pounds.\n• Landlords must show a licence.",
            "items and full lines",
            ["Bus tickets rise", "Landlords must"],
        ),
        (
            "Ferries\n\nThe council votes on the new ferry line\n\nTrains run again after a week",
            "items and full lines",
            ["The council votes", "Trains run"],
        ),
        ("It rained.", "short sentences", ["It rained."]),
        ("Did it open?\n\nDid it? He opened it on Monday at noon.", "questions", ["Did it"]),
        ("A Title\n\nAnother Heading", "the title", ["A Title"]),
    ],
)
def test_where_no_sentence_is_eligible_something_is_chosen_and_told(text, tier, chosen):
    document = summarize_document(Document("a", "-", text), SummarizeOptions())
    for start in chosen:
        assert any(s.text.startswith(start) for s in document.summary), start
    assert [w for w in document.warnings if w.endswith("chosen from " + tier)]
    again = summarize_document(document, SummarizeOptions())
    assert again.warnings == document.warnings


def test_a_sentence_begins_after_its_dateline_and_ends_before_its_tail():
    text = "LEEDS, England (AP) — The mayor opened a bridge of 300 metres on Monday.[1] #leeds"
    (sentence,) = summarize_document(Document("a", "-", text), SummarizeOptions()).summary
    assert sentence.text == "The mayor opened a bridge of 300 metres on Monday."
    assert text[sentence.start : sentence.end] == sentence.text


def test_what_clean_would_remove_is_not_chosen_without_clean_either():
    text = (
        "The council met on Tuesday and voted to close the old bridge over the river in May.\n\n"
        "The mayor said that the work would take two years and cost nine million pounds.\n\n"
        "Shops on the north side fear for their trade, since the ferry runs twice an hour.\n\n"
        "Sign up for our newsletter to get the best stories every day."
    )
    summary = summarize_document(Document("a", "-", text), SummarizeOptions(sentences=9)).summary
    assert summary
    assert not any("newsletter" in s.text for s in summary)


def test_a_share_smaller_than_any_sentence_gives_one():
    text = "The mayor of Leeds opened a bridge on Monday. It cost three million pounds in all."
    assert (
        len(summarize_document(Document("a", "-", text), SummarizeOptions(ratio=0.1)).summary) == 1
    )


def test_room_is_counted_beside_what_is_chosen():
    units = [SimpleNamespace(doc=doc, words=10, terms=[], runs=[]) for doc in (0, 0, 1)]
    chosen = Chosen()
    chosen.take(units, [0])
    assert Budget(2, 20, 1).allows(chosen, units, [2])
    assert not Budget(2, 19, 1).allows(chosen, units, [2])
    assert not Budget(1, 20, 1).allows(chosen, units, [2])
    assert not Budget(2, 20, 1).allows(chosen, units, [1])
