"""Mozilla's Firefox Translations models, through `fxtranslate`, from files on this machine."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from textkit.errors import InputError
from textkit.translate.engines.clauses import split_long
from textkit.translate.models.packages import Package
from textkit.translate.options import TranslateOptions

# The engine cuts off without a word what goes past its context, and long clauses come out as
# loops well before that: sentences of more pieces are handed over clause by clause.
MAX_TOKENS = 100
_QUOTES = "“”„‟«»「」『』《》"


class FirefoxModel:
    """One model, loaded when first used."""

    name = "firefox"

    def __init__(self, package: Package, options: TranslateOptions) -> None:
        self.package = package
        self._options = options

    @property
    def version(self) -> str:
        """Package and version, for the translation memory."""
        return f"{self.package.fingerprint} {self._translator.backend()}"

    @cached_property
    def _files(self) -> list[bytes]:
        found = []
        for name in self.package.files:
            with open(os.path.join(self.package.path, name), "rb") as stream:
                found.append(stream.read())
        return found

    @cached_property
    def _translator(self) -> Any:
        return load(self._files, self.package.path)

    @cached_property
    def _pieces(self) -> Any:
        return load_vocabulary(self._files[1], self.package.path)

    def load(self) -> None:
        """Load model and vocabulary now. Raises InputError."""
        try:
            _ = self._pieces, self._translator
        except OSError as error:
            raise InputError(f"{self.package.path}: {error.strerror}") from None

    def translate(self, sentences: Sequence[str]) -> list[str]:
        """Return the translation of each sentence, one after the other; none is cut off."""
        return [self._one(sentence) for sentence in sentences]

    @cached_property
    def _foreign_quotes(self) -> str:
        """The quotation marks that the vocabulary lacks; the model would drop them."""
        unknown = self._pieces.unk_id()
        return "".join(c for c in _QUOTES if unknown in self._pieces.encode(c))

    def _one(self, sentence: str) -> str:
        plain = sentence.translate({ord(c): '"' for c in self._foreign_quotes})
        text = self._clauses(plain)
        return text if plain == sentence else curly(text)

    def _clauses(self, sentence: str) -> str:
        parts = split_long(sentence, MAX_TOKENS, lambda s: len(self._pieces.encode(s)))
        return " ".join(filter(None, (self._translator.translate(p).strip() for p in parts)))


def curly(text: str) -> str:
    """Return a text with its straight quotation marks in pairs of curly ones.

    >>> curly('"No," she said. "Never."')
    '“No,” she said. “Never.”'
    """
    parts = text.split('"')
    if len(parts) % 2 == 0:
        return text
    return "".join(part + "“”"[n % 2] for n, part in enumerate(parts[:-1])) + parts[-1]


def load(files: Sequence[bytes], where: str) -> Any:
    """Return a translator of model, source and target vocabulary and shortlist. InputError."""
    from fxtranslate import Translator

    try:
        return Translator(*files)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic of the native code is no Exception
        raise InputError(f"{where}: the model can't be loaded: {error}") from None


def load_vocabulary(data: bytes, where: str) -> Any:
    """Return the SentencePiece model that a vocabulary file is. Raises InputError."""
    from sentencepiece import SentencePieceProcessor

    try:
        return SentencePieceProcessor(model_proto=data)
    except Exception as error:
        raise InputError(f"{where}: the vocabulary can't be loaded: {error}") from None
