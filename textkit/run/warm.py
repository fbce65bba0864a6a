"""Imported once by the process that worker processes are forked from.

What the stages load at first use (profiles, tables, stemmers) is then loaded once and shared.
"""

from textkit.document import Dedup
from textkit.run.options import RunOptions
from textkit.run.work import Task, Unfinished, finish, prepare

_outcome = prepare(
    RunOptions(), Task("-", "-", "-", "warm", "text", b"The rain fell. It fell all day.")
)
if _outcome.record is not None:
    finish(RunOptions(), Unfinished(_outcome.record, Dedup("keep", "warm"), None))
