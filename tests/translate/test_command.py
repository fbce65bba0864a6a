import json
import re
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.translate.conftest import FIXTURES, ROOT, marked, records, whole
from textkit.cli.folders import argos_folder, model_folders
from textkit.document import encode

HAN = re.compile(r"[\u3400-\u9fff]")


def test_text_in_text_out_with_a_gloss_that_says_so(textkit):
    text = (FIXTURES / "mixed-article.txt").read_text(encoding="utf-8")
    done = textkit("translate", "--to", "en", input=text)
    assert done.returncode == 0
    out = done.stdout.decode()
    assert not HAN.search(out)
    assert out.count("[gloss zh-Hans→en: ") == 2
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1
    assert "textkit models install zh en" in lines[0]


def test_text_without_foreign_passages_comes_out_as_it_is(textkit):
    done = textkit("translate", input="It rained. It poured.\n")
    assert (done.stdout, done.stderr) == (b"It rained. It poured.\n", b"")


def test_language_without_engine_stays_with_the_command_that_helps(textkit):
    record = encode(whole("Hyvää huomenta kaikille.", "fi")).decode()
    done = textkit("translate", "-", input=record)
    (document,) = records(done)
    assert document.text == "Hyvää huomenta kaikille."
    assert document.revisions == ()
    assert "textkit models install fi en" in document.warnings[0]
    assert b"textkit models install fi en" in done.stderr


def test_inline_words_and_what_is_no_language_stay_unless_asked(textkit):
    word = encode(marked("He said 你好 to me.", "你好", "zh-Hans", kind="inline")).decode()
    link = encode(marked("See ?url=x here.", r"\?url=x", "zxx")).decode()
    done = textkit("translate", "-", input=word + link)
    assert [d.text for d in records(done)] == ["He said 你好 to me.", "See ?url=x here."]
    done = textkit("translate", "--inline", "-f", "text", "-", input=word)
    assert not HAN.search(done.stdout.decode())


def test_each_warning_is_said_once_for_many_documents(textkit):
    lines = "".join(encode(whole("他走了。", "zh-Hans", str(n))).decode() for n in range(5))
    done = textkit("translate", "-", input=lines)
    assert done.stderr.decode() == (
        "textkit: 5 documents: zh-Hans: glossed word by word, not translated"
        " (textkit models install zh en)\n"
    )
    again = textkit("translate", "-", input=done.stdout.decode())
    assert (again.stdout, again.stderr) == (done.stdout, b"")


def test_every_document_comes_at_once_where_nothing_is_to_be_translated(textkit):
    """A reader at the end of the pipe does not wait for a batch to fill."""
    command = [sys.executable, "-m", "textkit", "translate", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.stdin.write(encode(whole("It rained.", "en")))
        process.stdin.flush()
        assert b"It rained." in process.stdout.readline()
        process.stdin.close()


@pytest.mark.parametrize(
    "text", ["", "\n", "   \n\n", "\x00\x01", "你", "？！。", "\ud7ff\ufffe", "𠀀𠀁𪚥", "1234 5678"]
)
def test_odd_texts_end_well(textkit, text):
    record = json.dumps({"id": "a", "text": text, "lang": "zh-Hans"})
    done = textkit("translate", "-", input=record)
    assert done.returncode == 0, done.stderr
    back = textkit("undo", "-", "-f", "text", input=done.stdout.decode())
    assert back.stdout.decode() == text


def test_lone_surrogates_end_well(textkit):
    done = textkit("translate", "-", input='{"id":"a","text":"他走了\\ud800。","lang":"zh-Hans"}')
    assert done.returncode == 0, done.stderr


def test_a_long_text_takes_its_time_by_length(textkit):
    record = json.dumps({"id": "a", "text": "他们在河边看见了很多鱼，" * 5000, "lang": "zh-Hans"})
    assert textkit("translate", "-", input=record).returncode == 0


def test_unknown_option_and_missing_file_are_one_line(textkit):
    done = textkit("translate", "--engine", "magic", "-")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    done = textkit("translate", "nowhere.txt")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)


def test_models_without_any_and_removing_what_is_not_there(textkit):
    done = textkit("models", "list")
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"no models are installed" in done.stderr
    done = textkit("models", "remove", "zh", "en")
    assert (done.returncode, b"no such model" in done.stderr) == (2, True)
    for name in ("..", "../..", "/", "."):
        assert textkit("models", "remove", name).returncode == 2


def test_models_path_goes_by_option_then_environment(textkit):
    default = textkit("models", "path").stdout.decode().strip()
    assert default == str(textkit.home / ".local/share/textkit/models")
    assert textkit("models", "path", TEXTKIT_MODELS="/m").stdout == b"/m\n"
    assert textkit("models", "path", "--models-dir", "/n", TEXTKIT_MODELS="/m").stdout == b"/n\n"


def test_broken_model_is_listed_and_can_be_removed(textkit, tmp_path):
    broken = textkit.home / ".local/share/textkit/models/broken"
    broken.mkdir(parents=True)
    done = textkit("models", "list")
    assert b"broken: no metadata.json" in done.stderr
    assert textkit("models", "remove", "broken").returncode == 0
    assert not broken.exists()


@pytest.mark.parametrize(
    "env",
    [
        {},
        {"ARGOS_PACKAGES_DIR": "{tmp}/packages"},
        {"XDG_DATA_HOME": "{tmp}/data"},
        {"XDG_CONFIG_HOME": "{tmp}/config"},
    ],
)
def test_argos_folder_is_where_argostranslate_has_it(env, tmp_path, monkeypatch):
    for name in ("ARGOS_PACKAGES_DIR", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    for name, value in env.items():
        monkeypatch.setenv(name, value.format(tmp=tmp_path))
    settings = tmp_path / "config" / "argos-translate" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(json.dumps({"ARGOS_PACKAGES_DIR": str(tmp_path / "from-settings")}))
    code = "from argostranslate import settings; print(settings.package_data_dir)"
    theirs = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()
    assert argos_folder() == theirs
    assert argos_folder() in model_folders("/elsewhere")


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_):
        pass


@pytest.fixture
def index(tmp_path, tiny_archive):
    """A package index on this machine."""
    folder = tmp_path / "served"
    folder.mkdir()
    (folder / "zh_en.argosmodel").write_bytes(tiny_archive.read_bytes())
    server = ThreadingHTTPServer(("127.0.0.1", 0), lambda *a: Quiet(*a, directory=str(folder)))
    url = f"http://127.0.0.1:{server.server_port}/"
    entry = {
        "type": "translate", "from_code": "zh", "to_code": "en", "package_version": "0.1",
        "links": [f"{url}zh_en.argosmodel"],
    }  # fmt: skip
    (folder / "index.json").write_text(json.dumps([entry, {"type": "sbd"}, 5, {"links": None}]))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield url, folder
    server.shutdown()
    thread.join()
    server.server_close()


def test_install_from_an_index(textkit, index):
    url, _ = index
    listed = textkit("models", "list", "--available", ARGOS_PACKAGE_INDEX=url)
    assert listed.stdout.startswith(b"zh>en\targos\t0.1\t")
    done = textkit("models", "install", "zh", "en", ARGOS_PACKAGE_INDEX=url)
    assert done.returncode == 0, done.stderr
    done = textkit("translate", "-", input=encode(whole("春天来了。", "zh")).decode())
    assert records(done)[0].text == "Spring has come."
    done = textkit("models", "install", "de", "en", ARGOS_PACKAGE_INDEX=url)
    assert (done.returncode, b"no package from de to en" in done.stderr) == (2, True)


@pytest.mark.parametrize("fault", ["file gone", "file cut", "index broken", "known file changed"])
def test_faults_of_a_download_leave_nothing(textkit, index, fault):
    url, folder = index
    package = folder / "zh_en.argosmodel"
    if fault == "file gone":
        package.unlink()
    elif fault == "file cut":
        package.write_bytes(package.read_bytes()[:1000])
    elif fault == "index broken":
        (folder / "index.json").write_text("{")
    else:
        entries = json.loads((folder / "index.json").read_text())
        entries[0]["package_version"] = "1.9"  # whose checksum is known
        (folder / "index.json").write_text(json.dumps(entries))
    done = textkit("models", "install", "zh", "en", ARGOS_PACKAGE_INDEX=url)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1, done.stderr
    models = textkit.home / ".local/share/textkit/models"
    assert not models.exists() or list(models.iterdir()) == []


def test_offline_install_names_the_file_to_bring(textkit):
    done = textkit("models", "install", "zh", "en", ARGOS_PACKAGE_INDEX="http://127.0.0.1:9/")
    assert done.returncode == 2
    assert b".argosmodel" in done.stderr
    assert b"textkit models install FILE" in done.stderr


def test_doctor_names_what_works_and_what_is_missing(textkit, tiny_archive):
    done = textkit("doctor")
    assert done.returncode == 1
    assert b"textkit models install zh en" in done.stdout
    textkit("models", "install", tiny_archive)
    done = textkit("doctor")
    assert (done.returncode, b"model zh>en" in done.stdout) == (0, True)
    (textkit.home / ".local/share/textkit/models/stray").mkdir()
    done = textkit("doctor")
    assert done.returncode == 1
    assert b"textkit models remove stray" in done.stdout


BLOCKED = """
import socket, sys
def refuse(*_, **__):
    raise AssertionError("a socket was opened")
socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
socket.socket.__init__ = refuse
from textkit.__main__ import main
sys.argv = ["textkit", *sys.argv[1:]]
sys.exit(main())
"""
COMMANDS = [
    ("--help",), ("read",), ("clean",), ("detect",), ("translate",), ("dedup",), ("summarize",),
    ("undo",), ("models", "list"), ("models", "path"), ("doctor",), ("models", "remove", "x"),
]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_command_opens_a_socket(command, textkit, tmp_path, article):
    takes_input = command[0] not in ("--help", "models", "doctor")
    arguments = [*command, "-"] if takes_input else list(command)
    env = {**textkit.env, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED, *arguments], input=encode(article), capture_output=True,
        check=False, cwd=tmp_path, env=env,
    )  # fmt: skip
    assert b"socket" not in done.stderr, done.stderr
    assert done.returncode in (0, 1, 2)
    assert not takes_input or done.returncode == 0, done.stderr


def test_translating_with_models_opens_no_socket(textkit, tmp_path, tiny, firefox):
    models = tmp_path / "models"
    models.mkdir()
    for path in (tiny, next(Path(firefox).glob("*pt_en"))):
        (models / path.name).symlink_to(path)
    lines = encode(whole("春天来了。", "zh")) + encode(whole("Bom dia.", "pt"))
    done = subprocess.run(
        [sys.executable, "-c", BLOCKED, "translate", "--models-dir", str(models), "-"],
        input=lines, capture_output=True, check=True,
        env={**textkit.env, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert [d.text for d in records(done)] == ["Spring has come.", "Good morning."]
