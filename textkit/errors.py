"""What can go wrong, each with a sentence that says what to do next."""

from __future__ import annotations

from typing import NamedTuple


class TextkitError(Exception):
    """An expected failure: one line that says what happened, and where; `hint` says what next."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class InputError(TextkitError):
    """One input can't be read or used; the others go on."""


class RecordError(InputError):
    """A line of JSON Lines is not a record."""


class ConfigError(TextkitError):
    """A setting, an option or a data file given by the user is wrong."""


class MissingModelError(TextkitError):
    """No installed engine can do what was asked."""


class OutputError(TextkitError):
    """A result can't be written."""


class Failure(NamedTuple):
    """An input that could not be read or used, and why."""

    where: str  # a path, with a line number where there is one
    error: TextkitError
