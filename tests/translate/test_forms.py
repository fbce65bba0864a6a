"""Capitals and lone words: the form of a text that is translated best is taken."""

import pytest

from textkit.translate.forms import in_sentence_case, translate_forms
from textkit.translate.units import units


class Table:
    """An engine that knows some texts and echoes the others."""

    name, version = "argos", ""

    def __init__(self, **known):
        self.known = known

    def translate(self, sentences):
        return [self.known.get(text, text) for text in sentences]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("ÔNIBUS QUEBRA", "Ônibus quebra", "a headline of two words"),
        ("A placa dizia NÃO PISE NA GRAMA ali.", "A placa dizia não pise na grama ali.", "a run"),
        ("Leu “NÃO PISE”.", "Leu “Não pise”.", "a run that opens a quotation is a sentence"),
        ("A ONU e a OMS falaram.", "A ONU e a OMS falaram.", "abbreviations stay"),
        ("RECIFE – A chuva parou.", "Recife – A chuva parou.", "the place of a dateline is a name"),
        (
            "BELO HORIZONTE, 3 de maio.",
            "Belo Horizonte, 3 de maio.",
            "of two words",
        ),
        ("他说ABC。", "他说ABC。", "no capitals, no change"),
        ("Nada muda aqui.", "Nada muda aqui.", "no capitals, no change"),
    ],
)
def test_sentence_case(text, expected, why):
    assert in_sentence_case(text) == expected, why


@pytest.mark.parametrize(
    ("text", "known", "expected", "why"),
    [
        ("ÔNIBUS QUEBRA", {"Ônibus quebra": "Bus breaks"}, "Bus breaks", "fewer copied words"),
        ("EUA", {"EUA": "USA"}, "USA", "the abbreviation is known in capitals alone"),
        ("Leu SEM PAZ ali.", {"Leu sem paz ali.": "Read no peace."}, "Read no peace.", "a run"),
        ("Leu SEM PAZ ali.", {"Leu SEM PAZ ali.": "Read NO PEACE."}, "Read NO PEACE.", "known so"),
        ("Fim", {"Fim": "The End End", "fim": "end"}, "end", "a lone word that says too much"),
        ("Fim", {"Fim": "End End", "fim": "the end", "Fim.": "It's the end"}, "End", "said twice"),
        ("Fim", {"Fim": "The End of it", "fim": "it is it", "Fim.": "End."}, "End", "with a stop"),
    ],
)
def test_the_better_form_is_taken(text, known, expected, why):
    assert translate_forms([text], Table(**known)) == [expected], why


def test_a_headline_comes_out_in_capitals():
    (unit,) = units("GOVERNO ANUNCIA NOVAS MEDIDAS", 0, 29, "pt")
    assert unit.dressed("Government announces measures") == "GOVERNMENT ANNOUNCES MEASURES"
