"""JSON Lines in: a broken line costs only itself."""

from __future__ import annotations

import io

import pytest
from msgspec.structs import replace

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
        (b'{"id":true,"text":"x"}', "id"),
        (b'{"id":{},"text":"x"}', "id"),
        (b'{"id":"\\ud800","text":"x"}', "lone surrogate"),
        (b'{"id":"a","text":"x","encoding":"utf\\u0000"}', "unknown encoding"),
        (b'{"id":"a","text":"x","encoding":"\\ud800"}', "unknown encoding"),
        (b'{"id":"a","text":NaN}', "text"),
        (b'{"id":"a"}', "text"),
        (b'{"id":"a","text":null}', "text"),
        (b'{"id":"a","text":["x"]}', "text"),
        (b'{"id":"a","text":"x","passages":[{"start":0}]}', "passages"),
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


@pytest.mark.parametrize(
    ("field", "after"),
    [
        ('"id":17', '"id":"17"'),
        ('"id":12345678901234567890', '"id":"12345678901234567890"'),
        ('"id":null', '"id":"stdin-1"'),
        ('"id":NaN', '"id":"stdin-1"'),
        ('"author":["Ann Lee",{"name":"Bo Ray"}]', '"author":"Ann Lee, Bo Ray"'),
        ('"source":{"id":null,"name":"Harbour Post"}', '"source":"Harbour Post"'),
        ('"title":2001', '"title":"2001"'),
        ('"date":1700000000', '"date":1700000000'),
        ('"summary":"The ferry."', '"summary":"The ferry."'),
        ('"summary":"\\ud800"', '"summary": "\\ud800"'),
        ('"dedup":"\\ud800"', '"dedup": "\\ud800"'),
        ('"passages":"\\ud800"', '"passages": "\\ud800"'),
        ('"revisions":17', '"revisions":17'),
        ('"warnings":"w"', '"warnings":"w"'),
        ('"lang":["en"]', '"lang":["en"]'),
        ('"score":NaN', '"score":NaN'),
        ('"score":[-Infinity]', '"score":[-Infinity]'),
        ('"score":1e400', '"score":1e400'),
        ('"score":' + "9" * 5000, '"score":' + "9" * 5000),
    ],
)
def test_a_field_of_another_kind_is_coerced_or_handed_on_as_it_came(field, after):
    """What one command takes and writes, the next one takes and writes alike."""
    own = "" if field.startswith('"id"') else '"id":"a",'
    found, failures = records(f'{{{own}"text":"x",{field}}}\n'.encode())
    assert not failures
    once = encode(found[0])
    assert after.encode() in once
    again, failures = records(once)
    assert not failures
    assert encode(again[0]) == once


def test_what_a_stage_finds_takes_the_place_of_a_field_of_another_kind():
    (found,), _ = records(b'{"id":"a","text":"x","date":17}\n')
    assert b'"date":"2024-03-03"' in encode(replace(found, date="2024-03-03"))
