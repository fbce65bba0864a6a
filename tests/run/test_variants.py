"""A copy that tells a fact differently is kept, and the run says so."""

from __future__ import annotations

STAND = (
    "The rowing club of Velmar has sold its old grandstand to Jonas Kreft for {} crowns. The stand"
    " was built of timber before the war and has been empty since a storm took its roof. The buyer"
    " wants to turn the beams into tables, and the money goes to the youth teams. Work starts after"
    " the last home match of the season, and the members voted for the sale by a large majority."
)


def test_a_run_names_the_copy_that_has_another_figure(textkit, tmp_path):
    for name, crowns in (("a", "40,000"), ("b", "48,000")):
        (tmp_path / f"{name}.txt").write_text(STAND.format(crowns), "utf-8")
    done = textkit("run", "a.txt", "b.txt", "-o", "out", "--no-translate", cwd=tmp_path)
    assert done.code == 0, done.err
    assert "0 copies left out, 1 variant of a fact kept" in done.err
    page = (tmp_path / "out" / "corpus.md").read_text("utf-8")
    section = page.partition("## Copies kept")[2].partition("## Articles")[0]
    assert "variant of" in section
    assert "40,000" in section
    assert "48,000" in section


def test_a_run_without_variants_does_not_speak_of_them(textkit, tmp_path):
    (tmp_path / "a.txt").write_text(STAND.format("40,000"), "utf-8")
    done = textkit("run", "a.txt", "-o", "out", "--no-translate", cwd=tmp_path)
    assert "variant" not in done.err
    assert "Copies kept" not in (tmp_path / "out" / "corpus.md").read_text("utf-8")
