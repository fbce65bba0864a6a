"""The five real articles: no copies, one story told by two of them."""

import json
import random
from pathlib import Path

import pytest

from textkit.dedup import DedupOptions, dedup
from textkit.document import Document

FOLDER = Path(__file__).parents[2] / "fixtures" / "dedup" / "seeds"
RAW = Path(__file__).parents[2] / "seeds"


def articles(folder):
    return [
        Document(p.stem[:3], p.name, p.read_text("utf-8")) for p in sorted(folder.glob("*.txt"))
    ]


@pytest.mark.parametrize("folder", [FOLDER, RAW], ids=["clean", "raw"])
def test_one_story_group_and_nothing_dropped(folder):
    found = {d.id: d.dedup for d in dedup(articles(folder))}
    assert len(found) == 5
    assert {id for id, f in found.items() if f.story is not None} == {"001", "004"}
    assert found["001"].story == found["004"].story
    assert {(f.action, f.cluster == id) for id, f in found.items()} == {("keep", True)}


def test_order_changes_nothing():
    documents = articles(FOLDER)
    expected = {d.id: d for d in dedup(documents)}
    random.Random(7).shuffle(documents)
    assert {d.id: d for d in dedup(documents)} == expected
    assert [d.id for d in dedup(documents)] == [d.id for d in documents]


def test_copies_of_seeds():
    documents = articles(FOLDER)
    text = documents[0].text
    upper = Document("upper", "-", text.upper().replace("\n\n", "\n"))
    part = Document("part", "-", text[: len(text) // 2])
    found = {d.id: d.dedup for d in dedup([part, upper, *documents], DedupOptions())}
    assert found["upper"].level == "exact" or found["000"].level == "exact"
    assert found["part"].relation == "contained_in"
    assert len({found[id].cluster for id in ("000", "upper", "part")}) == 1


def lines(name):
    text = (FOLDER.parent / f"{name}.jsonl").read_text("utf-8")
    return [pytest.param(case, id=case["name"]) for case in map(json.loads, text.splitlines())]


@pytest.mark.parametrize("case", lines("across-scripts"))
def test_a_story_is_known_in_another_script(case):
    new = Document("new", "-", case["input"])
    found = {d.id: d.dedup for d in dedup([*articles(FOLDER), new], DedupOptions(passages=False))}
    story = found["new"].story
    told = [id for id, f in found.items() if story and f.story == story and id != "new"]
    assert sorted(told) == case["expected"], case["why"]
    assert found["001"].story == found["004"].story is not None
    assert found["new"].action == "keep"
