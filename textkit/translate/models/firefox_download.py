"""Fetching Firefox models through `fxtranslate`, which checks their hashes."""

from __future__ import annotations

import os
import tempfile

from textkit.errors import MissingModelError
from textkit.translate.models.install import install_firefox
from textkit.translate.models.packages import Package


def fetch_firefox(source: str, target: str, folder: str) -> list[Package]:
    """Fetch and install a pair, or the two that meet in English. Raises MissingModelError."""
    from fxtranslate import discovery

    os.makedirs(folder, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".download-", dir=folder) as cache:
        try:
            discovery.add_models(source, target, cache, False)
        except ValueError as error:
            raise MissingModelError(
                f"can't fetch the Firefox model from {source} to {target}: {error}",
                "offline, bring its files: textkit models install --engine firefox FILES...",
            ) from None
        return [_install(os.path.join(cache, name), folder) for name in sorted(os.listdir(cache))]


def _install(path: str, folder: str) -> Package:
    """Install one pair of the cache, whose folder is named `pt-en`."""
    first, _, second = os.path.basename(path).rpartition("-")
    files = [
        os.path.join(path, name)
        for name in sorted(os.listdir(path))
        if name.startswith(("model.", "vocab.", "srcvocab.", "trgvocab.", "lex."))
    ]
    return install_firefox(files, folder, (first, second))
