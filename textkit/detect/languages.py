"""The languages that can be told apart: their scripts, models and names, and other tools' codes."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from textkit.text.languages import primary
from textkit.text.tables import rows

CATALOG = "django:"  # a profile that is counted in message catalogues
HAN = "Hani"  # the family of Han characters, kana and bopomofo
FAMILY = {"Hira": HAN, "Kana": HAN, "Bopo": HAN}

# Other names of the same languages, as tools and people write them.
ALIASES = {
    "zh": "zh-Hans", "zh-cn": "zh-Hans", "zh-sg": "zh-Hans", "zh-hans-cn": "zh-Hans",
    "zh-tw": "zh-Hant", "zh-hk": "zh-Hant", "zh-mo": "zh-Hant", "zt": "zh-Hant",
    "no": "nb", "iw": "he", "in": "id", "fil": "tl", "pt-br": "pt", "pt-pt": "pt", "pb": "pt",
}  # fmt: skip


class Language(NamedTuple):
    """One language as one script writes it."""

    tag: str  # BCP 47
    script: str  # ISO 15924; Hani for Han with or without kana
    profile: str  # langdetect's name, or CATALOG and a language; "" where there is none
    labels: tuple[str, ...]  # fastText's names
    share: float  # of the pages of the web, in percent
    argos: str  # the translation package's code; "" where there is none
    name: str


@cache
def languages() -> tuple[Language, ...]:
    """Every language of the table, in its order."""
    return tuple(
        Language(tag, script, _or_none(profile), tuple(filter(None, _or_none(labels).split(","))),
                 float(share), _or_none(argos), name)
        for tag, script, profile, labels, share, argos, name in rows(
            "textkit.detect", "languages.tsv"
        )
    )  # fmt: skip


def _or_none(field: str) -> str:
    return "" if field == "-" else field


@cache
def by_tag() -> dict[str, Language]:
    """The languages by their tags."""
    return {language.tag: language for language in languages()}


@cache
def of_script(script: str) -> tuple[str, ...]:
    """The tags of the languages that are written in a script.

    >>> of_script("Thai"), of_script("Deva")
    (('th',), ('hi', 'mr', 'ne'))
    """
    return tuple(language.tag for language in languages() if language.script == script)


def canonical(tag: str) -> str | None:
    """Return the tag as it stands in the table, None for a language that is not known.

    >>> canonical("zh-CN"), canonical("zh_TW"), canonical("NO"), canonical("xx")
    ('zh-Hans', 'zh-Hant', 'nb', None)
    """
    wanted = tag.strip().replace("_", "-").lower()
    wanted = ALIASES.get(wanted, wanted)
    known = {known.lower(): known for known in by_tag()}
    return known.get(wanted.lower()) or known.get(primary(wanted))


def matches(tag: str, wanted: str) -> bool:
    """Does a passage's tag fall under a wanted one: `zh` covers both ways of writing Chinese?

    >>> matches("zh-Hant", "zh"), matches("zh-Hant", "zh-Hans"), matches("nb", "no")
    (True, False, True)
    """
    tag, wanted = tag.lower(), wanted.strip().replace("_", "-").lower()
    if tag == wanted or tag.startswith(wanted + "-"):
        return True
    return wanted != "zh" and tag == ALIASES.get(wanted, "").lower()


def argos_code(tag: str) -> str | None:
    """Return the code of the Argos packages for a tag, None where there are none.

    >>> argos_code("zh-Hans"), argos_code("zh-Hant"), argos_code("pt-BR"), argos_code("sw")
    ('zh', 'zt', 'pb', None)
    """
    if tag.lower().replace("_", "-") == "pt-br":
        return "pb"
    known = by_tag().get(canonical(tag) or "")
    return known.argos or None if known else None
