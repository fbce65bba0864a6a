"""Which encoding bytes are in: one judge for texts, pages and every other kind of file.

In this order: a byte-order mark, a shape that only one encoding has, UTF-8 where it fits, what
the bytes declare, UTF-8 with a few broken letters, and what the letters speak for. For the last,
chardet (0BSD) scores each encoding by the pairs of bytes of its languages; what it can't see is
that words of two scripts, or with capitals inside, are no words.

Tried and left out, on 6,147 pieces (two words to a paragraph) of 32 languages in 43 encodings of
one to four bytes a letter, of which this reads 98.4 %: chardet's first answer alone 97.1 %, a bonus
for common encodings 89 to 95 %, langdetect's profiles over close candidates as well 87 to 94 %,
charset-normalizer alone 69 %.
"""

from __future__ import annotations

import codecs
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from textkit.read.encodings.labels import LOOK
from textkit.read.encodings.shapes import decodes, mark, shape
from textkit.read.encodings.tables import REPLACEMENT, decode
from textkit.text.scripts import script_of

# Encodings that may be read undeclared, the more common ones first: of two that give the same
# text the first is named. What is rarer than these takes texts from them and hardly gets any.
CANDIDATES = (
    "cp1252", "cp1251", "cp1250", "gb18030", "big5hkscs", "cp932", "euc_jp", "cp949", "cp1256",
    "cp1254", "cp1253", "cp1255", "cp874", "cp1257", "cp1258", "koi8-r", "koi8-u", "iso8859-2",
    "iso8859-5", "iso8859-6", "iso8859-7", "iso8859-8", "iso8859-15", "cp866", "cp850", "cp852",
    "cp855", "cp857", "cp737", "cp862", "cp869", "mac-roman", "mac-cyrillic", "mac-latin2",
    "mac-greek", "mac-turkish", "johab",
)  # fmt: skip
_CODEC = {  # chardet's names: ours that reads the same and more
    "iso8859-1": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874", "iso8859-11": "cp874",
    "shift_jis_2004": "cp932", "shift_jis": "cp932", "euc_jis_2004": "euc_jp",
    "gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "euc_kr": "cp949",
}  # fmt: skip
DEFAULTS = frozenset(("cp1252", "utf-8"))  # labels that servers write unasked
BROKEN = 10  # letters outside ASCII to one broken letter, in UTF-8 that was damaged
SAMPLE = 2000  # bytes of lines with letters outside ASCII that candidates are compared on
CONFIDENCE = 6.0  # weight of the logarithm of chardet's confidence
ODD_WORD = 2.0  # against a candidate for each word that is none
# By how much another encoding must read better than the declared one. Of 5,749 pieces declared
# rightly 99.5 % lose nothing (1.0) and two words at most 5.9; declared as another script's all
# win more than 4.5, Central European declared as Western 3.1 in 95 of 100. Few letters say less.
MARGIN, DEFAULT_MARGIN, FEW = 6.0, 1.5, 6.0
FOREIGN = 3  # words to one outside ASCII: in such a text a letter of another script is no word
CLOSE = 0.5  # a second candidate nearer than this is named to the person

UNSURE = -8.0  # a best score below this is looked at a second time
CAPITALS = ("cp1253", "iso8859-7", "cp1251", "koi8-r", "iso8859-5", "cp866")
EAST = ("gb18030", "big5hkscs", "cp932", "euc_jp", "cp949")
# Of 1,500 pieces of text with five and more letters outside ASCII the worst scores -17, of 180 of
# random bytes the best -19, and 95 in 100 less than this.
MIN_SCORE, MIN_HIGH = -24.0, 5
MAX_LOOK = 20_000  # bytes that chardet looks at: ten times as many read no file better

_SIGN = re.compile(  # of windows-1252, where no letter of another encoding stands: £5, 20 m³, ¿Qué
    r"[€‘’•–—™]|[…“”«»](?![a-z])|(?<![a-z])[“«]|\xa0(?! )"
    r"|(?<![A-Za-z])[¢£¤¥§©®¶·×±](?![A-Za-z])|(?<=\d)[°ªº¼½¾²³]|(?<=\bm)[²³]"
    r"|(?<=\b[kcmd]m)[²³]|(?<!\w)[¼½¾](?!\w)|(?<!\w)[¡¿](?=[A-Z])|(?<!\w)µ(?=[a-z])"
)
_ABOVE = bytes(range(0x80, 0x100))
MAX_SIGNS = 100  # in a text with signs alone outside ASCII
_LABEL = re.compile(rb"charset|encoding", re.IGNORECASE)
_HIGH = re.compile(rb"[\x80-\xff]")
_LETTER = re.compile(r"[^\x00-\x7f]")
_WORD = re.compile(r"[^\W\d_]+")
# Signs that stand in no word, between letters that other encodings have at their bytes.
_SIGN_INSIDE = re.compile(r"(?<=[^\W\d_])[\x80-\x9f¡-¬®-¶¸-¿×÷ˆ-˝†‡‰‹›€™\u2200-\u25ff](?=[^\W\d_])")
_SHAPES = ("<initial>", "<medial>", "<final>", "<isolated>")  # of Arabic, in compatibility forms


class Verdict(NamedTuple):
    """An encoding, and what speaks for it."""

    codec: str
    by: str  # asked, mark, shape, utf-8, declared, letters; nothing where they are no language's
    second: str | None = None  # another encoding that reads nearly as well


class Candidate(NamedTuple):
    """An encoding that the letters may be in."""

    score: float
    codec: str
    sample: str  # what it makes of the part that candidates are compared on


def judge(data: bytes, declared: str | None = None) -> Verdict:
    """Return the encoding of bytes; `declared` is the codec that they name themselves.

    >>> judge("Größe und Länge".encode("cp1252")).codec, judge("né".encode()).by
    ('cp1252', 'utf-8')
    """
    if name := mark(data):
        return Verdict(name, "mark")
    escaped = declared and declared.startswith("iso2022") and b"\x1b" in data and data.isascii()
    if escaped and declared and decodes(data, declared):
        return Verdict(declared, "declared")
    if name := shape(data):
        return Verdict(name, "shape")
    if _whole(data) or is_broken_utf8(data):
        return Verdict("utf-8", "utf-8")
    return _by_letters(data, None if declared in (None, "utf-8") else declared)


def _whole(data: bytes) -> bool:
    try:
        data.decode("utf-8", "surrogatepass" if b"\xed" in data else "strict")
    except UnicodeDecodeError:
        return False
    return True


def is_broken_utf8(data: bytes) -> bool:
    """Are the bytes UTF-8 but for a few? Then another encoding would only make it worse."""
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(data)  # a cut end is no error
    letters = len(_LETTER.findall(text))
    return text.count(REPLACEMENT) * BROKEN < letters


def _by_letters(data: bytes, declared: str | None) -> Verdict:
    """The declared encoding, unless another one reads far better."""
    ranked = candidates(data, declared)
    if not declared and (not ranked or ranked[0].score < UNSURE):
        ranked = sorted([*ranked, *_second_look(_sample(data))], key=lambda c: -c.score)
    if not ranked or _has_signs_only(data):
        return Verdict(declared or "cp1252", "declared" if declared else "letters")
    best = ranked[0]
    high = _high(data[: 10 * SAMPLE])
    if declared:
        own = next((c for c in ranked if c.codec == declared), None)
        margin = (DEFAULT_MARGIN if declared in DEFAULTS else MARGIN) + FEW / max(1, high)
        if own and best.score - own.score <= margin:
            return Verdict(declared, "declared")
    if best.score < MIN_SCORE and high >= MIN_HIGH:
        return Verdict(best.codec, "nothing")
    near = [c.codec for c in ranked[1:] if best.score - c.score < CLOSE]
    return Verdict(best.codec, "letters", near[0] if near else None)


def _second_look(sample: bytes) -> Iterator[Candidate]:
    """Yield what chardet does not see: capitals alone, and East Asian text with a broken letter."""
    for codec in (*CAPITALS, *EAST):
        text, replaced = decode(sample, codec, final=False)
        if codec in EAST and 0 < replaced * BROKEN <= len(_LETTER.findall(text)):
            plain = text.replace(REPLACEMENT, "")
        elif codec in CAPITALS and not replaced and text.isupper():
            plain = text.lower()
        else:
            continue
        best = next(iter(candidates(plain.encode(codec, "ignore"))), None)
        if best and best.codec == codec:
            yield best._replace(sample=text)


def _high(data: bytes) -> int:
    """How many bytes are not ASCII."""
    return len(data) - len(data.translate(None, _ABOVE))


def _has_signs_only(data: bytes) -> bool:
    """Is all that is not ASCII a sign of cp1252 where such signs stand? Letters have company."""
    high = _high(data)
    return 0 < high <= MAX_SIGNS and high == len(_SIGN.findall(decode(data, "cp1252").text))


def candidates(data: bytes, declared: str | None = None) -> list[Candidate]:
    """Return the encodings that may be meant, the best first, one for each text that they make."""
    import chardet

    order = {name: place for place, name in enumerate(CANDIDATES)}
    if declared:
        order[declared] = -1
    sample = _sample(data)
    found: dict[str, Candidate] = {}
    hidden = _LABEL.sub(b"", data[:LOOK]) + data[LOOK:]  # or chardet believes the label
    answers = chardet.detect_all(hidden, True, max_bytes=MAX_LOOK, compat_names=False)
    for codec, limit in _answers(answers):
        best = max((c.score for c in found.values()), default=-math.inf)
        if codec not in order or (limit < best - CLOSE and codec != declared):
            continue  # it can't be the best, nor near it
        text, replaced = decode(sample, codec, final=False)
        new = Candidate(limit - ODD_WORD * (odd_words(text) + replaced), codec, text)
        old = found.setdefault(text, new)
        first = min(old, new, key=lambda c: order[c.codec])
        found[text] = first._replace(score=max(old.score, new.score))
    return sorted(found.values(), key=lambda c: (-c.score, order[c.codec]))


def _answers(answers: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, float]]:
    """Yield our codecs for chardet's answers, and the score that each has at most."""
    for answer in answers:
        name = str(answer["encoding"])
        yield _CODEC.get(name, name), CONFIDENCE * math.log(answer["confidence"] + 1e-4)


def _sample(data: bytes) -> bytes:
    """The lines that hold letters outside ASCII, as far as candidates are compared."""
    if len(data) <= SAMPLE:
        return data
    pieces, size = [], 0
    for line in data.splitlines(keepends=True):
        if _HIGH.search(line):
            pieces.append(line[:SAMPLE])
            size += len(pieces[-1])
        if size >= SAMPLE:
            break
    return b"".join(pieces)


def odd_words(text: str) -> int:
    """Count words of two scripts, with a sign or a capital inside, or in compatibility forms.

    >>> odd_words("Выборы élève"), odd_words("selettivitа بfrica cafÉs m£sica")
    (0, 4)
    """
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    odd = sum(_is_odd(word) for word in words)
    if words and all(len(word) == 1 for word in words) and len(words) * FOREIGN < len(text.split()):
        odd += sum(script_of(word) != "Latn" for word in words)
    return odd + len(_SIGN_INSIDE.findall(text)) + _has_no_capital(text)


def _has_no_capital(text: str) -> bool:
    """Does a text begin with a small letter outside ASCII and have no capital at all?

    Greek capitals are small Cyrillic letters in KOI8.
    """
    first = next((char for char in text if char.isalpha()), "a")
    return first > "\x7f" and first.islower() and not any(char.isupper() for char in text)


def _is_odd(word: str) -> bool:
    if any(unicodedata.decomposition(char).startswith(_SHAPES) for char in word):
        return True
    if len({script_of(char) for char in word} - {"Zyyy", "Zinh"}) > 1 and not _is_east(word):
        return True
    return any(a.islower() and b.isupper() for a, b in pairwise(word))


def _is_east(word: str) -> bool:
    """Do East Asian letters stand in the word? They follow any other without a blank."""
    return any(char >= "\u2e80" for char in word)
