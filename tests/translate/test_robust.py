"""What a user's files, folders and arguments may do to the stage."""

import os
import sqlite3
import time

import pytest

from tests.translate.conftest import whole
from textkit.translate import TranslateOptions, translate_document
from textkit.translate.gloss.cedict import open_dictionary
from textkit.translate.models.packages import installed
from textkit.translate.quality import _joined
from textkit.translate.units import units


def test_index_that_is_damaged_past_its_first_page_is_done_without(tmp_path):
    open_dictionary(str(tmp_path))
    (path,) = tmp_path.iterdir()
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[4096:middle] = b"\xa5" * (middle - 4096)
    path.write_bytes(data)
    dictionary = open_dictionary(str(tmp_path))
    words = ("公司", "纽约时报", "一", "柏林", "龙", "中国")
    assert all(dictionary.entries(word) for word in words)
    assert dictionary.is_english("company")


def test_damaged_index_without_a_second_one_is_an_error_that_ends():
    from textkit.translate.gloss.cedict import Dictionary

    with pytest.raises(sqlite3.DatabaseError):
        Dictionary(sqlite3.connect(":memory:")).entries("公司")


def test_what_a_killed_process_left_is_cleared_up(tmp_path):
    old, new = tmp_path / "cedict-a.part", tmp_path / "cedict-b.part"
    for path in (old, new):
        path.write_bytes(b"")
    os.utime(old, (time.time() - 9999,) * 2)
    open_dictionary(str(tmp_path))
    assert not old.exists()
    assert new.exists()


def test_half_of_a_surrogate_pair_is_marked(cache_dir):
    (unit,) = units("他说\ud800很好。", 0, 6, "zh")
    unit.text.encode()
    document = whole("公司\ud800很好。", "zh-Hans")
    done = translate_document(document, TranslateOptions(cache_dir=cache_dir))
    assert done.text == document.text
    (done.passages[0].gloss or "\ud800").encode()


def test_no_blank_before_the_mark_after_an_address():
    parts = ["Escreva a ", "ana@exemplo.pt", "."]
    assert _joined(parts, {"Escreva a ": "Write to", ".": "."}) == "Write to ana@exemplo.pt."


def test_broken_package_is_named_where_nothing_else_has_the_pair(tmp_path):
    (tmp_path / "broken").mkdir()
    options = TranslateOptions(models_dir=(str(tmp_path),))
    done = translate_document(whole("Olá, bom dia.", "pt"), options)
    assert any("broken" in w for w in done.warnings)


def test_hint_has_the_code_that_packages_have():
    done = translate_document(whole("Olá, bom dia.", "pt"), TranslateOptions(to="zh-Hant"))
    assert any("models install pt zt" in w for w in done.warnings)


@pytest.mark.parametrize("tag", ["xx", "English", "", "en en", "../x", "en-../x"])
def test_target_that_is_no_language_is_a_usage_error(tag, textkit):
    done = textkit("translate", "--to", tag, "-", input="Hello.")
    assert done.returncode == 2
    assert b"--to" in done.stderr


def test_folder_with_a_colon_in_its_path(tmp_path, textkit):
    (tmp_path / "mo" / "keep").mkdir(parents=True)
    broken = tmp_path / "mo:dels" / "broken"
    broken.mkdir(parents=True)
    assert installed([str(tmp_path / "mo:dels")])[1][0].path == str(broken)
    done = textkit("models", "remove", "broken", "--models-dir", str(tmp_path / "mo:dels"))
    assert done.returncode == 0
    assert not broken.exists()
    assert (tmp_path / "mo" / "keep").exists()


def test_package_that_is_a_link_is_unlinked(tmp_path, textkit):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "linked").symlink_to(tmp_path / "elsewhere")
    done = textkit("models", "remove", "linked", "--models-dir", str(tmp_path / "models"))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "elsewhere").exists()
    assert not (tmp_path / "models" / "linked").is_symlink()
