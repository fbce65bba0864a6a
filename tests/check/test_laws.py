"""What holds for any file: no crash, places inside the file, the same answer twice."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from textkit.check import CheckOptions, check
from textkit.check.fix import fixed, write_fix
from textkit.check.report import written
from textkit.check.rules import rules, wanted
from textkit.check.sketch import runs, sketch
from textkit.cli.output import as_bytes

OPTIONS = CheckOptions(ignore=("TK4",), cache=False)
PIECES = st.sampled_from(
    ["0 views\n", "Home > News\n", "\r\n", "\r", "\u00a0", "\ufeff", "\n\n\n", "  ", "\x00", "a",
     "The council met on Tuesday and said so.\n", "市议会周二开会。", "&amp;",
     "?url=http%3A%2F%2Fa.b%2Fc.jpg&type=jpg"]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=9), max_size=30).map("".join)
BYTES = st.binary(max_size=200) | TEXTS.map(lambda text: text.encode("utf-8", "surrogatepass"))


@settings(deadline=None, max_examples=60)
@given(BYTES)
def test_any_bytes(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("any") / "a.txt"
    path.write_bytes(data)
    found = list(check([str(path)], OPTIONS))
    assert found == list(check([str(path)], OPTIONS))
    lines = data.count(b"\n") + data.count(b"\n\x00") + 1
    for finding in found:
        assert finding.code in rules()
        assert 1 <= finding.line <= lines
        assert 1 <= finding.col <= len(data) + 1
        for format in ("text", "jsonl", "github"):
            (output,) = written([finding], format)
            assert as_bytes(output, False, True).count(b"\n") == 1


@settings(deadline=None, max_examples=50)
@given(TEXTS)
def test_nothing_that_can_be_fixed_is_left_by_fixing(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("fix") / "a.txt"
    path.write_text(text, "utf-8", "replace", newline="")
    if fix := fixed(str(path), path.read_bytes(), wanted()):
        write_fix(str(path), fix)
    left = [f.code for f in check([str(path)], OPTIONS) if f.fixable]
    assert left == []
    assert fixed(str(path), path.read_bytes(), wanted()) is None


@given(TEXTS)
def test_a_sketch_is_a_sample_of_the_runs(text):
    found = sketch(text)
    every = runs(text)
    assert set(found.hashes) == {value for value in every if value < found.bound}
    assert found.hashes or not every
