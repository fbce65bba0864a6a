"""A LibreTranslate server that the user runs: the only engine that opens a socket."""

from __future__ import annotations

import base64
import json
import math
import queue
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from http.client import HTTPException
from typing import Any, NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit

from textkit.errors import ConfigError, MissingModelError
from textkit.text.languages import primary
from textkit.translate.models.packages import spellings
from textkit.translate.options import TranslateOptions

BATCH = 32  # sentences in one request
ATTEMPTS = 4
BACK_OFF = 0.5  # seconds before the second attempt; doubled before each later one
MAX_WAIT = 30.0  # seconds; a server that asks for more gets this
# Bytes of an answer: a translation is a few times as long as its original, and its JSON may spell
# each character with six bytes. What is checked afterwards must not be what a server likes.
MAX_BYTES, MAX_GROWTH = 64 * 2**10, 40
_AGAIN = frozenset((408, 425, 429, 500, 502, 503, 504))
_BROKEN = (OSError, ValueError, HTTPException, RecursionError)  # all that an answer can raise


class Answer(NamedTuple):
    """A server's answer."""

    code: int
    data: bytes
    reason: str = ""  # of an error
    retry_after: str | None = None


class LibreTranslate:
    """Translates from one language by asking a server."""

    name = "libretranslate"
    version = ""  # the server may change its models: nothing is remembered

    def __init__(self, source: str, options: TranslateOptions) -> None:
        if not options.url:
            raise ConfigError("--engine libretranslate needs a server", "say --url URL")
        self._url, self._login = _address(options.url)
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
        """Send one request, again where that may help; the timeout is for all of it."""
        deadline = time.monotonic() + self._timeout
        for attempt in range(1, ATTEMPTS + 1):
            wait, last = None, attempt == ATTEMPTS
            try:
                answer = _within(deadline - time.monotonic(), lambda: self._send(body))
                if answer.code == 200:
                    return self._read(answer.data, MAX_BYTES + MAX_GROWTH * len(body))
                if answer.code not in _AGAIN or last:
                    raise self._refused(answer)
                wait = answer.retry_after
            except queue.Empty:
                raise self._too_slow() from None
            except _BROKEN as error:
                if last:
                    raise self._unreachable(error) from None
            pause = _wait(wait, attempt - 1)
            if time.monotonic() + pause >= deadline:
                raise self._too_slow()
            time.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    def _send(self, body: bytes) -> Answer:
        """Send one request and return the answer, also where that is an error."""
        headers = {"Content-Type": "application/json", "Accept": "application/json", **self._login}
        request = urllib.request.Request(self._url, body, headers)  # noqa: S310 - see _address
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as response:  # noqa: S310
                return Answer(200, response.read(MAX_BYTES + MAX_GROWTH * len(body) + 1))
        except urllib.error.HTTPError as error:
            with error:
                data = error.read(10_000)
            return Answer(error.code, data, str(error.reason), error.headers.get("Retry-After"))

    def _read(self, data: bytes, limit: int) -> dict[str, Any]:
        if len(data) > limit:
            raise MissingModelError(f"{self._url}: the answer is too long")
        answer = json.loads(data)
        if not isinstance(answer, dict):
            raise MissingModelError(f"{self._url}: the answer is no JSON object")
        return answer

    def _refused(self, answer: Answer) -> MissingModelError:
        try:
            reason = str(json.loads(answer.data).get("error", ""))
        except (*_BROKEN, AttributeError):
            reason = ""
        hint = {
            400: "does the server have this pair of languages?",
            403: "give its key with --api-key-file FILE",
            404: "the URL is that of the server, without /translate",
            429: "the server limits requests: wait, or give a key with --api-key-file FILE",
        }.get(answer.code, "")
        return MissingModelError(f"{self._url}: {answer.code} {reason or answer.reason}", hint)

    def _too_slow(self) -> MissingModelError:
        return MissingModelError(
            f"{self._url}: no answer within {self._timeout:g} seconds", "--timeout gives it longer"
        )

    def _unreachable(self, error: Exception) -> MissingModelError:
        reason = str(getattr(error, "reason", None) or error) or type(error).__name__
        if isinstance(error, (ValueError, RecursionError)):
            reason = "the answer is not JSON"
        elif isinstance(error, HTTPException):
            reason = f"the answer is not HTTP: {type(error).__name__}"
        return MissingModelError(
            f"{self._url}: {reason}, after {ATTEMPTS} attempts", "is the server running there?"
        )


def _address(url: str) -> tuple[str, dict[str, str]]:
    """Return the address to ask, without name and password, and the header that carries those.

    >>> _address("http://ann:secret@localhost:5000/")[0]
    'http://localhost:5000/translate'

    Raises ConfigError, which never shows a password.
    """
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises ValueError where it is no number
    except ValueError:
        parts = SplitResult("", "", "", "", "")
    if parts.scheme not in ("http", "https") or not parts.hostname or not url.isprintable():
        shown = url.rsplit("@", 1)[-1]
        raise ConfigError(f"--url {shown}: not an http or https URL", "as http://localhost:5000")
    login, _, host = parts.netloc.rpartition("@")
    path = parts.path.rstrip("/").removesuffix("/translate") + "/translate"
    token = base64.b64encode(unquote(login).encode()).decode()
    headers = {"Authorization": f"Basic {token}"} if login else {}
    return parts._replace(netloc=host, path=path).geturl(), headers


def _within(seconds: float, ask: Callable[[], Answer]) -> Answer:
    """Return what `ask` returns, or raise what it raises; queue.Empty where it takes longer.

    A socket's own timeout is for each read: a server that sends a byte now and then outlasts it.
    """
    answers: queue.SimpleQueue[Answer | Exception] = queue.SimpleQueue()

    def work() -> None:
        try:
            answers.put(ask())
        except Exception as error:  # handed on to the caller
            answers.put(error)

    threading.Thread(target=work, daemon=True).start()
    answer = answers.get(timeout=max(seconds, 0.001))
    if isinstance(answer, Exception):
        raise answer
    return answer


def _wait(wanted: str | None, attempt: int) -> float:
    """Seconds until the next attempt: what the server asks for, else doubling."""
    try:
        seconds = float(wanted or 0)
    except ValueError:  # a date
        seconds = 0.0
    seconds = seconds if math.isfinite(seconds) else 0.0
    return min(max(seconds, BACK_OFF * 2.0**attempt), MAX_WAIT)


def _code(lang: str) -> str:
    """The language as LibreTranslate spells it: zh-Hans is zh, zh-Hant is zt."""
    return spellings(lang)[0] if lang.lower().startswith(("zh", "pt")) else primary(lang)
