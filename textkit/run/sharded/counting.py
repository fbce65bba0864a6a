"""How many lines, or rows, are before each span of a large file: records are called after theirs.

Workers count, each a span; the process that starts them adds up one number a span.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import accumulate, groupby

from textkit.errors import InputError
from textkit.read import Source
from textkit.run.options import fingerprint
from textkit.run.sharded.engine import Engine
from textkit.run.sharded.files import Done, finish, finished
from textkit.run.sharded.shards import Shard, open_parquet, row_groups, stamps
from textkit.run.sharded.steps import Job, by_shard, do_all
from textkit.run.tasks import WHOLE, Span, open_input

_PIECE = 1 << 20  # bytes


def with_lines(engine: Engine, job: Job) -> Job:
    """Return the job, where each span of a file knows what is before it."""
    cut = tuple(shard for shard in job.shards if shard.span != WHOLE)
    if not cut:
        return job
    some = replace(job, shards=cut)
    found = do_all(engine, some, partial(by_shard, count_shard, some))
    placed = dict(enumerate(job.shards))
    for _, file in groupby(zip(cut, found, strict=True), key=lambda pair: pair[0].sources):
        shards, done = zip(*file, strict=True)
        placed.update((shard.number, shard) for shard in _placed(shards, done))
    return replace(job, shards=tuple(placed.values()))


def _placed(shards: tuple[Shard, ...], found: tuple[Done, ...]) -> Iterator[Shard]:
    """The spans of one file; a single shard where it can't be read: that will say why."""
    if not all(done.counts for done in found):
        yield replace(shards[0], span=WHOLE)
        yield from (replace(shard, sources=(), span=WHOLE) for shard in shards[1:])
        return
    sums = accumulate((done.counts["lines"] for done in found), initial=0)
    for shard, before in zip(shards, sums, strict=False):  # the last sum is of all
        yield replace(shard, span=replace(shard.span, before=before))


def count_shard(job: Job, shard: Shard) -> Done:
    """Count the lines that end in a span; of a file that can't be read, no count is known."""
    key = fingerprint(stamps(shard))
    marker = job.path("lines", shard, ".done")
    if done := finished(marker, key):
        return done
    source = shard.sources[0]
    count = _rows if source.format == "parquet" else _newlines
    try:
        lines = count(source, shard.span)
    except (OSError, InputError):
        return Done(key)
    return finish(marker, Done(key, counts={"lines": lines}))


def _newlines(source: Source, span: Span) -> int:
    count, left = 0, span.end - span.start
    with open_input(source) as stream:
        stream.seek(span.start)
        while left > 0 and (piece := stream.read(min(_PIECE, left))):
            count += piece.count(b"\n")
            left -= len(piece)
    return count


def _rows(source: Source, span: Span) -> int:
    with open_parquet(source.path) as file:
        groups = row_groups(file, source.path, span)
        return sum(file.metadata.row_group(group).num_rows for group in groups)
