"""Dates as pages write them; the reading itself is shared with other stages."""

from textkit.text.dates import iso_date

__all__ = ["iso_date"]
