"""File names from ids: safe, never shared, the id itself where it can be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textkit.run.names import file_stem


@pytest.mark.parametrize("id", ["a", "002_91fb", "Überblick", "新闻", "a.b", "x y"])
def test_a_safe_id_is_its_own_name(id):
    assert file_stem(id, set()) == id


@pytest.mark.parametrize(
    "id",
    [
        "",
        ".",
        "..",
        "../x",
        "/etc/passwd",
        "a/b",
        "a\nb",
        "a\x00b",
        "-rf",
        ".hidden",
        "con",
        "NUL.x",
        "a\\b",
        "x" * 400,
        "新" * 200,
        "a\ud800",
        "trailing. ",
    ],
)
def test_an_unsafe_id_gets_a_safe_name_with_a_mark(id):
    name = file_stem(id, set())
    assert name != id
    assert not set(name) & set('/\\\n\x00:*?"<>|')
    assert not name.startswith((".", "-"))
    assert len(f"{name}.txt".encode()) <= 200


def test_names_that_differ_in_case_only_do_not_meet():
    taken = set()
    names = [file_stem(id, taken) for id in ("News", "news", "NEWS")]
    assert names[0] == "News"
    assert len({name.casefold() for name in names}) == 3


@given(st.lists(st.text(alphabet=st.characters(codec=None), max_size=8), unique=True, max_size=20))
def test_different_ids_never_share_a_name(ids):
    taken = set()
    names = [file_stem(id, taken) for id in ids]
    assert len({name.casefold() for name in names}) == len(names)
