"""Each level on small examples, and inputs that are empty, huge or hostile."""

import json
import random
from pathlib import Path

import pytest

from textkit.dedup import DedupOptions, dedup
from textkit.dedup.pipeline import analyse
from textkit.dedup.views.explain import rules
from textkit.dedup.views.pairs import near_pairs
from textkit.document import Document

ROOT = Path(__file__).parents[2] / "fixtures" / "dedup"
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
TEXTS = {path.stem[:3]: path.read_text("utf-8") for path in SEEDS}
PLAIN = DedupOptions(passages=False)


def found(texts, options=PLAIN):
    documents = [Document(id, "-", text) for id, text in texts.items()]
    return {d.id: d.dedup for d in dedup(documents, options)}


def cases(name):
    lines = (ROOT / f"{name}.jsonl").read_text("utf-8").splitlines()
    marks = [pytest.mark.xfail(strict=True)] if name == "known-failures" else []
    return [
        pytest.param(json.loads(line), id=json.loads(line)["name"], marks=marks) for line in lines
    ]


@pytest.mark.parametrize(
    "case", [*cases("synthetic"), *cases("negative"), *cases("known-failures")]
)
def test_pair(case):
    one, other = case["input"]
    result = found({"a": one, "b": other})
    same = result["a"].cluster == result["b"].cluster
    level = min(result.values(), key=lambda f: f.action).level if same else None
    assert level == case["expected"], case["why"]


def edited(text, share, seed=3):
    rng = random.Random(seed)
    words = text.split(" ")
    for _ in range(int(len(words) * share)):
        at = rng.randrange(len(words))
        words[at] = rng.choice(words)
    return " ".join(words)


@pytest.mark.parametrize(
    ("name", "edit"),
    [
        ("edit 30 %", lambda t: edited(t, 0.30)),
        ("shuffled", lambda t: "\n\n".join(reversed(t.split("\n\n")))),
        ("truncated", lambda t: t[: len(t) // 3]),
        ("furniture", lambda t: f"Log in | Sign up\n\n{t}\n\nAll rights reserved. Contact us."),
        ("part with furniture", lambda t: "Log in | Sign up\n\n" + t[200:1500]),
    ],
)
@pytest.mark.parametrize("id", ["000", "004"])
def test_edited_copies_are_found(id, name, edit):
    result = found({**TEXTS, "copy": edit(TEXTS[id])})
    assert result["copy"].cluster == result[id].cluster
    assert {f.action for f in result.values()} == {"keep", "drop"}
    assert sum(f.action == "drop" for f in result.values()) == 1


def test_a_page_of_two_stories_joins_neither():
    page = TEXTS["000"] + "\n\n" + TEXTS["002"]
    result = found({"000": TEXTS["000"], "002": TEXTS["002"], "page": page, "more": TEXTS["003"]})
    assert len({f.cluster for f in result.values()}) == 4
    assert "several stories" in result["page"].reason
    assert result["page"].relation == "contains"
    assert result["000"].relation == result["002"].relation == "contained_in"


def test_a_page_of_all_five_joins_none():
    page = "\n\n".join(TEXTS.values())
    result = found({**TEXTS, "page": page})
    assert len({f.cluster for f in result.values()}) == 6
    assert "several stories" in result["page"].reason


@pytest.mark.parametrize("present", [4, 8, 20])
@pytest.mark.parametrize("count", [8, 20])
def test_a_digest_of_many_stories_joins_none(count, present):
    rng = random.Random(count)
    texts = {
        f"{n:02}": " ".join(f"w{n}{rng.choice('abcdefgh')}{rng.randrange(60)}" for _ in range(200))
        for n in range(count)
    }
    some = {id: text for id, text in texts.items() if int(id) < max(present, count // 2)}
    result = found({**some, "digest": "\n\n".join(texts.values())})
    assert len({f.cluster for f in result.values()}) == len(result)


def test_a_quoted_paragraph_joins_nothing():
    quoted = TEXTS["002"].split("\n\n")[4]
    host = TEXTS["004"].replace("\n\n", "\n\n" + quoted + "\n\n", 1)
    result = found({"002": TEXTS["002"], "host": host})
    assert result["host"].cluster == "host"


def test_drop_leaves_copies_out():
    documents = [Document(i, "-", TEXTS["000"]) for i in ("a", "b")]
    assert [d.id for d in dedup(documents, DedupOptions(drop=True))] == ["a"]


def test_kept_is_the_longest_then_the_earliest_then_the_lowest_id():
    text = TEXTS["000"]
    dated = [
        Document("a", "-", text, date="2024-02-01"),
        Document("b", "-", text, date="2024-01-01"),
    ]
    assert {d.dedup.cluster for d in dedup(dated)} == {"b"}
    assert {f.cluster for f in found({"b": text, "a": text}).values()} == {"a"}
    assert {f.cluster for f in found({"a": text[:3000], "b": text}).values()} == {"b"}
    preferred = found({"a": text[:3000], "b": text}, DedupOptions(prefer="^a$"))
    assert {f.cluster for f in preferred.values()} == {"a"}


def test_dates_far_apart_are_two_stories():
    def told(date):
        ids = [("001", None), ("004", date)]
        documents = [Document(i, "-", TEXTS[i], date=d or "2025-09-23") for i, d in ids]
        return {d.dedup.story for d in dedup(documents, DedupOptions(story_days=14))}

    assert told("2025-09-25") != {None}
    assert told("2025-12-25") == {None}


def test_texts_without_words_are_no_copies():
    result = found({"a": "", "b": "", "c": " \n", "d": "..."})
    assert all(f.action == "keep" and f.cluster == id for id, f in result.items())


def test_one_word():
    result = found({"a": "Hello", "b": "hello!", "c": "bye"})
    assert [result[id].action for id in "abc"].count("drop") == 1
    assert result["c"].cluster == "c"


def test_many_identical_documents():
    result = found({f"{n:05}": TEXTS["001"] for n in range(3_000)})
    assert {f.cluster for f in result.values()} == {"00000"}


def test_many_nearly_identical_documents():
    result = found({f"{n:05}": edited(TEXTS["001"], 0.02, n) for n in range(300)})
    assert len({f.cluster for f in result.values()}) == 1


def test_a_very_long_document():
    rng = random.Random(5)
    words = TEXTS["003"].split()
    long = " ".join(rng.choice(words) for _ in range(300_000))
    result = found({**TEXTS, "long": long, "word": "x" * 1_000_000}, DedupOptions())
    assert all(f.action == "keep" for f in result.values())


@pytest.mark.parametrize("count", [3, 6, 100])
def test_a_document_that_holds_all_others(count):
    rng = random.Random(2)
    texts = {
        f"{n:03}": " ".join(f"w{n}{rng.choice('abcdefgh')}{rng.randrange(40)}" for _ in range(120))
        for n in range(count)
    }
    result = found({**texts, "all": "\n\n".join(texts.values())})
    assert all(f.action == "keep" and f.cluster == id for id, f in result.items())


def test_lone_surrogates_and_control_characters():
    result = found({"a": "\ud800 one two three", "b": "\x00\x1b[31m four five six"})
    assert {f.action for f in result.values()} == {"keep"}


def test_more_processes_change_nothing():
    documents = [Document(id, "-", text * 12) for id, text in TEXTS.items()]
    expected = list(dedup(documents, PLAIN))
    assert list(dedup(documents, DedupOptions(passages=False, jobs=2))) == expected


def test_the_same_words_in_another_order_are_one_story():
    words = " ".join(f"Alpha{n} beta{n}" for n in range(150)).split()
    texts = {str(n): " ".join(words[n:] + words[:n]) for n in range(5)}
    result = found(texts, DedupOptions(near=False, passages=False))
    assert {f.story for f in result.values()} == {"0"}


def test_what_keeps_two_reports_apart_is_said():
    (case,) = (p.values[0] for p in cases("negative") if p.id == "two reports, one background")
    documents = [Document(id, "-", text) for id, text in zip("ab", case["input"], strict=True)]
    analysis = analyse(documents, DedupOptions())
    (pair,) = near_pairs(analysis, DedupOptions())
    assert (
        pair.note == "apart: each has facts or a part of its own, or their clusters are not alike"
    )
    assert "apart: each with 60 words in a row" in rules(DedupOptions())


def invented(rng, count):
    """Sentences of so many words that nobody has written."""
    words = ["".join(rng.choices("bdfgklmnprst", k=5)) for _ in range(count)]
    lines = (" ".join(words[at : at + 12]) for at in range(0, count, 12))
    return ". ".join(lines).capitalize() + "."


@pytest.mark.parametrize("shared", [120, 300, 900, 1500])
@pytest.mark.parametrize(("own", "level"), [(84, "story"), (36, "near")])
def test_parts_of_their_own_keep_texts_apart_however_much_they_share(shared, own, level):
    rng = random.Random(7)
    start, rest = invented(rng, 12), invented(rng, shared)
    texts = {id: "\n\n".join((start, invented(rng, own), rest)) for id in "ab"}
    assert {f.level for f in found(texts).values()} == {level}
