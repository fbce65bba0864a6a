"""The board: what textkit reaches on every development set, beside the best peers, in one run.

    python -m benchmarks.board [STAGE...] [--pin] [--lower] [--shared DIR]

Each stage has a module with a function `figures(shared) -> Iterator[Figure]`. The sets and their
scorers lie in `shared/` beside the checkout and are no part of this repository; a scorer is run as
it is or imported from its file. Peers come with the extra `bench`, and what they reached is cached
by their version and the digest of the set, so that a second run measures textkit alone.
"""
