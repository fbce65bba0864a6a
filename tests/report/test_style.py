"""Contrast of the style sheet's colours, by the formula of WCAG 2.1, in both schemes."""

from __future__ import annotations

import re

import pytest

from textkit.report.render import asset

SCHEMES = ("light", "dark")
TEXT = [("ink", "paper"), ("ink", "raised"), ("ink", "tint"), ("ink", "mark"), ("soft", "paper"),
        ("soft", "raised"), ("soft", "tint"), ("accent", "paper"), ("accent", "raised"),
        ("cut", "paper"), ("cut", "tint"), ("warn", "warn-tint")]  # fmt: skip
DRAWING = [(f"c{n}", "paper") for n in range(8)] + [("mark-line", "paper"), ("soft", "paper")]


def colors(scheme: str) -> dict[str, str]:
    """The custom properties of one scheme."""
    style = asset("report.css")
    light, dark = re.findall(r":root\{(.*?)\}", style, re.DOTALL)[:2]
    found = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})", light))
    if scheme == "dark":
        found |= dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})", dark))
    return found


def luminance(color: str) -> float:
    digits = color[1:] if len(color) == 7 else "".join(2 * digit for digit in color[1:])
    channels = [int(digits[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, two: str) -> float:
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("front", "back"), TEXT)
def test_text_can_be_read(scheme: str, front: str, back: str) -> None:
    found = colors(scheme)
    assert contrast(found[front], found[back]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("front", "back"), DRAWING)
def test_drawings_can_be_seen(scheme: str, front: str, back: str) -> None:
    found = colors(scheme)
    assert contrast(found[front], found[back]) >= 3


def test_the_formula() -> None:
    assert round(contrast("#000000", "#fff"), 1) == 21.0
    assert round(contrast("#777", "#fff"), 2) == 4.48
