import json
import socket
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.translate.conftest import whole
from textkit.document import encode
from textkit.errors import ConfigError, TextkitError
from textkit.translate import TranslateOptions, translate_document
from textkit.translate.engines import libretranslate
from textkit.translate.engines.libretranslate import BATCH, LibreTranslate, _wait


class Server(ThreadingHTTPServer):
    """Speaks the API of LibreTranslate; answers with what stands in `faults` first."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.faults, self.seen, self.logins = [], [], []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        fields = json.loads(body)
        self.server.seen.append((self.path, fields))
        self.server.logins.append(self.headers["Authorization"])
        fault = self.server.faults.pop(0) if self.server.faults else None
        if fault == "slow":
            time.sleep(1.5)
        if fault == "hang up":
            self.connection.close()
            return
        if isinstance(fault, int):
            self.reply(fault, {"error": "Out of order"}, {"Retry-After": "0"})
        elif isinstance(fault, bytes):
            self.reply(200, fault)
        else:
            self.reply(200, {"translatedText": [f"<{t}>" for t in fields["q"]]})

    def reply(self, code, data, headers=None):
        data = data if isinstance(data, bytes) else json.dumps(data).encode()
        self.send_response(code)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


@pytest.fixture
def server(monkeypatch):
    monkeypatch.setattr(libretranslate, "BACK_OFF", 0.01)
    running = Server()
    thread = threading.Thread(target=running.serve_forever, args=(0.02,))
    thread.start()
    yield running
    running.shutdown()
    thread.join()
    running.server_close()


def engine(server, **more):
    return LibreTranslate("zh-Hans", TranslateOptions(url=server.url, **more))


def test_sentences_go_in_batches_with_pair_and_key(server):
    sentences = [f"s{n}" for n in range(BATCH + 3)]
    assert engine(server, api_key="k").translate(sentences) == [f"<{s}>" for s in sentences]
    assert [len(fields["q"]) for _, fields in server.seen] == [BATCH, 3]
    path, fields = server.seen[0]
    assert path == "/translate"
    assert (fields["source"], fields["target"], fields["format"], fields["api_key"]) == (
        "zh", "en", "text", "k",
    )  # fmt: skip


def test_stage_uses_the_server_for_any_pair(server):
    options = TranslateOptions(engine="libretranslate", url=f"{server.url}/translate/")
    done = translate_document(whole("Hyvää huomenta.", "fi"), options)
    assert done.text == "<Hyvää huomenta.>"
    assert done.revisions[0].edits[0].rule == "libretranslate:fi>en"


@pytest.mark.parametrize("fault", [503, 429, "hang up", b"not json"])
def test_what_may_pass_is_tried_again(server, fault):
    server.faults = [fault, fault]
    assert engine(server).translate(["a"]) == ["<a>"]
    assert len(server.seen) == 3


def test_a_slow_server_is_given_up_within_the_timeout(server):
    server.faults = ["slow"]
    began = time.monotonic()
    with pytest.raises(TextkitError, match=r"no answer within 0\.3 seconds"):
        engine(server, timeout=0.3).translate(["a"])
    assert time.monotonic() - began < 1.2


@pytest.mark.parametrize(
    ("faults", "message"),
    [
        ([400], "400 Out of order"),
        ([403], "403"),
        ([404], "404"),
        ([500] * 4, "500"),
        (["hang up"] * 4, "after 4 attempts"),
        ([b"[]"], "no JSON object"),
        ([b"{}"], "no list of translations"),
        ([b'{"translatedText": []}'], "no list of translations"),
        ([b'{"translatedText": [1]}'], "no list of translations"),
        ([b'{"translatedText": "x" '] * 4, "not JSON"),
    ],
)
def test_what_does_not_pass_is_one_clear_error(server, faults, message):
    server.faults = list(faults)
    with pytest.raises(TextkitError, match=message):
        engine(server).translate(["a"])
    assert len(server.seen) == len(faults)


def test_no_server_there_is_said_with_its_address(monkeypatch):
    monkeypatch.setattr(libretranslate, "BACK_OFF", 0.01)
    with pytest.raises(TextkitError, match=r"127\.0\.0\.1:9"):
        LibreTranslate("zh", TranslateOptions(url="http://127.0.0.1:9")).translate(["a"])


@pytest.mark.parametrize("url", [None, "", "file:///etc/passwd", "localhost:5000"])
def test_url_is_needed_and_must_be_one(url):
    with pytest.raises(ConfigError):
        LibreTranslate("zh", TranslateOptions(url=url))


def test_waits_double_and_have_a_limit():
    assert [_wait(None, n) for n in range(3)] == [0.5, 1.0, 2.0]
    assert _wait("3600", 0) == libretranslate.MAX_WAIT
    assert _wait("nan", 0) == _wait("inf", 0) == _wait("-5", 0) == 0.5
    assert _wait("Wed, 21 Oct 2015 07:28:00 GMT", 0) == 0.5


OK = b"HTTP/1.1 200 OK\r\n"
BROKEN = {  # answers as bytes, and what is sent again and again after them
    "nothing": (b"", b""),
    "no HTTP": (b"garbage garbage\r\n\r\n", b""),
    "a long status line": (b"HTTP/1.1 200 " + b"x" * 100_000 + b"\r\n\r\n", b""),
    "a long header line": (OK + b"X: " + b"y" * 100_000 + b"\r\n\r\n", b""),
    "headers by the hundred": (OK + b"X: y\r\n" * 300 + b"\r\n", b""),
    "a length that is none": (OK + b"Content-Length: -5\r\n\r\n{}", b""),
    "a body cut short": (OK + b'Content-Length: 900\r\n\r\n{"translatedText"', b""),
    "a chunk that is none": (OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", b""),
    "a chunk cut short": (OK + b"Transfer-Encoding: chunked\r\n\r\nff\r\n{", b""),
    "deep JSON": (OK + b"\r\n" + b"[" * 60_000, b""),
    "deep JSON objects": (OK + b"\r\n" + b'{"a":' * 20_000, b""),
    "not UTF-8": (OK + b'\r\n{"translatedText":["\xff"]}', b""),
    "a lone surrogate in an error": (b'HTTP/1.1 400 x\r\n\r\n{"error":"\\ud800"}', b""),
    "a redirect to itself": (b"HTTP/1.1 301 x\r\nLocation: /translate\r\n\r\n", b""),
    "a redirect to a file": (b"HTTP/1.1 301 x\r\nLocation: file:///etc/passwd\r\n\r\n", b""),
    "dripping headers": (OK, b"X: y\r\n"),
    "a dripping body": (OK + b"Content-Length: 100000\r\n\r\n", b" "),
    "a dripping error": (b"HTTP/1.1 500 x\r\nContent-Length: 9000\r\n\r\n", b" "),
    "a wait that is no number": (b"HTTP/1.1 503 x\r\nRetry-After: nan\r\n\r\n", b""),
    "an answer without end": (OK + b"\r\n" + b" " * 5_000_000, b""),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_malformed_answer_is_one_error_within_the_timeout(name, monkeypatch):
    monkeypatch.setattr(libretranslate, "BACK_OFF", 0.01)
    head, drip = BROKEN[name]
    closing = threading.Event()

    def answer(connection):
        with connection, suppress(OSError):
            connection.recv(65536)
            connection.sendall(head)
            while drip and not closing.wait(0.05):
                connection.sendall(drip)

    def serve(listener):
        with suppress(OSError):
            while True:
                threading.Thread(target=answer, args=(listener.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=serve, args=(listener,), daemon=True).start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        began = time.monotonic()
        with pytest.raises(TextkitError) as caught:
            LibreTranslate("zh", TranslateOptions(url=url, timeout=1)).translate(["a"])
        closing.set()
    assert time.monotonic() - began < 3
    assert str(caught.value).startswith(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://ann:sesame@127.0.0.1:abc", "http://ann:sesame@[::1", "http://", "http://ann:sesame@",
        "http://127.0.0.1:99999", "ftp://ann:sesame@127.0.0.1/", "http://a\nb/",
    ],
)  # fmt: skip
def test_an_address_that_is_none_is_refused_without_its_password(url):
    with pytest.raises(ConfigError) as caught:
        LibreTranslate("zh", TranslateOptions(url=url))
    assert "sesame" not in str(caught.value)


def test_name_and_password_go_to_the_server_and_into_no_message(server):
    url = server.url.replace("http://", "http://ann:sesame@")
    server.faults = [400]
    with pytest.raises(TextkitError) as caught:
        LibreTranslate("zh", TranslateOptions(url=url)).translate(["a"])
    assert "sesame" not in str(caught.value)
    assert server.logins == ["Basic YW5uOnNlc2FtZQ=="]


def test_command_says_what_is_wrong_and_exits(server, textkit):
    record = encode(whole("Hei.", "fi")).decode()
    server.faults = [403]
    done = textkit(
        "translate", "--engine", "libretranslate", "--url", server.url, "-", input=record
    )
    assert done.returncode == 2
    assert b"403" in done.stderr
    assert b"--api-key-file" in done.stderr
    assert b"Traceback" not in done.stderr
    assert textkit("translate", "--engine", "libretranslate", "-", input=record).returncode == 2
