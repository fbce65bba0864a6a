"""Installing a model package: all of it or nothing, and nothing but what a package holds.

Argos's own `install_from_path` is a bare `extractall`. Here every name is looked at first, sizes
are capped, the files are unpacked beside their place, the model is loaded and translates a line,
and only then does the folder get its name.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import stat
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO

from textkit.errors import InputError, OutputError, TextkitError
from textkit.translate.engines import load_model
from textkit.translate.models.packages import Package, read_package
from textkit.translate.options import TranslateOptions

MOST_MEMBERS = 2000
MOST_BYTES = 4 * 2**30  # of a package, unpacked
MOST_RATIO = 60  # of a member's sizes, unpacked to packed
SMALL = 2**20  # bytes; smaller members may have any ratio
_TOP_FILES = frozenset(
    "metadata.json sentencepiece.model bpe.model README.md README LICENSE LICENSE.md".split()
)
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.+ -]{0,99}")
_CHUNK = 2**20


def install_archive(path: str, folder: str) -> Package:
    """Unpack an `.argosmodel` file into `folder`; return the package.

    Raises InputError where the file is no sound package, OutputError where the folder can't be
    written or has one of that name. On any failure nothing is left behind.
    """
    try:
        with open(path, "rb") as stream:
            return _install_stream(stream, path, folder)
    except TextkitError:
        raise
    except OSError as error:
        raise InputError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError(f"{path}: a damaged zip archive: {error}") from None


def _install_stream(stream: BinaryIO, path: str, folder: str) -> Package:
    if not zipfile.is_zipfile(stream):
        raise InputError(f"{path}: not a model package: no zip archive, or a truncated one")
    with zipfile.ZipFile(stream) as archive:
        top, members = _checked_members(archive, path)
        with _staging(folder, top) as staging:
            _unpack(archive, members, staging, path)
            return _settle(staging, os.path.join(folder, top))


def _checked_members(
    archive: zipfile.ZipFile, path: str
) -> tuple[str, list[tuple[zipfile.ZipInfo, str]]]:
    """The top folder's name, and each member to unpack with its path below it."""
    infos = archive.infolist()
    if len(infos) > MOST_MEMBERS:
        raise InputError(f"{path}: {len(infos)} members; a package has fewer than {MOST_MEMBERS}")
    if sum(info.file_size for info in infos) > MOST_BYTES:
        raise InputError(f"{path}: larger than {MOST_BYTES >> 30} GiB when unpacked")
    tops, members = set(), []
    for info in infos:
        parts = _checked_name(info, path)
        tops.add(parts[0])
        if len(parts) == 1 and not info.is_dir():
            raise InputError(f"{path}: {info.filename} is not in the package's folder")
        if not info.is_dir() and _is_wanted(parts[1:]):
            members.append((info, os.path.join(*parts[1:])))
    if len(tops) != 1:
        raise InputError(f"{path}: not one folder, but {len(tops)}")
    return tops.pop(), members


def _checked_name(info: zipfile.ZipInfo, path: str) -> list[str]:
    """The parts of a member's name. Raises InputError where it could leave the folder."""
    name = info.orig_filename
    parts = name.rstrip("/").split("/")
    if not all(_NAME.fullmatch(part) for part in parts):
        raise InputError(f"{path}: a member's name is not safe: {name!r}")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise InputError(f"{path}: {name} is a link or a device")
    if info.file_size > SMALL and info.file_size > MOST_RATIO * max(info.compress_size, 1):
        raise InputError(f"{path}: {name} unpacks to {info.file_size:,} bytes: a bomb")
    return parts


def _is_wanted(parts: Sequence[str]) -> bool:
    """Metadata, tokenizer and model; sentence splitters that come along are not needed."""
    return (len(parts) == 1 and parts[0] in _TOP_FILES) or (len(parts) == 2 and parts[0] == "model")


@contextmanager
def _staging(folder: str, name: str) -> Iterator[str]:
    """A hidden folder beside the place of the package, which is gone when the block ends."""
    try:
        os.makedirs(folder, exist_ok=True)
        if os.path.lexists(os.path.join(folder, name)):
            raise OutputError(
                f"{name} is installed already in {folder}", f"textkit models remove {name}"
            )
        staging = tempfile.mkdtemp(prefix=".installing-", dir=folder)
    except OSError as error:
        raise OutputError(f"{folder}: {(error.strerror or str(error)).lower()}") from None
    try:
        os.chmod(staging, 0o755)  # noqa: S103 - models may be shared, mkdtemp's folders are not
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _unpack(
    archive: zipfile.ZipFile,
    members: Sequence[tuple[zipfile.ZipInfo, str]],
    staging: str,
    path: str,
) -> None:
    for info, name in members:
        target = os.path.join(staging, name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with archive.open(info) as source, open(target, "xb") as out:
            _copy(source, out, info.file_size, f"{path}: {info.filename}")


def _copy(source: object, out: BinaryIO, size: int, what: str) -> None:
    """Copy at most as much as the archive's directory promises."""
    left = size
    while data := source.read(_CHUNK):  # type: ignore[attr-defined]
        left -= len(data)
        if left < 0:
            raise InputError(f"{what} is larger than the archive says")
        out.write(data)


def _settle(staging: str, target: str) -> Package:
    """Try the package, then give it its name."""
    try:
        package = read_package(staging)
        try_package(package)
    except InputError as error:
        raise InputError(str(error).replace(staging, os.path.basename(target))) from None
    try:
        os.rename(staging, target)
    except OSError as error:
        if os.path.isdir(target):  # another process was quicker
            name = os.path.basename(target)
            raise OutputError(
                f"{name} is installed already in {os.path.dirname(target)}",
                f"textkit models remove {name}",
            ) from None
        raise OutputError(f"{target}: {(error.strerror or str(error)).lower()}") from None
    return read_package(target)


def try_package(package: Package) -> None:
    """Load a package's model and translate a line. Raises InputError where that fails."""
    model = load_model(package, TranslateOptions())
    try:
        result = model.translate(["1."])
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise InputError(f"{package.path}: the model can't translate: {error}") from None
    if len(result) != 1:
        raise InputError(f"{package.path}: the model does not answer")


_FIREFOX_PAIR = re.compile(r"(?:model|vocab|lex)[\w.]*?\.([a-z]{2,3})([a-z]{2,3})\.")


def install_firefox(
    paths: Sequence[str], folder: str, pair: tuple[str, str] | None = None, version: str = "0"
) -> Package:
    """Install a Firefox model from its files: model, one or two vocabularies, shortlist if any.

    The pair is read from the model's name (`model.pten.intgemm.alphas.bin`) unless given.
    Raises InputError, OutputError.
    """
    roles = _roles(paths)
    source, target = pair or _pair_of(roles["model"])
    for code in (source, target):
        if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?", code):
            raise InputError(f"{code}: not the code of a language")
    name = f"firefox-{source}_{target}"
    with _staging(folder, name) as staging:
        files = [_plain_copy(path, staging) for path in roles.values()]
        metadata = {
            "type": "firefox", "from_code": source, "to_code": target,
            "package_version": version, "files": files,
        }  # fmt: skip
        with open(os.path.join(staging, "metadata.json"), "w", encoding="utf-8") as stream:
            json.dump(metadata, stream, indent=1)
        return _settle(staging, os.path.join(folder, name))


def _roles(paths: Sequence[str]) -> dict[str, str]:
    """Which file is the model, the vocabularies, the shortlist, to go by their names."""
    paths = [path for path in paths if not path.endswith((".json", ".yml"))]
    names = {os.path.basename(path): path for path in paths}
    model = [p for n, p in names.items() if n.startswith("model.")]
    short = [p for n, p in names.items() if n.startswith("lex.")]
    both = [p for n, p in names.items() if n.startswith("vocab.")]
    first = [p for n, p in names.items() if n.startswith("srcvocab.")] or both
    second = [p for n, p in names.items() if n.startswith("trgvocab.")] or both
    known = len({*model, *short, *first, *second})
    if not (len(model) == len(first) == len(second) == 1) or len(short) > 1 or known < len(paths):
        raise InputError(
            "these are not the files of one Firefox model",
            "name model.*.bin, vocab.*.spm (or srcvocab and trgvocab), lex.*.bin",
        )
    roles = {"model": model[0], "source_vocabulary": first[0], "target_vocabulary": second[0]}
    return {**roles, "shortlist": short[0]} if short else roles


def _pair_of(path: str) -> tuple[str, str]:
    match = _FIREFOX_PAIR.match(os.path.basename(path))
    if not match:
        raise InputError(f"{path}: the name tells no pair of languages", "say --pair FROM TO")
    return match[1], match[2]


def _plain_copy(path: str, folder: str) -> str:
    """Copy a file, unpacked if it is a `.zst`; return its name."""
    name = os.path.basename(path)
    try:
        if os.path.getsize(path) > MOST_BYTES:
            raise InputError(f"{path}: larger than {MOST_BYTES >> 30} GiB")
        with open(path, "rb") as stream:
            data = stream.read()
    except OSError as error:
        raise InputError(f"{path}: {(error.strerror or str(error)).lower()}") from None
    if name.endswith(".zst"):
        from fxtranslate import discovery

        name = name.removesuffix(".zst")
        try:
            data = discovery.verify_and_decompress(data)
        except ValueError as error:
            raise InputError(f"{path}: {error}") from None
    with open(os.path.join(folder, name), "wb") as out:
        out.write(data)
    return name
