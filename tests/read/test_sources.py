"""Where input comes from: files, directories, standard input."""

from __future__ import annotations

import io
import os

import pytest

from textkit.errors import Failure, InputError
from textkit.read import ReadOptions, Source, plan, read
from textkit.read.sources import Namer, check_readable, display


@pytest.fixture
def folder(tmp_path):
    """A folder with texts, a page, records, hidden files and files of other kinds."""
    for name in ("b.txt", "a.md", "c.HTML", "sub/d.txt", "sub/deep/e.jsonl", ".hidden.txt",
                 ".git/f.txt", "g.pdf", "Makefile", "10.txt", "9.txt"):  # fmt: skip
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")
    return tmp_path


def paths_of(found, root):
    return [os.path.relpath(source.path, root) for source in found.sources]


def test_a_directory_is_read_sorted_recursively_and_without_hidden_files(folder):
    found = plan([str(folder)])
    assert paths_of(found, folder) == [
        "10.txt", "9.txt", "a.md", "b.txt", "c.HTML", "sub/d.txt", "sub/deep/e.jsonl",
    ]  # fmt: skip
    assert [s.format for s in found.sources] == ["text"] * 4 + ["html", "text", "jsonl"]
    assert found.skipped == {".pdf": 1, "no ending": 1}
    assert not found.one_text


def test_a_directory_twice_gives_the_same_plan(folder):
    assert plan([str(folder)]).sources == plan([str(folder)]).sources


def test_a_format_that_is_asked_for_holds_for_all_files(folder):
    assert {s.format for s in plan([str(folder)], "text").sources} == {"text"}


def test_links_that_go_round_end(folder):
    (folder / "sub" / "up").symlink_to(folder, target_is_directory=True)
    (folder / "sub" / "self").symlink_to(folder / "sub", target_is_directory=True)
    assert len(plan([str(folder)]).sources) == 7


def test_a_linked_folder_is_read_once(folder):
    (folder / "zzz").symlink_to(folder / "sub", target_is_directory=True)
    assert paths_of(plan([str(folder)]), folder).count("zzz/d.txt") == 0


def test_a_dangling_link_is_reported_when_it_is_read(folder):
    (folder / "gone.txt").symlink_to(folder / "nowhere.txt")
    failures: list[Failure] = []
    documents = list(read(plan([str(folder)], "text").sources, ReadOptions(), failures.append))
    assert [os.path.basename(f.where) for f in failures] == ["gone.txt"]
    assert str(failures[0].error) == "no such file or directory"
    assert len(documents) == 7


def test_what_is_no_regular_file_is_left_out(folder):
    os.mkfifo(folder / "pipe.txt")  # reading it would wait for ever
    assert len(plan([str(folder)]).sources) == 7


def test_a_missing_path_is_in_the_plan_and_fails_alone(folder):
    failures: list[Failure] = []
    found = plan([str(folder / "nope.txt"), str(folder / "b.txt")])
    documents = list(read(found.sources, ReadOptions(), failures.append))
    assert [d.id for d in documents] == ["b"]
    assert [str(f.error) for f in failures] == ["no such file or directory"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_fails_alone(folder):
    (folder / "b.txt").chmod(0)
    failures: list[Failure] = []
    list(read(plan([str(folder / "b.txt")]).sources, ReadOptions(), failures.append))
    assert [str(f.error) for f in failures] == ["permission denied"]


@pytest.mark.parametrize(
    ("name", "format"),
    [("a.txt", "text"), ("a.md", "text"), ("a.html", "html"), ("a.HTM", "html"),
     ("a.xhtml", "html"), ("a.jsonl", "jsonl"), ("a.ndjson", "jsonl"), ("a", "text"),
     ("a.log", "text"), ("a.html.txt", "text")],
)  # fmt: skip
def test_the_ending_of_a_named_file_says_what_is_in_it(name, format):
    assert plan([name]).sources == [Source(name, format)]


@pytest.mark.parametrize(
    ("head", "format"),
    [(b'{"id": 1}\n', "jsonl"), (b'\n  {"id"', "jsonl"), (b"{}", "jsonl"), (b"{ not records",
     "text"), (b"plain", "text"), (b"", "text"), (b"<!DOCTYPE html><html>", "html"),
     (b"\n<html lang=en>", "html"), (b"\xef\xbb\xbf<!doctype HTML>", "html"),
     (b"<p>a fragment", "text")],
)  # fmt: skip
def test_the_first_bytes_of_standard_input_say_what_is_in_it(head, format):
    stream = io.BufferedReader(io.BytesIO(head))
    assert plan(["-"], stdin=stream).sources == [Source("-", format)]
    assert stream.read() == head, "looking takes nothing away"


def test_standard_input_is_one_text():
    documents = list(read([Source("-", "text")], ReadOptions(), pytest.fail, io.BytesIO(b"a\r\nb")))
    assert [(d.id, d.source, d.text) for d in documents] == [("stdin", "-", "a\r\nb")]


@pytest.mark.parametrize(
    ("names", "one"), [(["a.txt"], True), (["a.html"], True), (["a.txt", "b.txt"], False),
                       (["a.jsonl"], False), (["-"], True)],
)  # fmt: skip
def test_one_text_is_a_single_text_or_page(names, one):
    assert plan(names).one_text is one


def test_a_folder_with_one_text_is_not_one_text(tmp_path):
    (tmp_path / "a.txt").write_text("a", encoding="utf-8")
    assert not plan([str(tmp_path)]).one_text


def test_ids_are_stems_and_unique():
    namer = Namer()
    names = ["x/a.txt", "y/a.txt", "a.html", "a-2.txt", ".txt", "-", "b.tar.gz"]
    ids = [namer.name(Source(name, "text")) for name in names]
    assert ids == ["a", "a-2", "a-3", "a-2-2", ".txt", "stdin", "b.tar"]


def test_names_that_are_not_utf8_can_be_carried():
    assert display(os.fsdecode(b"caf\xe9.txt")) == "caf\ufffd.txt"


def test_reading_is_lazy(folder):
    stream = read(plan([str(folder)], "text").sources, ReadOptions(), pytest.fail)
    (folder / "9.txt").write_text("changed", encoding="utf-8")
    assert [next(stream).text, next(stream).text] == ["text", "changed"]


def test_nothing_to_read_says_which_endings_are_read(tmp_path):
    (tmp_path / "a.pdf").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match="no input files") as caught:
        check_readable(plan([str(tmp_path)]), [str(tmp_path)])
    assert ".html" in caught.value.hint
