"""Argos packages, decoded directly with CTranslate2 and SentencePiece.

The decoding arguments and the way pieces are joined are Argos Translate's, so that the output is
its own; its Python layer, which looks into the network for sentence splitters, is left out.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from typing import Any, Protocol

from textkit.cores import cores
from textkit.errors import ConfigError, InputError
from textkit.translate.models.packages import Package
from textkit.translate.options import TranslateOptions

BEAM_SIZE, LENGTH_PENALTY = 4, 0.2  # as in argostranslate.translate
LEAST_BATCH, BATCH_TOKENS = 256, 2048
MAX_TOKENS = 200  # of a sentence in one piece; models are trained on little longer


class Tokenizer(Protocol):
    """Text to the model's tokens and back."""

    def encode(self, sentence: str) -> list[str]:
        """Return the tokens of a sentence."""
        ...

    def decode(self, tokens: list[str]) -> str:
        """Return the text of tokens."""
        ...


class ArgosModel:
    """One package, loaded when first used."""

    name = "argos"

    def __init__(self, package: Package, options: TranslateOptions) -> None:
        self.package = package
        self._options = options

    @property
    def version(self) -> str:
        """Package and version, for the translation memory."""
        options = self._options
        return f"{self.package.fingerprint} {options.device} {options.compute_type}"

    @property
    def _workers(self) -> int:
        """Batches at once: many sentences side by side beat many threads in one sentence."""
        if self._options.device != "cpu":
            return 1
        return self._options.threads or cores()

    @cached_property
    def _translator(self) -> Any:
        import ctranslate2

        options = self._options
        try:
            return ctranslate2.Translator(
                os.path.join(self.package.path, "model"), device=options.device,
                compute_type=options.compute_type, inter_threads=self._workers, intra_threads=1,
            )  # fmt: skip
        except Exception as error:  # a damaged file shows as any kind of error
            if (options.device, options.compute_type) != ("cpu", "default"):
                raise ConfigError(
                    f"device {options.device}, compute type {options.compute_type}: {error}",
                    "leave out --device and --compute-type",
                ) from None
            raise InputError(
                f"{self.package.path}: the model can't be loaded: {error}",
                f"textkit models remove {self.package.name}, then install it again",
            ) from None

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return load_tokenizer(self.package)

    def load(self) -> None:
        """Load model and tokenizer now. Raises InputError."""
        _ = self._tokenizer, self._translator

    def translate(self, sentences: Sequence[str]) -> list[str]:
        """Return the translation of each sentence; none is cut off."""
        if not sentences:
            return []
        tokenizer = self._tokenizer
        parts = [_parts(tokenizer, sentence) for sentence in sentences]
        tokens = [t for of_sentence in parts for t in of_sentence]
        decoded = iter(self._decode(tokens))
        return [" ".join(next(decoded) for _ in of_sentence) for of_sentence in parts]

    def _decode(self, tokens: list[list[str]]) -> list[str]:
        prefix = self.package.prefix
        share = sum(map(len, tokens)) // self._workers + 1
        results = self._translator.translate_batch(
            tokens,
            target_prefix=[[prefix]] * len(tokens) if prefix else None,
            replace_unknowns=True, batch_type="tokens",
            max_batch_size=max(LEAST_BATCH, min(share, BATCH_TOKENS)),
            beam_size=BEAM_SIZE, num_hypotheses=1, length_penalty=LENGTH_PENALTY,
        )  # fmt: skip
        return [self._text(result.hypotheses[0]) for result in results]

    def _text(self, tokens: list[str]) -> str:
        text = self._tokenizer.decode(tokens)
        text = text.removeprefix(self.package.prefix)
        return text.removeprefix(" ")


class SentencePiece:
    """The tokenizer of most packages: one model for both languages."""

    def __init__(self, path: str) -> None:
        from sentencepiece import SentencePieceProcessor

        self._processor = SentencePieceProcessor(model_file=path)

    def encode(self, sentence: str) -> list[str]:
        """Return the pieces of a sentence."""
        pieces: list[str] = self._processor.encode(sentence, out_type=str)
        return pieces

    def decode(self, tokens: list[str]) -> str:
        """Return the text; a plain underscore becomes a blank, as in Argos."""
        text: str = self._processor.decode_pieces(tokens)
        return text.replace("▁", " ").replace("_", " ")


def load_tokenizer(package: Package) -> Tokenizer:
    """Return the tokenizer of an Argos package. Raises InputError."""
    path = os.path.join(package.path, "sentencepiece.model")
    try:
        if os.path.isfile(path):
            return SentencePiece(path)
        from argostranslate.tokenizer import BPETokenizer

        path = os.path.join(package.path, "bpe.model")
        tokenizer: Tokenizer = BPETokenizer(path, package.source, package.target)
        tokenizer.encode("a")  # it reads its file only now
        return tokenizer
    except Exception as error:
        raise InputError(f"{path}: the tokenizer can't be loaded: {error}") from None


def _parts(tokenizer: Tokenizer, sentence: str) -> list[list[str]]:
    """The tokens of a sentence; of a long one, clause by clause."""
    from textkit.translate.engines.clauses import split_long

    return [
        tokenizer.encode(part)
        for part in split_long(sentence, MAX_TOKENS, lambda s: len(tokenizer.encode(s)))
    ]
