"""The forms that a text is tried in: models read capitals as names and stumble over lone words.

Every form is translated, and the answer that is a translation most of all is taken: the one that
copies the fewest words, for a lone word the one that says no more than a word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from textkit.text.scripts import script_of
from textkit.translate.engine import Engine

_W = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
_WORD = re.compile(_W)
_RUN = re.compile(rf"(?<![\w-]){_W}(?:,? {_W})*")
_AFTER_DATELINE = re.compile(r"(?:\s*\([^()]*\))?\s*(?:[–—-]\s|,\s*\d|\()")
_OPENING = '"“”„«»‘('
_STOP = re.compile(r"\W*[.!?…]\W*$")
_CASED = frozenset({"Latn", "Cyrl", "Grek", "Armn"})  # scripts that have capitals


def translate_forms(sentences: Sequence[str], engine: Engine) -> list[str]:
    """Return the translation of each sentence, in the form that came out best."""
    forms = {text: _forms(text) for text in sentences}
    tried = dict.fromkeys(form for all_forms in forms.values() for form in all_forms)
    answers = dict(zip(tried, engine.translate(list(tried)), strict=True))
    return [_best(text, [answers[form] for form in forms[text]]) for text in sentences]


def _forms(text: str) -> list[str]:
    """The text in all forms worth trying, the one that is right most often first."""
    if _is_lone_word(text):
        stopped = [] if _STOP.search(text) else [f"{text}."]
        return list(dict.fromkeys((in_sentence_case(text), text, text.lower(), *stopped)))
    return list(dict.fromkeys((in_sentence_case(text), text)))


def in_sentence_case(text: str) -> str:
    """Return a text whose capitals are those of a sentence; a lone abbreviation stays.

    >>> in_sentence_case("JUROS SOBEM"), in_sentence_case('Dizia "SEM PAZ" ali, na ONU')
    ('Juros sobem', 'Dizia "Sem paz" ali, na ONU')
    >>> in_sentence_case("SÃO PAULO, 5 de maio - O rio subiu.")
    'São Paulo, 5 de maio - O rio subiu.'
    """
    if is_capitals(text):
        return text.capitalize()
    if not any(word.isupper() and len(word) > 1 for word in _WORD.findall(text)):
        return text
    return _RUN.sub(lambda match: _recased(match, text), text)


def is_capitals(text: str) -> bool:
    """Whether all letters of a text are capitals; a sign such as US$ makes no headline."""
    in_capitals = all(char.isupper() for char in text if char.isalpha())
    return in_capitals and any(len(word) > 2 for word in _WORD.findall(text))


def _recased(match: re.Match[str], text: str) -> str:
    """A run of words with the capitals among them, two or more in a row, in lower case."""
    pieces = re.split(r"(,? )", match[0])
    words = pieces[::2]
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and words[end].isupper():
            end += 1
        start = match.start() + sum(map(len, pieces[: 2 * at]))
        stop = match.start() + sum(map(len, pieces[: 2 * end - 1])) if end > at else start
        if end > at and _is_dateline(text, start, stop):
            words[at:end] = [word.title() for word in words[at:end]]
        elif sum(len(word) > 1 for word in words[at:end]) > 1:
            words[at:end] = [word.lower() for word in words[at:end]]
            if start == 0 or text[start - 1] in _OPENING:
                words[at] = words[at].capitalize()
        at = end + 1
    pieces[::2] = words
    return "".join(pieces)


def _is_dateline(text: str, start: int, stop: int) -> bool:
    """Whether capitals are the place that a report opens with."""
    return start == 0 and stop > 3 and _AFTER_DATELINE.match(text, stop) is not None


def _is_lone_word(text: str) -> bool:
    words = _WORD.findall(text)
    return len(words) == 1 and script_of(words[0][0]) in _CASED


def _best(text: str, answers: list[str]) -> str:
    """The answer that copies the fewest words of the text; the first of equal ones."""
    if len(answers) == 1:
        return answers[0]
    if _is_lone_word(text):
        return min((_once(text, answer) for answer in answers), key=lambda a: _excess(text, a))
    if _AFTER_DATELINE.search(text) and not is_capitals(text):
        return answers[0]  # the name of a place is copied, and should be
    return min(answers, key=lambda answer: _copies(text, answer))


def _copies(text: str, answer: str) -> int:
    """How many words in capitals stand in an answer, whatever their case."""
    there = {word.casefold() for word in _WORD.findall(answer)}
    capitals = {word.casefold() for word in _WORD.findall(text) if word.isupper() and len(word) > 1}
    return len(capitals & there)


def _once(text: str, answer: str) -> str:
    """An answer to a lone word, said once and without a stop that the word has not.

    >>> _once("Notícias", "News News"), _once("que", "that.")
    ('News', 'that')
    """
    words = answer.split()
    if len(words) > 1 and len({word.casefold() for word in words}) == 1:
        answer = words[0]
    return answer if _STOP.search(text) else answer.rstrip(". ")


def _excess(text: str, answer: str) -> tuple[bool, int, int, bool]:
    """How far an answer is from one word in the marks of the original."""
    words = _WORD.findall(answer)
    marks = len(re.findall(r"[^\w\s]", answer)) - len(re.findall(r"[^\w\s]", text))
    return not words, len(words), max(0, marks), bool(_copies(text, answer))
