"""Tags, aliases and other tools' codes."""

from importlib.resources import files
from pathlib import Path

import pytest

from textkit.detect.languages import CATALOG, argos_code, by_tag, canonical, languages, matches
from textkit.text.scripts import script_of

CODES = Path(__file__).parents[2] / "fixtures" / "detect" / "argos-codes.txt"


def test_argos_codes_are_those_of_the_package_index() -> None:
    known = set(CODES.read_text().split())
    assert {language.argos for language in languages() if language.argos} <= known
    assert argos_code("pt-BR") in known


@pytest.mark.parametrize(
    ("tag", "code"),
    [("zh-Hans", "zh"), ("zh-Hant", "zt"), ("nb", "nb"), ("no", "nb"), ("pt-BR", "pb"),
     ("pt", "pt"), ("en", "en"), ("sw", None), ("xx", None), ("und", None)],
)  # fmt: skip
def test_argos_code(tag: str, code: str | None) -> None:
    assert argos_code(tag) == code


def test_every_profile_of_langdetect_is_used() -> None:
    kept = files("langdetect").joinpath("profiles").iterdir()
    names = {entry.name for entry in kept if not entry.name.startswith(".")}
    used = {language.profile for language in languages()}
    assert {name for name in used if name and not name.startswith(CATALOG)} == names


def test_tags_are_unique() -> None:
    assert len(by_tag()) == len(languages())


@pytest.mark.parametrize("name", ["zh-cn", "ZH_CN", "zh-Hans", "zh"])
def test_aliases(name: str) -> None:
    assert canonical(name) == "zh-Hans"


def test_matches() -> None:
    assert matches("zh-Hant", "zh")
    assert not matches("zh-Hant", "zh-CN")
    assert matches("zh-Hans", "zh-CN")
    assert not matches("en", "e")


def test_han_table_holds_han() -> None:
    from textkit.text.tables import rows

    table = list(rows("textkit.detect", "han.tsv"))
    assert len(table) > 8000
    assert all(script_of(char) == "Hani" for char, _ in table)
