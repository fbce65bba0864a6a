"""Installed model packages: a folder each, with a `metadata.json` that says what is in it.

Argos packages and, in the same shape, Firefox ones. The folders are read here and not through
`argostranslate.package`, which makes folders in the home when it is imported and gives up on all
packages when one is broken.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from textkit.errors import InputError
from textkit.text.languages import primary

FIREFOX_FILES = ("model", "source_vocabulary", "target_vocabulary", "shortlist")


@dataclass(frozen=True)
class Package:
    """One installed package."""

    path: str
    kind: str  # argos, firefox
    source: str  # as the package spells its languages: zh, zt, pb
    target: str
    version: str
    prefix: str = ""  # a token that the output starts with
    files: tuple[str, ...] = ()  # of a Firefox package: FIREFOX_FILES, the last may be missing

    @property
    def name(self) -> str:
        """The folder's name."""
        return os.path.basename(self.path)

    @property
    def fingerprint(self) -> str:
        """What tells this package from another of its pair, also when its version is the same."""
        model = self.files[0] if self.files else os.path.join("model", "model.bin")
        try:
            found = os.stat(os.path.join(self.path, model))
            state = f"{found.st_size} {found.st_mtime_ns}"
        except OSError:
            state = "gone"
        return f"{self.source}>{self.target} {self.version} {state}"


def read_package(path: str) -> Package:
    """Return what a package folder holds. Raises InputError, which names what is wrong with it."""
    metadata = _metadata(path)
    for key in ("from_code", "to_code"):
        if not isinstance(metadata.get(key), str) or not metadata[key]:
            raise InputError(f"{path}: metadata.json has no {key}")
    kind = "firefox" if metadata.get("type") == "firefox" else "argos"
    files = _firefox_files(path, metadata) if kind == "firefox" else _check_argos(path)
    return Package(
        path, kind, metadata["from_code"], metadata["to_code"],
        str(metadata.get("package_version") or "0"), str(metadata.get("target_prefix") or ""),
        files,
    )  # fmt: skip


def _metadata(path: str) -> dict[str, Any]:
    try:
        with open(os.path.join(path, "metadata.json"), encoding="utf-8") as stream:
            metadata = json.load(stream)
    except FileNotFoundError:
        raise InputError(f"{path}: no metadata.json") from None
    except OSError as error:
        raise InputError(f"{path}: metadata.json: {error.strerror}") from None
    except (ValueError, RecursionError):
        raise InputError(f"{path}: metadata.json is not JSON") from None
    if not isinstance(metadata, dict):
        raise InputError(f"{path}: metadata.json is no JSON object")
    if metadata.get("type", "translate") not in ("translate", "firefox"):
        raise InputError(f"{path}: a package of another kind: {metadata['type']}")
    return metadata


def _check_argos(path: str) -> tuple[str, ...]:
    if not os.path.isfile(os.path.join(path, "model", "model.bin")):
        raise InputError(f"{path}: no model/model.bin")
    if not any(os.path.isfile(os.path.join(path, n)) for n in ("sentencepiece.model", "bpe.model")):
        raise InputError(f"{path}: no sentencepiece.model and no bpe.model")
    return ()


def _firefox_files(path: str, metadata: dict[str, Any]) -> tuple[str, ...]:
    names = metadata.get("files")
    if not isinstance(names, list) or not 3 <= len(names) <= 4:
        raise InputError(f"{path}: metadata.json lists no model files")
    for name in names:
        if not isinstance(name, str) or os.path.basename(name) != name:
            raise InputError(f"{path}: metadata.json lists a file outside the package")
        if not os.path.isfile(os.path.join(path, name)):
            raise InputError(f"{path}: no {name}")
    return tuple(names)


class Broken(NamedTuple):
    """A folder that should be a package, and what is wrong with it, path and all."""

    path: str
    reason: str


def installed(folders: Iterable[str]) -> tuple[list[Package], list[Broken]]:
    """Return the packages of these folders, in order, and those that are broken."""
    found: list[Package] = []
    problems: list[Broken] = []
    for folder in folders:
        for path in _children(folder):
            try:
                found.append(read_package(path))
            except InputError as error:
                problems.append(Broken(path, str(error)))
    return found, problems


def _children(folder: str) -> list[str]:
    """The folders in a folder, sorted; hidden ones are being installed or removed."""
    try:
        names = sorted(n for n in os.listdir(folder) if not n.startswith("."))
    except OSError:
        return []
    return [path for n in names if os.path.isdir(path := os.path.join(folder, n))]


def spellings(lang: str) -> tuple[str, ...]:
    """Return the codes under which packages may have a language, best first.

    >>> spellings("zh-Hans")[:2], spellings("pt-BR")[:2], spellings("en-GB")
    (('zh', 'zh-hans'), ('pb', 'pt-br'), ('en-gb', 'en'))
    """
    from textkit.detect.languages import ALIASES, argos_code, canonical

    lower, known = lang.lower(), canonical(lang)
    own = argos_code(lang) or lower
    is_listed = lower in ALIASES or lower == (known or "").lower()
    aliases = [alias for alias, tag in ALIASES.items() if tag == known]
    first = (own, lower) if is_listed else (lower, own)
    return tuple(dict.fromkeys((*first, *aliases, primary(lower))))


def find_path(packages: Iterable[Package], source: str, target: str) -> tuple[Package, ...]:
    """Return the package from one language to another, or two that meet in English, or none."""
    known = list(packages)
    direct = _direct(known, spellings(source), spellings(target))
    if direct:
        return (direct,)
    first = _direct(known, spellings(source), ("en",))
    second = _direct(known, ("en",), spellings(target))
    return (first, second) if first and second else ()


def _direct(
    packages: list[Package], sources: tuple[str, ...], targets: tuple[str, ...]
) -> Package | None:
    for source in sources:
        for target in targets:
            for package in packages:
                if (package.source.lower(), package.target.lower()) == (source, target):
                    return package
    return None
