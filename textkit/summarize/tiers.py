"""What may be chosen where no sentence of a text is eligible: lists, headlines, questions.

A list, a round-up or a text without full stops has news too. Kinds are let in tier by tier, until
there is something to choose; what is somebody else's text (residue, a repeat) never is.
"""

from __future__ import annotations

from collections.abc import Sequence

from textkit.summarize.eligibility import Verdict
from textkit.summarize.select import companions
from textkit.summarize.units import Unit, give_place

TIERS = (
    ("items and full lines", ("list item", "heading", "lead-in", "too long")),
    ("short sentences", ("too short",)),
    ("questions", ("question",)),
    (
        "parts of quotations",
        ("part of a quotation", "quotation without its speaker", "leans on what is not there"),
    ),
    ("the title", ("title", "the article's own summary")),
)
MIN_LINE = 4  # words of an item or a line without a stop that says something
WARNING = "summary: no full sentence is eligible; chosen from "


def admit(units: Sequence[Unit], lang: str | None) -> str | None:
    """Let in the first tier that gives something to choose; return its name, or None.

    Changes the verdicts of `units`, which are the sentences of one text. None is returned, and
    nothing changed, where a sentence is eligible already.
    """
    if not units or any(companions([unit for unit in units if unit.verdict.eligible])):
        return None
    for name, reasons in TIERS:
        let_in = [unit for unit in units if unit.verdict.reason in reasons and _says(unit, name)]
        if let_in:
            for unit in let_in:
                unit.verdict = Verdict(True)
            give_place(units, lang)
            return name
    return None


def _says(unit: Unit, tier: str) -> bool:
    return tier != TIERS[0][0] or unit.words >= MIN_LINE
