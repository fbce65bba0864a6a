"""The dedup stage: exact copies, near copies, the same story told anew, repeated passages.

The corpus is compared in steps that are pure functions of plain arrays, so that another executor
can run them on parts of a corpus and come to the same bytes. Positions are places in the order
of rank (`ranking.ranked`): of two documents the one that would be kept comes first.

1. map, a document: `signatures.features.features_of(texts) -> Features`,
   `story.key_facts.anchors(text)`; as bytes to keep: `packed.pack_features(document)`,
   `pack_passages(document)`.
2. exact copies, by digest: `exact.exact_copies(features)`; only the first of each goes on.
3. candidate pairs, by key: `near.candidates.shared_keys(signatures, documents)` gives keys and
   how many owners one may have, `Features.sentences` are keys too (at most COMMON_SENTENCE
   owners); `pairs_of(keys, owners, most) -> codes` for any keys with all their owners; what only
   shared keys gave must pass `look_alike(signatures, codes)`.
4. statistics: `near.candidates.representatives(signatures, codes)` in any set that no pair
   leaves, then `arrays.frequencies.count(features, representatives) -> Statistics`; or, part by
   part, `word_tally` and `run_tally`, to be added up by key. `Statistics.only(features)` is the
   part that some documents need.
5. near copies: `near.judge.groups(pairs, sizes)` gives sets that no candidate pair leaves;
   `near.verify.Verifier(features, statistics).scores(pairs, least)` scores any pairs;
   `near.judge.judge(verifier, scores, facts_of, options) -> Judged` (differences, templates,
   merge guard, clusters, what is kept)
   needs whole sets, but only such as no pair with `min_containment(options)` leaves.
6. stories, of what is kept: `word_frequencies`, `story.fact_keys.fact_frequencies` (or tallies,
   added up); `story.groups.cheap_words(frequencies, documents)`, `rarer(vectors, words)` and
   `meeting(rows, others, least)` for any two blocks of rows; `story.score.chances(words)` needs
   the sum of all rows, `firm_rows(facts_of, count)` the names of all texts, and with these
   `story.score.score_pairs(pairs, Scored)` scores any pairs of any rows; `stories(found, count,
   options)` and `members(found, names, facts_of, frequencies)` in any set that no pair leaves.
7. passages, of what is kept: `passages.statements.said(document)` is a map step,
   `passages.repeats.passages(documents, ids, options)` needs them all.

`pipeline.compare` runs 2 to 6 in one process, `packed.dedup_packed` 2 to 7 without the texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from textkit.dedup.options import DedupOptions
from textkit.document import Document
from textkit.library import make_callable

__all__ = ["DedupOptions", "dedup"]


def dedup(documents: Iterable[Document], options: DedupOptions | None = None) -> Iterator[Document]:
    """Yield the documents in their order, each with what was found about it.

    Nothing is left out unless the options say so. All documents are read first.
    """
    from textkit.dedup.pipeline import analyse, results

    chosen = options or DedupOptions()
    for document in results(analyse(documents, chosen, with_scores=False)):
        if not (chosen.drop and document.dedup and document.dedup.action == "drop"):
            yield document


make_callable(__name__)
