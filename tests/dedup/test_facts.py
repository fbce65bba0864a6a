"""Facts that the real articles tell more than once are found as related passages."""

import json
from pathlib import Path

import pytest

from textkit.dedup import dedup
from textkit.document import Document

ROOT = Path(__file__).parents[2] / "fixtures" / "dedup"


def cases(name, *marks):
    rows = map(json.loads, (ROOT / f"{name}.jsonl").read_text("utf-8").splitlines())
    return [pytest.param(row, id=row["name"], marks=marks) for row in rows]


@pytest.fixture(scope="module")
def found():
    paths = sorted((ROOT / "seeds").glob("*.txt"))
    documents = [Document(path.stem[:3], path.name, path.read_text("utf-8")) for path in paths]
    return {document.id: document for document in dedup(documents)}


def line(found, place):
    """Return where a line begins and ends, by its document and its first words."""
    id, words = place
    start = found[id].text.index(words)
    return id, start, found[id].text.index("\n", start)


def linked(found, one, other):
    id, start, end = one
    there, first, last = other
    return any(
        r.start < end and r.end > start and r.id == there
        and r.other_start < last and r.other_end > first and r.kind != "embedded_summary"
        for r in found[id].dedup.repeats
    )  # fmt: skip


@pytest.mark.parametrize(
    "case",
    [
        *cases("in-the-wild"),
        *cases("facts-known-failures", pytest.mark.xfail(strict=True)),
    ],
)
def test_a_fact_told_again_is_found(found, case):
    """All places where a fact is told hang together by marks; what is another fact does not."""
    places = [line(found, place) for place in case["input"]]
    reached, todo = {places[0]}, [places[0]]
    while todo:
        one = todo.pop()
        near = [p for p in places if linked(found, one, p) or linked(found, p, one)]
        todo += [p for p in near if p not in reached]
        reached |= set(near)
    assert (len(reached) == len(places)) == case["expected"], case["why"]


def test_the_embedded_summary_is_marked(found):
    marks = [
        (id, found[id].text[r.start : r.start + 10])
        for id, document in found.items()
        for r in document.dedup.repeats
        if r.kind == "embedded_summary"
    ]
    assert marks == [("004", "AI Summary")]


def test_marks_are_no_flood(found):
    sentences = sum(d.text.count(". ") + d.text.count("\n") for d in found.values())
    passages = {(d.id, r.start) for d in found.values() for r in d.dedup.repeats}
    assert len(passages) < sentences / 2
