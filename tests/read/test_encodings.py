"""Encodings that are not declared, or declared wrongly: texts come back byte for byte."""

from __future__ import annotations

import json
import os
import unicodedata

import pytest

from textkit.errors import InputError, TextkitError
from textkit.read import ReadOptions, read_bytes
from textkit.read.decoding import decode_bytes, encode_text, read_text
from textkit.read.encodings.judge import judge
from textkit.read.encodings.labels import codec_of, declared
from textkit.read.encodings.tables import decode, encode
from textkit.read.html.charset import decode_page
from textkit.undo import undo_document

FOLDER = os.path.join(os.path.dirname(__file__), "../../fixtures/read")
with open(os.path.join(FOLDER, "encodings.jsonl"), encoding="utf-8") as stream:
    CASES = [json.loads(line) for line in stream]
PAIRS = [(case, name) for case in CASES for name in case["encodings"]]
IDS = [f"{case['name']}-{name}" for case, name in PAIRS]


@pytest.mark.parametrize(("case", "name"), PAIRS, ids=IDS)
def test_a_text_without_a_declaration_is_read_and_comes_back(case, name):
    data = case["input"].encode(name)
    document = read_bytes(data, "a", "a.txt", "text", ReadOptions())
    assert document.text == case["input"]
    assert encode_text(undo_document(document).text, document.encoding) == data
    assert "no encoding declared" in document.warnings[0]


def page_of(text, declaration, name):
    head = f"<!DOCTYPE html><html><head>{declaration}<title>x</title></head><body><p>"
    return head.encode("ascii") + text.encode(name) + b"</p></body></html>"


@pytest.mark.parametrize(("case", "name"), PAIRS, ids=IDS)
@pytest.mark.parametrize(
    "declaration",
    ["", '<meta charset="{}">', '<meta charset="utf-8">', '<meta charset="iso-8859-1">',
     '<meta http-equiv="Content-Type" content="text/html; charset={}">',
     '<meta charset="nonsense">'],
    ids=["none", "right", "utf-8", "latin-1", "http-equiv", "unknown"],
)  # fmt: skip
def test_a_page_survives_its_declaration(case, name, declaration):
    markup, _ = decode_page(page_of(case["input"], declaration.format(name), name))
    assert case["input"] in markup


@pytest.mark.parametrize(
    ("text", "name", "wrong"),
    [("去年的价格比今年高得多，我们都知道这一点。", "gbk", "big5"),
     ("去年的價格比今年高得多，我們都知道這一點。", "big5", "gb2312"),
     ("去年の価格は今年よりもはるかに高かったと思います。", "shift_jis", "euc-jp"),
     ("지난해 가격은 올해보다 훨씬 높았다고 한다.", "euc-kr", "gb2312"),
     ("В прошлом году цены были гораздо выше.", "koi8-r", "windows-1251"),
     ("В прошлом году цены были гораздо выше.", "windows-1251", "koi8-r"),
     ("W ubiegłym roku ceny były dużo wyższe.", "windows-1250", "windows-1252")],
)  # fmt: skip
def test_a_page_survives_the_declaration_of_a_sister_encoding(text, name, wrong):
    markup, _ = decode_page(page_of(text, f'<meta charset="{wrong}">', name))
    assert text in markup


def test_utf8_wins_over_what_is_declared():
    data = page_of("去年的价格，naïve", '<meta charset="gbk">', "utf-8")
    assert "去年的价格，naïve" in decode_page(data)[0]


def test_a_byte_order_mark_wins_over_what_is_declared():
    markup = '<html><head><meta charset="gbk"></head><body>é马</body></html>'
    for name in ("utf-8-sig", "utf-16"):
        assert decode_page(markup.encode(name))[0] == markup


def test_an_xml_declaration_counts():
    assert declared(b'<?xml version="1.0" encoding="windows-1251"?><html>') == "cp1251"


@pytest.mark.parametrize(
    "label",
    ["utf-16", "utf-16le", "utf-32", "idna", "punycode", "unicode_escape", "raw_unicode_escape",
     "utf-7", "undefined", "rot13", "cp037", "iso-2022-jp"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["cp1252", "utf-8"])
def test_a_label_that_cannot_stand_in_these_bytes_is_passed_over(label, name):
    text = "Größe, café + Länge: C:\\neu und x-9, sagt der Bürgermeister."
    data = page_of(text, f'<meta charset="{label}">', name)
    assert decode_page(data) == (data.decode(name), name)


def test_a_declared_iso_2022_with_its_escapes_is_read():
    text = "昨年の価格は今年よりもはるかに高かったと思います。"
    data = page_of(text, '<meta charset="iso-2022-jp">' + " " * 4000, "iso2022_jp")
    assert text in decode_page(data)[0]
    assert text in decode_page(page_of(text, "", "iso2022_jp"))[0]


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_a_wide_page_without_a_mark_is_known_by_its_nul_bytes(name):
    text = "В прошлом году цены были гораздо выше, чем теперь. " * 40
    markup = f'<html><head><meta charset="utf-16"><title>x</title></head><p>{text}</p></html>'
    assert decode_page(markup.encode(name)) == (markup, name)


def test_a_page_that_ends_in_a_letter_outside_ascii_is_no_cut_utf8():
    assert decode_page(b"<p>caf\xe9") == ("<p>café", "cp1252")


@pytest.mark.parametrize("name", ["idna", "undefined", "rot13", "utf-16\0"])
def test_an_encoding_asked_for_that_is_none_is_an_error(name):
    with pytest.raises(TextkitError):
        decode_page("<p>Größe, café - x</p>".encode("cp1252"), name)


def test_utf8_with_a_broken_letter_stays_utf8():
    text = "Les élèves étaient très étonnés à l'été, déjà près de l'école."
    data = page_of(text, "", "utf-8").replace("près".encode(), b"pr\xe8s")
    assert "élèves" in decode_page(data)[0]
    broken = text.encode().replace("près".encode(), b"pr\xe8s")
    document = read_bytes(broken, "a", "a.txt", "text", ReadOptions())
    assert document.text == text.replace("près", "pr\ufffds")
    assert document.warnings == (
        "one place could not be read as utf-8: U+FFFD stands there",
        "not all bytes come back from utf-8: undo gives another file",
    )


def test_a_page_that_was_cut_off_in_a_letter_stays_utf8():
    assert "naïv" in decode_page("<p>naïvé".encode()[:-1])[0]


def test_wide_text_without_a_mark_is_known_by_its_nul_bytes():
    for name in ("utf-16-le", "utf-16-be"):
        assert decode_bytes("A plain text of some length.".encode(name))[1] == name


def test_bytes_that_read_like_no_language_are_refused():
    with pytest.raises(InputError, match="not UTF-8 text"):
        decode_bytes(bytes((0x80 + 37 * i * i % 128) for i in range(200)))


def test_of_latin_encodings_the_common_one_wins():
    verdict = judge("It’s the company’s “best” year — so far…".encode("cp1252"))
    assert verdict.codec == "cp1252"


def test_an_encoding_that_loses_bytes_says_so():
    data = b"+AGE- text"  # UTF-7 may write one letter in two ways
    document = read_bytes(data, "a", "a.txt", "text", ReadOptions(encoding="utf-7"))
    assert "undo gives another file" in document.warnings[0]


@pytest.mark.parametrize(
    ("text", "name"),
    [("Il nuovo molo non è pronto, dice la giunta.", "cp1252"),
     ("O cais não cabe a você.", "cp1252"),
     ("أعلن مجلس المدينة عن خطة جديدة للنقل.", "iso8859_6"),
     ("Η ΠΟΛΗ ΕΧΕΙ ΝΕΟ ΣΧΕΔΙΟ", "iso8859_7"),
     ("Город получил новый план.", "mac_cyrillic"),
     ("Die Straße wird für fünf Monate gesperrt.", "mac_roman"),
     ("Die Straße wird für fünf Monate gesperrt.", "cp850"),
     ("Thành phố", "cp1258"),
     ("市議会は新しい計画を認めた。", "iso2022_jp"),
     ("시의회가 새 계획을 승인했다.", "iso2022_kr"),
     ("市议会批准了新的计划，明年开始。", "hz"),
     ("市议会批准了新的计划，明年开始。", "utf-16-le"),
     ("市議会は新しい計画を認めた。", "utf-16-be"),
     ("Город получил план.", "utf-16-be"),
     ("시의회가 승인했다.", "utf-16-le"),
     ("The town has a plan.", "utf-32-be")],
)  # fmt: skip
def test_an_undeclared_text_is_read_in_its_encoding(text, name):
    data = text.encode(name) if name != "cp1258" else b"Th\xe0nh ph\xf4\xec"
    assert unicodedata.normalize("NFC", decode_bytes(data)[0]) == text


@pytest.mark.parametrize(
    ("text", "label"),
    [("Le prix est de 5 € pour l'élève.", "iso-8859-15"), ("قال رئيس البلدية", "iso-8859-6"),
     ("Совет одобрил план.", "x-mac-cyrillic"), ("Il-gvern ħabbar pjan ġdid.", "iso-8859-3"),
     ("Mae'r ŵyn ar y bryn.", "iso-8859-14"), ("Rząd ma plan dla portów.", "iso-8859-13"),
     ("Guvernul a decis și astăzi.", "iso-8859-16"), ("Valdība lēma šodien.", "iso-8859-4")],
)  # fmt: skip
def test_a_right_declaration_is_believed(text, label):
    name = "mac_cyrillic" if label == "x-mac-cyrillic" else label
    assert text in decode_page(page_of(text, f'<meta charset="{label}">', name))[0]


def test_every_label_of_the_standard_has_a_codec():
    from webencodings.labels import LABELS

    missing = [label for label in LABELS if codec_of(label) is None]
    no_text = {"replacement", "x-user-defined", "hz-gb-2312", "iso-2022-cn", "iso-2022-cn-ext"}
    assert set(missing) <= no_text


@pytest.mark.parametrize("name", ["cp1252", "cp1255", "cp874", "koi8-u", "mac-cyrillic"])
def test_every_byte_of_a_table_comes_back(name):
    data = bytes(range(256))
    text, _ = decode(data, name)
    kept = bytes(b for b, char in zip(data, text, strict=True) if char != "\ufffd")
    assert encode(text.replace("\ufffd", ""), name) == kept


def test_one_pair_of_bytes_that_is_none_costs_only_itself():
    data = "市議会は新しい計画を認めた。".encode("cp932")
    reading = read_text(data[:8] + b"\x87\x90" + data[8:])
    assert reading.text.startswith("市議会は")
    assert reading.text.endswith("新しい計画を認めた。")


def test_a_close_second_is_named():
    doubts = read_text("última semana".encode("cp1252")).doubts
    assert any("fits nearly as well (say --encoding NAME)" in doubt for doubt in doubts)
