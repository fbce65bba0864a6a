import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.translate.conftest import FIXTURES, copy, records, whole
from textkit.document import encode, source_text
from textkit.translate import TranslateOptions, translate, translate_document
from textkit.translate.engines import load_model
from textkit.translate.engines.argos import MAX_TOKENS, ArgosModel
from textkit.translate.models.packages import read_package

PAIRS = [
    line.split("\t")
    for line in (FIXTURES / "tiny-pairs.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.fixture(scope="module")
def options(tiny, cache_dir):
    return TranslateOptions(models_dir=(str(tiny.parent),), cache_dir=cache_dir, threads=1)


def test_sentences_are_translated_and_can_be_traced_back(options):
    text = "春天来了。老师走了。\n\n• 猫在睡觉。\n• 狗在睡觉。"
    done = translate_document(whole(text, "zh-Hans"), options)
    assert done.text == (
        "Spring has come. The teacher has gone.\n\n• The cat is sleeping.\n• The dog is sleeping."
    )
    assert [(r.stage, r.engine) for r in done.revisions] == [("translate", "argos")]
    assert {e.rule for e in done.revisions[0].edits} == {"argos:zh>en"}
    assert [(p.lang, p.origin, p.engine, p.reason) for p in done.passages] == [
        ("en", "zh-Hans", "argos", "translation")
    ]
    assert done.lang == "en"
    assert source_text(done) == text


PARITY = """
import json, sys
from argostranslate import translate
class Splitter:
    def split_sentences(self, text):
        return [text]
source, target, texts = json.load(sys.stdin)
languages = {l.code: l for l in translate.get_installed_languages()}
found = languages[source].get_translation(languages[target])
found.underlying.sentencizer = Splitter()
print(json.dumps([found.hypotheses(t, 1)[0].value for t in texts]))
"""


@pytest.mark.parametrize("kind", ["sentencepiece", "bpe"])
def test_output_equals_that_of_argostranslate(kind, request, options, tmp_path):
    package = request.getfixturevalue("tiny" if kind == "sentencepiece" else "tiny_bpe")
    texts = [pair[kind == "bpe"] for pair in PAIRS[:12]]
    texts += ["医生在看书。他喜欢喝水。", "snake_case 公司 GPU", "1.", "   ", "Café & <b>"]
    pair = ["zh", "en"] if kind == "sentencepiece" else ["en", "xx"]
    env = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "ARGOS_INTRA_THREADS": "1"}
    theirs = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", PARITY], input=json.dumps([*pair, texts]),
        text=True, capture_output=True, env={**env, "ARGOS_PACKAGES_DIR": str(package.parent)},
        check=True,
    )  # fmt: skip
    ours = load_model(read_package(str(package)), options).translate(texts)
    assert ours == json.loads(theirs.stdout)
    assert len(set(ours)) > 12  # it does say different things


def test_long_sentence_is_split_at_clauses_and_nothing_is_cut_off(tiny, options):
    model = ArgosModel(read_package(str(tiny)), options)
    model.load()
    seen = []
    decode = model._decode
    model._decode = lambda tokens: seen.extend(tokens) or decode(tokens)
    clause = "老师在写信，"
    model.translate([clause * 120])
    pieces = model._tokenizer
    assert len(seen) > 1
    assert all(len(tokens) <= MAX_TOKENS for tokens in seen)
    assert "".join(pieces.decode(t) for t in seen).count("老师在写信") == 120


def test_without_a_direct_package_two_meet_in_english(tiny, tmp_path, cache_dir):
    for name, source, target in (("one", "xx", "en"), ("two", "en", "yy")):
        path = Path(copy(tiny, tmp_path / name))
        metadata = json.loads((path / "metadata.json").read_text())
        metadata |= {"from_code": source, "to_code": target}
        (path / "metadata.json").write_text(json.dumps(metadata))
    options = TranslateOptions(to="yy", models_dir=(str(tmp_path),))
    done = translate_document(whole("春天来了。", "xx"), options)
    assert {e.rule for r in done.revisions for e in r.edits} == {"argos:xx>en>yy"}


@pytest.mark.parametrize(
    "harm", ["no metadata", "empty folder", "bad json", "corrupt model", "no vocabulary"]
)
def test_a_broken_package_is_left_out_and_named(tiny, tmp_path, harm, cache_dir):
    broken = tmp_path / "a-broken-one"
    if harm == "empty folder":
        broken.mkdir()
    else:
        copy(tiny, broken)
        if harm == "no metadata":
            (broken / "metadata.json").unlink()
        elif harm == "bad json":
            (broken / "metadata.json").write_text("{")
        elif harm == "corrupt model":
            (broken / "model" / "model.bin").write_bytes(b"nothing of the kind")
        else:
            (broken / "model" / "shared_vocabulary.json").unlink()
    copy(tiny, tmp_path / "b-good-one")
    options = TranslateOptions(models_dir=(str(tmp_path),), cache_dir=cache_dir)
    done = translate_document(whole("春天来了。", "zh"), options)
    assert done.text == "Spring has come."
    assert any("a-broken-one" in warning for warning in done.warnings)


def test_sentences_of_many_documents_go_in_one_batch_once_each(options, monkeypatch):
    calls = []
    translate_batch = ArgosModel.translate
    monkeypatch.setattr(
        ArgosModel, "translate", lambda self, s: calls.append(list(s)) or translate_batch(self, s)
    )
    documents = [whole("春天来了。冬天来了。", "zh", f"d{n}") for n in range(20)]
    done = list(translate(iter(documents), options))
    assert [d.id for d in done] == [d.id for d in documents]
    assert calls == [["春天来了。", "冬天来了。"]]


def test_result_does_not_depend_on_what_is_in_the_batch(options):
    documents = [whole(a, "zh", str(n)) for n, (a, _) in enumerate(PAIRS[::9])]
    together = [encode(d) for d in translate(iter(documents), options)]
    alone = [encode(translate_document(d, options)) for d in documents]
    assert together == alone


def test_a_sentence_that_comes_out_empty_stays(tiny, options, monkeypatch):
    monkeypatch.setattr(ArgosModel, "translate", lambda _, s: ["" if "春" in t else "x" for t in s])
    done = translate_document(whole("春天来了。老师走了。", "zh"), options)
    assert done.text == "春天来了。x"
    assert any("kept as written" in warning for warning in done.warnings)
    assert [(c.kind, c.source, c.outcome) for c in done.checks] == [
        ("sentence", "春天来了。", "kept")
    ]
    assert [(p.lang, p.origin) for p in done.passages] == [("zh", None), ("en", "zh")]
    done = translate_document(whole("春天来了。", "zh"), options)
    assert (done.text, done.passages[0].lang, done.revisions) == ("春天来了。", "zh", ())


def test_a_remembered_sentence_is_not_translated_again(tiny, tmp_path, cache_dir, monkeypatch):
    memory = tmp_path / "sub" / "memory.sqlite"
    options = TranslateOptions(
        models_dir=(str(tiny.parent),), cache_dir=cache_dir, memory=str(memory)
    )
    first = translate_document(whole("春天来了。", "zh"), options)
    monkeypatch.setattr(ArgosModel, "translate", lambda *_: pytest.fail("translated again"))
    assert translate_document(whole("春天来了。", "zh"), options) == first


@pytest.mark.parametrize("harm", ["no database", "a folder"])
def test_a_memory_that_can_not_be_used_is_done_without(tiny, tmp_path, cache_dir, harm):
    memory = tmp_path / "memory.sqlite"
    memory.mkdir() if harm == "a folder" else memory.write_bytes(b"no database at all" * 100)
    options = TranslateOptions(
        models_dir=(str(tiny.parent),), cache_dir=cache_dir, memory=str(memory)
    )
    assert translate_document(whole("春天来了。", "zh"), options).text == "Spring has come."


def test_what_the_real_engine_gets_wrong_stays_as_it_was_from_install_to_undo(
    textkit, tiny_archive, article
):
    installed = textkit("models", "install", tiny_archive)
    assert installed.returncode == 0, installed.stderr
    assert installed.stdout.startswith(b"zh>en\targos\t0.1\t")
    done = textkit("translate", "-", input=encode(article).decode())
    assert done.returncode == 0, done.stderr
    (document,) = records(done)
    # The model knows a few dozen sentences and nothing of this news: the gate holds it back.
    assert [(c.kind, c.outcome) for c in document.checks] == [("sentence", "kept")] * 2
    assert document.text == article.text
    assert [p.lang for p in document.passages if p.lang != "en"] == ["zh-Hans"] * 2
    back = textkit("undo", "-", input=done.stdout.decode())
    assert back.stdout.decode() == article.text
    assert textkit("models", "remove", "zh", "en").returncode == 0
    assert textkit("models", "list").stdout == b""


def test_device_that_is_not_there_is_said_and_no_package_blamed(textkit, tiny):
    record = encode(whole("春天来了。", "zh")).decode()
    done = textkit(
        "translate", "--models-dir", tiny.parent, "--device", "cuda", "-", input=record,
        CUDA_VISIBLE_DEVICES="",
    )  # fmt: skip
    assert done.returncode == 2
    assert b"cuda" in done.stderr
    assert b"Traceback" not in done.stderr
