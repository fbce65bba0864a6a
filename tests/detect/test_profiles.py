"""The scores are langdetect's own probabilities, multiplied over all n-grams."""

import math

import numpy as np
import pytest

from textkit.detect import chain, profiles


@pytest.mark.parametrize(
    "text", ["the quick brown fox", "съешь ещё этих булок", "le café", "这是中文", "a", "1 2"]
)
def test_score_is_the_sum_over_langdetects_ngrams(text: str) -> None:
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    factory = _factory(DetectorFactory, PROFILES_DIRECTORY)
    detector = factory.create()
    detector.append(text + " ")  # the end of the last word counts
    expected = dict.fromkeys(factory.langlist, 0.0)
    for gram in detector._extract_ngrams():
        for lang, p in zip(factory.langlist, factory.word_lang_prob_map[gram], strict=True):
            expected[lang] += math.log((profiles.FLOOR + p) / profiles.FLOOR)
    found = dict(zip(profiles.load().langs, profiles.score([text])[0], strict=True))
    for lang, value in expected.items():
        assert found[lang] / profiles.SCALE == pytest.approx(value, abs=0.01 * len(text) + 0.05)


_made: list[object] = []


def _factory(kind: type, folder: str):  # type: ignore[no-untyped-def]
    if not _made:
        factory = kind()
        factory.load_profile(folder)
        _made.append(factory)
    return _made[0]


def test_texts_do_not_touch_each_other() -> None:
    one, two = profiles.score(["der Hund"]), profiles.score(["le chat"])
    assert (profiles.score(["der Hund", "le chat"]) == np.concatenate([one, two])).all()


def test_capitals_do_not_change_the_score() -> None:
    assert (profiles.score(["THE HOUSE"]) == profiles.score(["the house"])).all()


def test_path_and_marginals_agree_where_it_is_clear() -> None:
    scores = np.array([[9.0, 0.0], [0.0, 9.0], [9.0, 0.0]])
    costs = [0.0, 3.0, 3.0]
    assert chain.best_path(scores, costs) == [0, 1, 0]
    assert list(chain.marginals(scores, costs).argmax(axis=1)) == [0, 1, 0]
