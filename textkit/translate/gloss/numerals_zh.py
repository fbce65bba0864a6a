"""Chinese numbers and dates: their values, and the English for them."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from textkit.text.calendar import month_name

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}
HAN_NUMERALS = "".join([*_DIGITS, *_SMALL, *_LARGE])
# Characters of a number that is read as one; what is longer is a code, and stays as it is. It also
# bounds how far a pattern looks ahead: a text of nothing but 亿 would take square time otherwise.
MAX_NUMERAL = 40

_ARABIC = r"[\d０-９]+(?:[,，][\d０-９]{3})*(?:[.．][\d０-９]+)?"
# What scales a number; 千米, 千瓦 and 兆赫 are units.
_SCALE = "(?:[十万萬亿億]|百(?!帕)|千(?![米克瓦卡赫帕升伏字])|兆(?![瓦赫字帕伏]))"
_SCALED = rf"{_ARABIC} ?{_SCALE}+"
ARABIC_AMOUNT = rf"(?:{_SCALED}(?:{_SCALED})*(?:\d{{1,4}}(?![\d.,年月日号]))?|{_ARABIC})"
_DIGIT = f"[{''.join(_DIGITS)}]"
# 三点五 is a number and 三点一刻 a time; 三点一起 are two words.
_POINT = rf"[点點]{_DIGIT}+(?![十分刻]|(?<=[点點]一)[起个樣样直定些般下次致切是])"
_HAN = rf"[{HAN_NUMERALS}]{{1,{MAX_NUMERAL}}}"
NUMBER = rf"(?:{ARABIC_AMOUNT}|{_HAN}{_POINT}[万萬亿億兆]*|{_HAN})"
_OVER = rf"(?:(?<=[十百千万萬亿億\d])[多余餘](?:{_SCALE}+)?|(?<=十)[几幾](?:{_SCALE}+)?)?"
_DAY = r"(?:[\d０-９]{1,2}|[一二三四五六七八九十]{1,3})"
DATE = re.compile(
    rf"(?:(?P<relative>去年|今年|明年|前年)|(?P<year>[\d０-９]{{4}}|[〇零一二三四五六七八九]{{4}})年)?"
    rf"(?P<month>{_DAY})月份?(?:(?P<day>{_DAY})[日号號]|(?P<part>底|初|中旬|上旬|下旬))?"
)
MONTHS_LISTED = re.compile(
    rf"(?P<first>{_DAY})月?(?P<joint>[、至到\-–—~～])(?P<second>{_DAY})月(?!\d)"
    rf"(?:份|(?!{_DAY}[日号號]))"
)
DAY = re.compile(r"(?P<date>[\d０-９]{1,2})日(?![内游后前元均益本子志报程间元])")
YEARS = re.compile(r"(?P<from>[12][\d]{3})年?(?P<joint>[、至到\-–—~～])(?P<to>[12][\d]{3})年(?!代)")
YEAR = re.compile(r"(?P<year>[12１２][\d０-９]{3}|[〇零一二三四五六七八九]{4})年(?!代)")
DECADE = re.compile(r"(?P<decade>[\d０-９]{2,3}0|[\d０-９]?０)年代")
PERCENT = re.compile(rf"百分之(?P<percent>{NUMBER})|(?P<sign>{_ARABIC})[%％]")
FRACTION = re.compile(rf"(?P<below>{_HAN}|\d+)分之(?P<above>{_HAN}|\d+)")
_NO_TENTHS = (
    "[立员員为為功长長果本绩績就熟年人名语語交分都龙龍心群效因份品型形婚亲親批排套组組千百]"
)
TENTHS = re.compile(
    rf"(?P<tenths>[一二两三四五六七八九])成(?:(?P<rest>[一二三四五六七八九])|(?!{_NO_TENTHS}))"
)
DISCOUNT = re.compile(
    r"打?(?P<price>[一二三四五六七八九]{1,2}|\d(?:\.\d)?)折(?![扣叠疊磨腾騰断斷射返])"
)
PLAN = re.compile(
    r"(?P<plan>十[一二三四五])五(?=[”」』]?(?:规划|規劃|时期|時期|期间|期間|计划|开局|收官|以来|末))"
)
VAGUE = re.compile(r"[数數几幾](?P<vague>[十百千万萬亿億]+)(?![米克瓦])")
ORDINAL = re.compile(rf"第(?P<ordinal>{NUMBER})")
AMOUNT = re.compile(rf"(?P<amount>{ARABIC_AMOUNT}{_OVER})")
HAN_AMOUNT = re.compile(
    rf"(?P<amount>(?:[零一二两三四五六七八九]{{1,2}}[十百千万亿][{HAN_NUMERALS}]*"
    rf"|十(?:[一二三四五六七八九万亿]|(?=[余多几]))[{HAN_NUMERALS}]*)(?:{_POINT}[万亿]*)?{_OVER}"
    rf"|{_HAN}{_POINT}[万亿]*)"
)
PAIR = re.compile(r"(?P<amount>一[二两]|[两二]三|三[四五]|四五|五六|六七|七八|八九)")

MONTHS = tuple(month_name(month) for month in range(1, 13))
RELATIVE = {
    "去年": "last year", "今年": "this year", "明年": "next year", "前年": "the year before last",
}  # fmt: skip
PARTS = {
    "底": "the end of", "初": "the beginning of",
    "上旬": "early", "中旬": "mid", "下旬": "late",
}  # fmt: skip


class Amount(NamedTuple):
    """What a written amount says: 二三十 is 20 to 30, 一百多万 over a million."""

    low: Decimal
    high: Decimal
    over: bool = False

    def english(self) -> str:
        """Return it as English writes it."""
        if self.high != self.low:
            return f"{english(self.low)} to {english(self.high)}"
        return f"over {english(self.low)}" if self.over else english(self.low)


def amount(text: str) -> Amount | None:
    """Return what an amount says, with `more than` and ranges; None where it is none.

    >>> [amount(t).english() for t in ("二三十", "一百多万", "十几", "3000多亿", "十七八")]
    ['20 to 30', 'over 1 million', 'over 10', 'over 300 billion', '17 to 18']
    """
    plain = re.sub("[多余餘几幾]", "", text)
    pair = _RANGE.search(plain)
    if pair:
        low, high = (value(plain[: pair.start()] + d + plain[pair.end() :]) for d in pair[0])
    else:
        low = high = value(plain)
    if low is None or high is None:
        return None
    return Amount(low, high, plain != text)


_RANGE = re.compile(
    rf"(?<!{_DIGIT})(?<![点點])(?:一[二两]|[两二]三|三[四五]|四五|五六|六七|七八|八九)(?!{_DIGIT})"
)


def value(text: str) -> Decimal | None:
    """Return what a Chinese or Arabic number says; None where it is none.

    >>> [int(value(t) or 0) for t in ("三百五十", "1.5亿", "二〇二三", "３,０００万", "十二")]
    [350, 150000000, 2023, 30000000, 12]
    >>> [int(value(t) or 0) for t in ("一亿两千万", "3亿5千万", "三万五", "二点五亿", "一万亿")]
    [120000000, 350000000, 35000, 250000000, 1000000000000]
    """
    text = re.sub(r"[\s,，]", "", unicodedata.normalize("NFKC", text))
    if len(text) > MAX_NUMERAL:
        return None
    if re.match(r"\d", text):
        parts = re.findall(r"(\d+(?:\.\d+)?)(\D*)", text)
        scaled = [_scaled(Decimal(digits), scales) for digits, scales in parts]
        return None if None in scaled else sum(filter(None, scaled), Decimal(0))
    if point := re.fullmatch(rf"(.+)[点點]({_DIGIT}+)([万萬亿億兆]*)", text):
        whole = _han_value(point[1])
        part = "".join(str(_DIGITS[c]) for c in point[2])
        return None if whole is None else _scaled(Decimal(f"{whole}.{part}"), point[3])
    if all(c in _DIGITS for c in text) and len(text) > 1:
        return Decimal("".join(str(_DIGITS[c]) for c in text))
    return _han_value(text)


def _scaled(number: Decimal, scales: str) -> Decimal | None:
    for char in scales:
        factor = _SMALL.get(char) or _LARGE.get(char)
        if factor is None:
            return None
        number = _shifted(number, len(str(factor)) - 1)
    return number


def _shifted(number: Decimal, places: int) -> Decimal:
    """Return a number times a power of ten, exactly: decimal's own arithmetic rounds."""
    sign, digits, exponent = number.as_tuple()
    return Decimal((sign, digits, int(exponent) + places))


def _han_value(text: str) -> Decimal | None:
    """The value of a number written with 十, 百, 千, 万, 亿; 三万五 is 35,000."""
    total = part = digit = last = 0
    step = 1  # of a digit that nothing follows
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
            step = step if digit else 1
        elif char in _SMALL:
            part += (digit or 1) * _SMALL[char]
            digit, step = 0, _SMALL[char] // 10
        elif char in _LARGE:
            factor = _LARGE[char]
            if factor > last:
                total = (total + part + digit or 1) * factor
            else:
                total += (part + digit or 1) * factor
            part = digit = 0
            last, step = factor, factor // 10
        else:
            return None
    return Decimal(total + part + digit * step) if text else None


def english(number: Decimal) -> str:
    """Return an amount as English writes it.

    >>> [english(Decimal(n)) for n in ("35000", "150000000", "2.5", "1000000000")]
    ['35,000', '150 million', '2.5', '1 billion']
    """
    above, below = number.as_integer_ratio()
    for places, name in ((12, "trillion"), (9, "billion"), (6, "million")):
        factor = 10**places * below
        if above >= factor and above * 1000 % factor == 0:
            return f"{_plain(_shifted(number, -places))} {name}"
    return _plain(number)


def _plain(number: Decimal) -> str:
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def ordinal(number: int) -> str:
    """Return an ordinal number.

    >>> [ordinal(n) for n in (1, 2, 3, 11, 22)]
    ['1st', '2nd', '3rd', '11th', '22nd']
    """
    if 10 <= number % 100 <= 20:
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def date_english(match: re.Match[str]) -> str | None:
    """Return a match of DATE in English; None where the month does not exist.

    >>> date_english(DATE.match("去年6月")), date_english(DATE.match("二〇二三年十二月3日"))
    ('June last year', 'December 3, 2023')
    """
    month = value(match["month"])
    if month is None or not 1 <= month <= 12:
        return None
    text = MONTHS[int(month) - 1]
    day = value(match["day"]) if match["day"] else None
    if day:
        text = f"{text} {day}"
    if match["part"]:
        text = f"{PARTS[match['part']]} {text}"
    if match["relative"]:
        return f"{text} {RELATIVE[match['relative']]}"
    if match["year"]:
        return f"{text}{',' if day else ''} {value(match['year'])}"
    return text


def listed_months(match: re.Match[str]) -> str | None:
    """Return a match of MONTHS_LISTED in English; None where a month does not exist.

    >>> listed_months(MONTHS_LISTED.match("1-9月")), listed_months(MONTHS_LISTED.match("3、4月份"))
    ('January to September', 'March, April')
    """
    numbers = [value(match[name]) for name in ("first", "second")]
    if not all(number and number <= 12 for number in numbers):
        return None
    first, second = (MONTHS[int(number or 1) - 1] for number in numbers)
    return f"{first}, {second}" if match["joint"] == "、" else f"{first} to {second}"


def share(match: re.Match[str]) -> str | None:
    """Return a match of FRACTION, TENTHS or DISCOUNT in English.

    >>> [share(FRACTION.match(t)) for t in ("四分之三", "三十四分之一", "千分之五")]
    ['3/4', '1/34', '0.5%']
    >>> share(TENTHS.match("七成五")), share(DISCOUNT.match("打八折"))
    ('75%', '20% off')
    """
    groups = match.groupdict()
    if groups.get("tenths"):
        return f"{_DIGITS[match['tenths']]}{_DIGITS[match['rest'] or '零']}%"
    if groups.get("price"):
        price = value(match["price"]) or Decimal(0)
        return f"{_plain(100 - (price * 10 if price < 10 else price))}% off"
    below, above = value(match["below"]), value(match["above"])
    if not below or above is None:
        return None
    if below in (1000, 10000):
        return f"{_plain(_shifted(above, -1 if below == 1000 else -2))}%"
    return f"{above}/{below}"


def vague(match: re.Match[str]) -> str | None:
    """Return a match of VAGUE in English.

    >>> [vague(VAGUE.match(t)) for t in ("几十", "数百", "几千万")]
    ['dozens of', 'hundreds of', 'tens of millions of']
    """
    size = value(match["vague"])
    if not size:
        return None
    if size == 10:
        return "dozens of"
    names = {10**9: "billions", 10**6: "millions", 1000: "thousands", 100: "hundreds"}
    factor, name = next((f, n) for f, n in names.items() if size >= f)
    head = {10: "tens of ", 100: "hundreds of ", 1000: "thousands of "}.get(int(size / factor), "")
    return f"{head}{name} of"


def written_time_or_share(text: str) -> str:
    """Return a time of day or a share as English has it, from any of their forms.

    >>> [written_time_or_share(t) for t in ("18h30", "6 h", "四分之三", "打八折")]
    ['18:30', '6:00', '3/4', '20% off']
    """
    for kind in (FRACTION, TENTHS, DISCOUNT):
        match = kind.fullmatch(text)
        if match:
            return share(match) or text
    hour, *minutes = re.findall(r"\d+", text)
    return f"{hour}:{minutes[0] if minutes else '00'}"
