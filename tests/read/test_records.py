"""JSON Lines in: a broken line costs only itself."""

from __future__ import annotations

import io

import pytest

from textkit.document import Document, decode, encode
from textkit.errors import Failure, RecordError
from textkit.read import ReadOptions, Source, read
from textkit.read.decoding import encode_text


def records(data: bytes) -> tuple[list[Document], list[Failure]]:
    failures: list[Failure] = []
    source = Source("-", "jsonl")
    return list(read([source], ReadOptions(), failures.append, io.BytesIO(data))), failures


def test_each_line_is_a_record():
    found, failures = records(b'{"id":"a","text":"x"}\n{"id":"b","text":"y","title":"T"}\n')
    assert [(d.id, d.text, d.title, d.source) for d in found] == [
        ("a", "x", None, "-"),
        ("b", "y", "T", "-"),
    ]
    assert not failures


def test_a_broken_line_is_reported_with_its_number_and_the_others_go_on():
    found, failures = records(b'{"id":"a","text":"x"}\n{"id":"b","te\n\n{"id":"c","text":"z"}')
    assert [d.id for d in found] == ["a", "c"]
    assert [f.where for f in failures] == ["-:2"]
    assert str(failures[0].error).startswith("not JSON:")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"[1, 2]", "a JSON object is needed"),
        (b'"text"', "a JSON object is needed"),
        (b"null", "a JSON object is needed"),
        (b"plain text", "not JSON"),
        (b'{"id":"a"}', "text"),
        (b'{"id":7,"text":"x"}', "id"),
        (b'{"id":"a","text":null}', "text"),
        (b'{"id":"a","text":["x"]}', "text"),
        (b'{"id":"a","text":"x","title":3}', "title"),
        (b'{"id":"a","text":"x","warnings":"w"}', "warnings"),
        (b'{"id":"a","text":"x","passages":[{"start":0}]}', "passages"),
        (b'{"id":"a","text":"x","revisions":{}}', "revisions"),
        (b'\xff\xfe{"id":"a","text":"x"}', "not JSON"),
        (b"[" * 100_000, "not"),
        (b'{"a":' * 100_000, "not"),
    ],
)
def test_a_line_that_is_no_record_says_why(line, says):
    found, failures = records(line + b"\n" + b'{"id":"ok","text":""}\n')
    assert [d.id for d in found] == ["ok"]
    assert len(failures) == 1
    assert says in str(failures[0].error)


def test_fields_of_others_are_handed_on_in_order():
    line = b'{"id":"a","text":"x","zeta":[1,{"b":2.5}],"alpha":null}\n'
    (document,), _ = records(line)
    assert document.extra == {"zeta": [1, {"b": 2.5}], "alpha": None}
    assert list(decode(encode(document)).extra) == ["zeta", "alpha"]


def test_a_record_without_an_id_is_named_after_its_line():
    found, _ = records(b'{"text":"x"}\n\n{"text":"y"}\n')
    assert [d.id for d in found] == ["stdin-1", "stdin-3"]


def test_a_source_that_the_record_names_stays():
    (document,), _ = records(b'{"id":"a","text":"x","source":"news/a.txt"}\n')
    assert document.source == "news/a.txt"


def test_line_ends_and_lone_surrogates_survive():
    (document,), _ = records(b'{"id":"a","text":"x\\r\\ny \\ud83d"}\r\n')
    assert document.text == "x\r\ny \ud83d"
    assert decode(encode(document)) == document


def test_no_records_are_no_error():
    assert records(b"\n  \n") == ([], [])


def test_a_text_that_a_strange_codec_refuses_is_an_error_of_its_record():
    with pytest.raises(RecordError, match="idna"):
        encode_text("a" * 80, "idna")
