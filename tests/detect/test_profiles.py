"""The scores are langdetect's own probabilities, multiplied over all n-grams."""

import math

import numpy as np
import pytest

from textkit.detect import chain, profiles
from textkit.detect.languages import CATALOG, by_tag


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("Latn", "the quick brown fox"),
        ("Latn", "le café"),
        ("Latn", "Được, 3 năm!"),
        ("Latn", "a"),
        ("Latn", "1 2"),
        ("Latn", "x𐌰x"),
        ("Cyrl", "съешь ещё этих булок"),
        ("Arab", "یک روز"),
        ("Deva", "यह एक वाक्य है"),
    ],
)
def test_score_is_the_sum_over_langdetects_ngrams(script: str, text: str) -> None:
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    factory = _factory(DetectorFactory, PROFILES_DIRECTORY)
    detector = factory.create()
    detector.append(text.replace("𐌰", " ").lower() + " ")  # the end of the last word counts
    expected = dict.fromkeys(factory.langlist, 0.0)
    for gram in detector._extract_ngrams():
        for lang, p in zip(factory.langlist, factory.word_lang_prob_map[gram], strict=True):
            expected[lang] += math.log((profiles.FLOOR + p) / profiles.FLOOR)
    found = profiles.score([text], script)[0] / profiles.SCALE
    for tag, value in zip(profiles.load(script).tags, found, strict=True):
        if by_tag()[tag].profile.startswith(CATALOG):
            continue
        wanted = expected[by_tag()[tag].profile]
        assert value == pytest.approx(wanted, abs=0.01 * len(text) + 0.05)


_made: list[object] = []


def _factory(kind: type, folder: str):  # type: ignore[no-untyped-def]
    if not _made:
        factory = kind()
        factory.load_profile(folder)
        _made.append(factory)
    return _made[0]


def test_texts_do_not_touch_each_other() -> None:
    one, two = profiles.score(["der Hund"], "Latn"), profiles.score(["le chat"], "Latn")
    both = profiles.score(["der Hund", "", "le chat"], "Latn")
    assert (both == np.concatenate([one, 0 * one, two])).all()


def test_a_long_text_is_summed_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = profiles.score(["der Hund und", "", "le chat et le chien"], "Latn")
    monkeypatch.setattr(profiles, "_CHUNK", 7)
    assert (profiles.score(["der Hund und", "", "le chat et le chien"], "Latn") == whole).all()


def test_capitals_do_not_change_the_score() -> None:
    assert (profiles.score(["THE HOUSE"], "Latn") == profiles.score(["the house"], "Latn")).all()


def test_path_and_marginals_agree_where_it_is_clear() -> None:
    scores = np.array([[9.0, 0.0], [0.0, 9.0], [9.0, 0.0]])
    costs = [0.0, 3.0, 3.0]
    assert chain.best_path(scores, costs) == [0, 1, 0]
    assert list(chain.marginals(scores, costs).argmax(axis=1)) == [0, 1, 0]


def test_the_bound_never_changes_a_path(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(3)
    drawn = []
    for _ in range(400):
        scores = random.normal(0, 4, (random.integers(1, 9), random.integers(1, 5)))
        scores[:, 0] += random.choice([0, 6])
        drawn.append((scores, [0.0, *random.choice([4.0, 5.0, 8.0], len(scores) - 1)]))
    assert 100 < sum(chain._one_for_all(*case) is not None for case in drawn) < 350
    bounded = [chain.best_path(*case) for case in drawn]
    monkeypatch.setattr(chain, "_one_for_all", lambda *_: None)
    assert bounded == [chain.best_path(*case) for case in drawn]
