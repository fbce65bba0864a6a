import json
import threading
import time
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
        self.faults, self.seen = [], []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        fields = json.loads(body)
        self.server.seen.append((self.path, fields))
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


def test_slow_server_is_given_up(server):
    server.faults = ["slow"]
    assert engine(server, timeout=0.3).translate(["a"]) == ["<a>"]


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
    assert _wait("3600", 0) == libretranslate.LONGEST_WAIT
    assert _wait("Wed, 21 Oct 2015 07:28:00 GMT", 0) == 0.5


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
