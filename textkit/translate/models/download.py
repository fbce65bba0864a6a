"""Fetching packages: the one part of textkit that goes to the network by itself, when told to."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, NamedTuple

from textkit.errors import InputError, MissingModelError
from textkit.text.tables import rows
from textkit.translate.models.install import MOST_BYTES

TIMEOUT = 10.0  # seconds without an answer
INDEX_BYTES = 16 * 2**20
_CHUNK = 2**18
Progress = Callable[[int, int | None], None]  # bytes so far, bytes in all


class Available(NamedTuple):
    """A package of the index."""

    source: str
    target: str
    version: str
    links: tuple[str, ...]

    @property
    def file(self) -> str:
        """The file's usual name."""
        version = self.version.replace(".", "_")
        return f"translate-{self.source}_{self.target}-{version}.argosmodel"


def available() -> list[Available]:
    """Return the packages of Argos's index, fetched now. Raises MissingModelError."""
    from argostranslate import settings  # knows where the index is

    url = str(settings.remote_package_index)
    with _opened(url) as (stream, _):
        data = stream.read(INDEX_BYTES + 1)
    try:
        entries = json.loads(data)
    except ValueError:
        raise MissingModelError(f"{url}: the index is not JSON") from None
    return sorted(found for entry in entries for found in _entry(entry))


def _entry(entry: Any) -> Iterator[Available]:
    """An entry of the index; what is no translation package is passed over."""
    if not isinstance(entry, dict) or entry.get("type", "translate") != "translate":
        return
    codes = (entry.get("from_code"), entry.get("to_code"))
    links = tuple(
        link for link in entry.get("links") or () if str(link).startswith(("http://", "https://"))
    )
    if all(isinstance(code, str) and code for code in codes) and links:
        yield Available(str(codes[0]), str(codes[1]), str(entry.get("package_version")), links)


def newest(packages: list[Available], source: str, target: str) -> Available:
    """Return the newest package of a pair. Raises MissingModelError where there is none."""
    found = [p for p in packages if (p.source, p.target) == (source, target)]
    if not found:
        pairs = sorted({p.target for p in packages if p.source == source})
        hint = f"from {source} there are: {', '.join(pairs)}" if pairs else ""
        raise MissingModelError(f"the index has no package from {source} to {target}", hint)
    return max(found, key=lambda p: [int(n) if n.isdigit() else 0 for n in p.version.split(".")])


@contextmanager
def fetched(package: Available, folder: str, progress: Progress) -> Iterator[str]:
    """Download a package into `folder` and give its path; the file is gone when the block ends.

    Raises MissingModelError, InputError where it is not the file that it should be.
    """
    os.makedirs(folder, exist_ok=True)
    handle, path = tempfile.mkstemp(prefix=".download-", dir=folder)
    try:
        with os.fdopen(handle, "wb") as out:
            digest, size = _download(package.links[0], out, progress)
        check(package.file, size, digest)
        yield path
    finally:
        os.unlink(path)


def _download(url: str, out: BinaryIO, progress: Progress) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with _opened(url) as (stream, length):
        while data := stream.read(_CHUNK):
            size += len(data)
            if size > MOST_BYTES:
                raise InputError(f"{url}: larger than {MOST_BYTES >> 30} GiB")
            digest.update(data)
            out.write(data)
            progress(size, length)
    if length is not None and size != length:
        raise MissingModelError(f"{url}: the connection broke after {size:,} of {length:,} bytes")
    return digest.hexdigest(), size


def check(name: str, size: int, digest: str) -> None:
    """Compare with what is known of a file. Raises InputError where it is another one."""
    for known, known_size, known_digest in rows("textkit.translate", "checksums.tsv"):
        if name == known and (size, digest) != (int(known_size), known_digest):
            raise InputError(
                f"{name}: not the file that is known: {size:,} bytes, SHA-256 {digest}",
                "nothing was installed; the package may have been tampered with",
            )


@contextmanager
def _opened(url: str) -> Iterator[tuple[BinaryIO, int | None]]:
    """Open a URL. Raises MissingModelError, with the way to do it without a network."""
    try:
        with urllib.request.urlopen(url, timeout=TIMEOUT) as response:  # noqa: S310 - http(s) only
            length = response.headers.get("Content-Length")
            yield response, int(length) if length and length.isdigit() else None
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        reason = getattr(error, "reason", None) or error
        raise MissingModelError(
            f"can't reach {url}: {reason}",
            "offline, bring the .argosmodel file and say: textkit models install FILE",
        ) from None
