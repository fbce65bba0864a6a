"""Bytes to text: what comes in goes out again, byte for byte."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from textkit.errors import ConfigError, InputError
from textkit.read import ReadOptions, read_bytes
from textkit.read.decoding import decode_bytes, encode_text
from textkit.undo import undo_document


def test_utf8_is_read_as_it_is():
    assert decode_bytes("naïve 马斯克\r\n\u00a0x\r".encode()) == ("naïve 马斯克\r\n\u00a0x\r", None)


def test_a_byte_order_mark_stays_in_the_text():
    text, encoding = decode_bytes(codecs.BOM_UTF8 + b"x\r\n")
    assert (text, encoding) == ("\ufeffx\r\n", None)


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_known_by_their_mark(name):
    data = "\ufeffAé马😀\r\n".encode(name)
    text, encoding = decode_bytes(data)
    assert (text, encoding) == ("\ufeffAé马😀\r\n", name)
    assert encode_text(text, encoding) == data


@given(st.text(), st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]))
def test_text_round_trips(text, name):
    data = ("\ufeff" + text).encode(name, "ignore")
    try:
        read, encoding = decode_bytes(data)
    except InputError:
        assert name == "utf-8" or "\0" in text
        return
    assert encode_text(read, encoding) == data


@settings(deadline=None)  # the first call loads the models of encodings
@given(st.binary(max_size=300))
def test_whatever_is_read_comes_back_or_is_warned_of(data):
    try:
        document = read_bytes(data, "a", "a.txt", "text", ReadOptions())
    except InputError:
        return
    if not any("undo gives another file" in warning for warning in document.warnings):
        assert encode_text(document.text, document.encoding) == data


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(64)) * 8, b"\0" * 100, bytes(range(256)) * 40,
     b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n" + bytes(range(1, 32)) * 99],
)  # fmt: skip
def test_binary_data_is_no_text(data):
    with pytest.raises(InputError, match="binary data, not text"):
        decode_bytes(data)


def test_an_encoding_that_is_named_is_taken():
    assert decode_bytes("Größe".encode("latin-1"), "latin-1") == ("Größe", "latin-1")


def test_an_encoding_that_does_not_fit_says_where():
    with pytest.raises(InputError, match=r"not ASCII text: byte 0xc3 at offset 3") as caught:
        decode_bytes(b"abc\xc3\xa9", "ascii")
    assert "--encoding" in caught.value.hint


@pytest.mark.parametrize("name", ["no-such-codec", "base64", "\0"])
def test_an_unknown_encoding_is_an_error_of_the_user(name):
    with pytest.raises(ConfigError, match="unknown encoding"):
        decode_bytes(b"x", name)


def test_an_empty_file_is_an_empty_text():
    document = read_bytes(b"", "a", "a.txt", "text", ReadOptions())
    assert (document.text, document.encoding) == ("", None)


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfa\r\nb\rc\n\n", "\ufeffé\r\n".encode("utf-16-le")])
def test_undo_of_what_was_read_is_the_file(data):
    document = read_bytes(data, "a", "a.txt", "text", ReadOptions())
    assert encode_text(undo_document(document).text, document.encoding) == data
