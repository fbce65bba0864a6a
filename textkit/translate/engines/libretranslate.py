"""A LibreTranslate server that the user runs: the only engine that opens a socket."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from typing import Any

from textkit.errors import ConfigError, MissingModelError
from textkit.text.languages import primary
from textkit.translate.models.packages import spellings
from textkit.translate.options import TranslateOptions

BATCH = 32  # sentences in one request
ATTEMPTS = 4
BACK_OFF = 0.5  # seconds before the second attempt; doubled before each later one
LONGEST_WAIT = 30.0  # seconds; a server that asks for more gets this
MOST_BYTES = 32 * 2**20  # of an answer
_AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))


class LibreTranslate:
    """Translates from one language by asking a server."""

    name = "libretranslate"
    version = ""  # the server may change its models: nothing is remembered

    def __init__(self, source: str, options: TranslateOptions) -> None:
        if not options.url:
            raise ConfigError("--engine libretranslate needs a server", "say --url URL")
        if not options.url.startswith(("http://", "https://")):
            raise ConfigError(f"{options.url}: not an http or https URL")
        self._url = options.url.rstrip("/").removesuffix("/translate") + "/translate"
        self._codes = (_code(source), _code(options.to))
        self._key = options.api_key
        self._timeout = options.timeout

    def translate(self, sentences: Sequence[str]) -> list[str]:
        """Return the translation of each sentence. Raises MissingModelError, ConfigError."""
        found: list[str] = []
        for at in range(0, len(sentences), BATCH):
            found += self._batch(sentences[at : at + BATCH])
        return found

    def _batch(self, sentences: Sequence[str]) -> list[str]:
        source, target = self._codes
        fields = {"q": list(sentences), "source": source, "target": target, "format": "text"}
        if self._key:
            fields["api_key"] = self._key
        answer = self._ask(json.dumps(fields).encode())
        texts = answer.get("translatedText")
        if isinstance(texts, str) and len(sentences) == 1:
            texts = [texts]
        if (
            not isinstance(texts, list)
            or len(texts) != len(sentences)
            or not all(isinstance(text, str) for text in texts)
        ):
            raise MissingModelError(f"{self._url}: the answer is no list of translations")
        return [text.strip() for text in texts]

    def _ask(self, body: bytes) -> dict[str, Any]:
        """Send one request; what may pass is tried again, after a growing wait."""
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        for attempt in range(ATTEMPTS):
            request = urllib.request.Request(self._url, body, headers)  # noqa: S310 - see __init__
            try:
                with urllib.request.urlopen(request, timeout=self._timeout) as response:  # noqa: S310
                    return self._read(response.read(MOST_BYTES + 1))
            except urllib.error.HTTPError as error:
                if error.code not in _AGAIN or attempt == ATTEMPTS - 1:
                    raise self._refused(error) from None
                wait = _wait(error.headers.get("Retry-After"), attempt)
            except (OSError, ValueError) as error:
                if attempt == ATTEMPTS - 1:
                    raise self._unreachable(error) from None
                wait = _wait(None, attempt)
            time.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _read(self, data: bytes) -> dict[str, Any]:
        if len(data) > MOST_BYTES:
            raise MissingModelError(f"{self._url}: the answer is too long")
        answer = json.loads(data)
        if not isinstance(answer, dict):
            raise MissingModelError(f"{self._url}: the answer is no JSON object")
        return answer

    def _refused(self, error: urllib.error.HTTPError) -> MissingModelError:
        try:
            reason = str(json.loads(error.read(10_000)).get("error", ""))
        except (OSError, ValueError, AttributeError):
            reason = ""
        hint = {
            400: "does the server have this pair of languages?",
            403: "give its key with --api-key-file FILE",
            404: "the URL is that of the server, without /translate",
            429: "the server limits requests: wait, or give a key with --api-key-file FILE",
        }.get(error.code, "")
        return MissingModelError(f"{self._url}: {error.code} {reason or error.reason}", hint)

    def _unreachable(self, error: Exception) -> MissingModelError:
        reason = getattr(error, "reason", None) or error
        if isinstance(error, ValueError):
            reason = "the answer is not JSON"
        return MissingModelError(
            f"{self._url}: {reason}, after {ATTEMPTS} attempts", "is the server running there?"
        )


def _wait(asked: str | None, attempt: int) -> float:
    """Seconds until the next attempt: what the server asks for, else doubling."""
    try:
        wanted = float(asked) if asked else 0.0
    except ValueError:  # a date
        wanted = 0.0
    return min(max(wanted, BACK_OFF * 2.0**attempt), LONGEST_WAIT)


def _code(lang: str) -> str:
    """The language as LibreTranslate spells it: zh-Hans is zh, zh-Hant is zt."""
    return spellings(lang)[0] if lang.lower().startswith(("zh", "pt")) else primary(lang)
