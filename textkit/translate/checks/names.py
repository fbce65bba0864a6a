"""Names of a Chinese passage that the dictionary knows, and how English may spell them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache

from textkit.text.scripts import pattern
from textkit.text.tables import rows
from textkit.translate.gloss import senses
from textkit.translate.gloss.cedict import Dictionary, Entry
from textkit.translate.gloss.segment import segment
from textkit.translate.gloss.words import everyday, sounds, surnames

_PERSON = re.compile(r"\((?:[^()]*[ ,-])?(?:c\. ?)?\d{3,4}\??[-–]")
_WORD = re.compile(r"[^\W_]+(?:['’.&-][^\W_]+)*")
_TITLE = re.compile(
    r"(?:the )?[^\W\d_a-z]\S*(?: (?:of|the|and|for|de|la|le|du|von|van|der|al|bin|&|[^\Wa-z]\S*))*"
)
_TIME_UNITS = frozenset("年月日号號时時点點分秒")  # after a number, never the start of a name
_GENERIC = frozenset(
    "the ocean sea islands island strait river lake mountain mountains city state province county"
    " prefecture district town capital inc. corporation company king queen emperor saint jr. sr."
    " university republic kingdom region party dynasty".split()
)
ALIKE = 0.62  # of two spellings of one name; chosen on half of the development sentences


def names_in(text: str, dictionary: Dictionary) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """Yield the proper nouns of a Chinese text that can be nothing else, each once."""
    seen: set[str] = set()
    for run in pattern("Hani").finditer(text):
        words = _words(run[0], dictionary)
        for at, word in enumerate(words):
            entries = dictionary.entries(word)
            if word in seen or not _is_certain(word, entries):
                continue
            if at == 0 and word[0] in _TIME_UNITS and text[: run.start()][-1:].isdigit():
                continue  # 4日电, in the dateline of an agency
            before, after = words[max(0, at - 1) : at], words[at + 1 : at + 2]
            if not _is_fragment(word, before, after, dictionary):
                seen.add(word)
                yield word, entries


def _words(run: str, dictionary: Dictionary) -> list[str]:
    def is_name(word: str) -> bool:
        return any(e.is_name for e in dictionary.entries(word))

    found = segment(run, lambda word: bool(dictionary.entries(word)), is_name, everyday())
    return [run[w.start : w.end] for w in found]


def _is_certain(word: str, entries: Sequence[Entry]) -> bool:
    """Is every reading a proper noun whose English is a name from its last word on?"""
    if len(word) < 2 or not entries or not all(entry.is_name for entry in entries):
        return False
    if senses.is_place_within(entries):
        return False
    name = senses.name(entries)
    if name is None or not is_title(name):
        return False
    return len(word) > 2 or word[0] in surnames() or not _is_romanised(name, entries)


def is_title(name: str) -> bool:
    """Whether a name is capitalised throughout, as the description of something is not.

    >>> is_title("The New York Times"), is_title("old term for Sulawesi"), is_title("van Gogh")
    (True, False, False)
    """
    return _TITLE.fullmatch(name) is not None


def _is_romanised(name: str, entries: Sequence[Entry]) -> bool:
    """Is a name of two words only its Chinese reading, as of people and books long ago?"""
    reading = re.sub(r"[1-5]", "", entries[0].pinyin).lower()
    return " " in name and name.lower().replace(" ", "") == reading.replace(" ", "")


def _is_fragment(word: str, before: list[str], after: list[str], dictionary: Dictionary) -> bool:
    """Is this a piece of a longer foreign name, spelt by sound, that is in no dictionary?"""
    if len(word) > 3:
        return False
    joined = before if word[0] in sounds() else []
    if word[-1] in sounds():
        joined = joined + after
    return any(_goes_on(w, dictionary) for w in joined)


def _goes_on(word: str, dictionary: Dictionary) -> bool:
    """Would a foreign name go on through this neighbour?"""
    if word in everyday() or not all(char in sounds() for char in word):
        return False
    return len(word) == 1 or any(e.is_name for e in dictionary.entries(word))


def spellings(word: str, entries: Sequence[Entry], dictionary: Dictionary) -> list[str]:
    """Return what may stand for a name in English: the best spelling first."""
    found = senses.all_names(entries)
    for spelling in list(found):
        found += _variants().get(spelling.removeprefix("The ").lower(), ())
        capitals = "".join(w[0] for w in spelling.split() if w[0].isupper() and w != "The")
        if len(capitals) > 1:
            found.append(capitals)
    for ending in ("人", "语", "文", "族"):
        found += senses.all_names(dictionary.entries(word + ending))
    if any(_PERSON.search(sense) for entry in entries for sense in entry.senses):
        found += [w for w in found[0].split() if len(w) > 1 and w.lower() not in _GENERIC]
    return list(dict.fromkeys(found))


@cache
def _variants() -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for spelling, other in rows("textkit.translate", "name_variants.tsv"):
        table.setdefault(spelling.lower(), []).append(other)
    return table


def folded(text: str) -> str:
    """Return a text without case, accents, possessives and the punctuation inside names.

    >>> folded("O'Neill's Café in the U.S.")
    'oneill cafe in the us'
    """
    decomposed = unicodedata.normalize("NFKD", re.sub(r"['’][sS]\b", "", text).casefold())
    return re.sub(r"[.'’]", "", "".join(c for c in decomposed if not unicodedata.combining(c)))


def is_kept(spelling: str, text: str) -> bool:
    """Does a spelling stand in a text, whatever its case, accents and endings?

    >>> is_kept("Italy", "the Italian state"), is_kept("Musk", "Mask said")
    (True, False)
    """
    have = [folded(part) for w in _WORD.finditer(text) for part in {w[0], *re.split("[-&]", w[0])}]
    wanted = [folded(word) for word in _telling(spelling)]
    if len(spelling) <= 3 and spelling.isupper():
        return spelling in [w[0].replace(".", "") for w in _WORD.finditer(text)]
    return bool(wanted) and all(any(_same(w, h) for h in have) for w in wanted)


def _telling(spelling: str) -> list[str]:
    """The words of a name that make it this name: Texas of `state of Texas`."""
    head = re.split(r" in | group of | as ", spelling)[0]
    head = re.sub(r"^(\S+ \S+(?: \S+)*) of .*", r"\1", head)
    words = re.split(r"[\s-]+", head)
    telling = [w for w in words if w[:1].isupper() and w.lower() not in _GENERIC]
    return telling or words


def _same(wanted: str, have: str) -> bool:
    """The same word but for a short ending: Italy, Italian; Norway, Norwegian."""
    if wanted == have:
        return True
    short, long = sorted((wanted, have), key=len)
    if len(short) < 4 or len(long) - len(short) > 4:
        return False
    return (
        long.startswith(short) or short[: max(4, len(short) - 2)] == long[: max(4, len(short) - 2)]
    )


def alike(spelling: str, text: str, least: float = ALIKE) -> list[tuple[int, int]]:
    """Return the capitalised words of a text that look like another spelling of a name."""
    wanted = [folded(w) for w in _telling(spelling)]
    return [
        match.span()
        for match in _WORD.finditer(text)
        if match[0][0].isupper() and any(_ratio(w, folded(match[0])) >= least for w in wanted)
    ]


def _ratio(first: str, second: str) -> float:
    return SequenceMatcher(None, first, second, autojunk=False).ratio()
