"""What is let in and written to: files that were merely found, links, devices, closed streams."""

from __future__ import annotations

import os

import click
import pytest

from textkit.cli import app, config

RESIDUE = "The council met on Tuesday and approved the budget for the coming year.\n\n0 views\n"


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ('[translate]\nurl = "http://127.0.0.1:9/"\n', "url"),
        ('[translate]\nengine = "libretranslate"\n', "engine"),
        ('[translate]\napi-key-file = "/etc/hostname"\n', "api-key-file"),
        ('[translate]\nglossary = "g.tsv"\n', "glossary"),
        ('[translate]\nmemory = "m"\n', "memory"),
        ('[translate]\nmodels-dir = "m"\n', "models-dir"),
        ('[clean]\noutput = "precious.txt"\n', "output"),
        ('[clean]\nrejects = "precious.txt"\n', "rejects"),
        ("[clean]\nin-place = true\n", "in-place"),
        ('[clean]\nfiles-from = "list"\n', "files-from"),
        ('[run]\noutput = "out"\n', "output"),
        ('[run]\nexecutor = "ray"\n', "executor"),
        ('[run]\nray-address = "a:1"\n', "ray-address"),
        ("[check]\nfix = true\n", "fix"),
        ("[check]\nwrite-baseline = true\n", "write-baseline"),
        ('[check]\nbaseline = "b.toml"\n', "baseline"),
        ('[check]\nagainst = "/"\n', "against"),
        ('[dedup]\nindex = "i"\n', "index"),
    ],
)
def test_a_found_file_sets_nothing_that_could_do_harm(textkit, tmp_path, table, key):
    (tmp_path / "precious.txt").write_text("old")
    (tmp_path / "textkit.toml").write_text(table)
    result = textkit(table[1 : table.index("]")], input="Text.\n")
    assert (result.code, result.out) == (2, "")
    assert result.err.count("\n") == 1
    assert f"textkit.toml: [{table[1 : table.index(']')]}] {key} is not taken" in result.err
    assert (tmp_path / "precious.txt").read_text() == "old"


def test_a_file_that_was_named_sets_everything(textkit, tmp_path):
    (tmp_path / "mine.toml").write_text('[clean]\noutput = "new.txt"\n')
    assert textkit("--config", "mine.toml", "clean", input="Text.\n").code == 0
    assert (tmp_path / "new.txt").read_text() == "Text.\n"


def test_every_option_that_takes_text_is_judged():
    """A new option that takes a file or an address is refused unless somebody allows it."""
    harmless = {
        config.option_name(option)
        for name in app.list_commands(None)
        for option in app.get_command(None, name).params
        if isinstance(option, click.Option)
        and not isinstance(option.type, click.types.BoolParamType | click.IntRange)
        and config.is_harmless(option, "x")
    }
    named = ("file", "dir", "url", "path", "address", "key", "output", "index", "memory")
    assert [n for n in harmless if any(word in n for word in named)] == []


def test_the_file_of_another_user_in_a_place_for_all_is_passed_over(textkit, tmp_path):
    if os.getuid() != 0:
        pytest.skip("only root can give a file away")
    folder = tmp_path / "all" / "scraped"
    folder.mkdir(parents=True)
    (tmp_path / "all").chmod(0o1777)
    file = tmp_path / "all" / "textkit.toml"
    file.write_text('[clean]\nformat = "jsonl"\n')
    assert textkit("clean", input="Text.\n", cwd=folder).out.startswith("{")
    os.chown(file, 65534, 65534)
    result = textkit("clean", input="Text.\n", cwd=folder)
    assert result.out == "Text.\n"
    assert result.err.startswith(f"textkit: {file}: passed over, as another user owns it")


@pytest.fixture
def linked(tmp_path):
    """A folder with a text, a link to a file and one to a folder, both outside."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "in").mkdir()
    (tmp_path / "outside" / "secret.txt").write_text(RESIDUE)
    (tmp_path / "in" / "a.txt").write_text(RESIDUE)
    (tmp_path / "in" / "file.txt").symlink_to("../outside/secret.txt")
    (tmp_path / "in" / "folder").symlink_to("../outside")
    return tmp_path


@pytest.mark.parametrize(
    "command", [("clean", "--in-place"), ("check", "--fix", "--no-cache", "--ignore", "TK4,TK5")]
)
@pytest.mark.parametrize("named", ["in", "in/", "./in", "."])
def test_writing_in_place_follows_no_link_below_what_was_named(textkit, linked, command, named):
    if named == ".":
        linked = linked / "in"
    textkit(*command, named, cwd=linked)
    outside = linked.parent / "outside" if named == "." else linked / "outside"
    assert (outside / "secret.txt").read_text() == RESIDUE
    text = linked / "a.txt" if named == "." else linked / "in" / "a.txt"
    assert "0 views" not in text.read_text()


def test_a_link_that_was_named_is_followed(textkit, linked):
    assert textkit("clean", "--in-place", "in/file.txt").code == 0
    assert "0 views" not in (linked / "outside" / "secret.txt").read_text()
    assert (linked / "in" / "file.txt").is_symlink()


def test_names_that_look_the_same_are_left_alone(textkit, tmp_path):
    folder = os.fsencode(tmp_path / "in")
    os.mkdir(folder)
    for name in (b"a\xff.txt", "a\ufffd.txt".encode()):
        with open(os.path.join(folder, name), "w") as stream:
            stream.write(name.hex() + "\n\n" + RESIDUE)
    textkit("clean", "--in-place", "in")
    for name in (b"a\xff.txt", "a\ufffd.txt".encode()):
        with open(os.path.join(folder, name)) as stream:
            assert stream.read().startswith(name.hex())


def test_a_check_of_a_device_ends(textkit):
    result = textkit("check", "/dev/zero")
    assert result.code == 1
    assert "TK001 more than 268435456 bytes" in result.out


def test_out_as_a_folder_follows_no_link(textkit, tmp_path):
    (tmp_path / "in" / "sub").mkdir(parents=True)
    (tmp_path / "in" / "sub" / "a.txt").write_text(RESIDUE)
    (tmp_path / "outside").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "sub").symlink_to("../outside")
    result = textkit("clean", "in", "-o", "out/")
    assert result.code == 2
    assert "a link leads out of the folder" in result.err
    assert list((tmp_path / "outside").iterdir()) == []
