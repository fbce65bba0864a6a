"""Kinds of files: each is read as what its first bytes say, and hostile ones are refused."""

from __future__ import annotations

import gzip
import io
import json
import zipfile

import pytest

from textkit.read import ReadOptions, plan, read
from textkit.read.kinds import format_of
from textkit.run.tasks import tasks

PROSE = "The council approved the plan for the old town on Monday evening."
PAGE = (
    f"<!doctype html><title>The plan</title><body><article><h1>The plan</h1><p>{PROSE}</p>"
    "<p>Two members voted against it, since the money for the market hall is not there yet.</p>"
    "<p>Work on the square is to begin in spring, the mayor said after the vote.</p></article>"
)
RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>The Post</title>
<item><title>A &amp; B</title><link>https://example.org/1</link><author>Zoe Quay</author>
<pubDate>Sun, 04 May 2025 10:00:00 GMT</pubDate>
<description>&lt;p&gt;{PROSE}&lt;/p&gt;</description>
</item><item><title>Two</title><description>Short.</description></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>One</title>
<link href="https://example.org/2"/><updated>2025-05-04T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{PROSE}</p></div></content>
</entry></feed>"""
MAIL = f"""From: Zoe Quay <zoe@example.org>\r\nSubject: =?utf-8?q?The_pl=C3=A4n?=\r
Date: Sun, 04 May 2025 10:00:00 +0200\r\nMIME-Version: 1.0\r
Content-Type: text/plain; charset=iso-8859-1\r\n\r\n{PROSE}\r\n"""
CORE = (
    '<cp xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>The plan</dc:title>'
    "<dc:creator>Zoe Quay</dc:creator><dc:date>2025-05-04</dc:date></cp>"
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def archive(*files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as stream:
        for name, content in files:
            stream.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return data.getvalue()


def docx(text=PROSE):
    body = f'<w:document xmlns:w="{WORD}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:document>'
    return archive(
        ("[Content_Types].xml", "<x/>"), ("word/document.xml", body), ("docProps/core.xml", CORE)
    )


def odt():
    body = f'<x xmlns:t="{ODF}"><t:h>Head</t:h><t:p>{PROSE[:11]}<t:s/>{PROSE[12:]}</t:p></x>'
    kind = "application/vnd.oasis.opendocument.text"
    return archive(("mimetype", kind), ("content.xml", body), ("meta.xml", CORE))


def epub():
    container = '<container><rootfile full-path="o/b.opf"/></container>'
    book = (
        f'<package><metadata>{CORE}</metadata><manifest><item id="a" href="a.xhtml"/>'
        '<item id="b" href="b.xhtml"/></manifest>'
        '<spine><itemref idref="b"/><itemref idref="a"/></spine></package>'
    )
    return archive(
        ("mimetype", "application/epub+zip"), ("META-INF/container.xml", container),
        ("o/b.opf", book), ("o/a.xhtml", "<html><body><p>Last.</p></body></html>"),
        ("o/b.xhtml", f"<html><body><p>{PROSE}</p></body></html>"),
    )  # fmt: skip


def records(path, **options):
    failures = []
    found = plan([str(path)], options.get("format", "auto"))
    documents = list(read(found.sources, ReadOptions(**options), failures.append))
    return documents, [f"{failure.error} ({failure.error.hint})" for failure in failures]


FILES = {
    "page.html": (PAGE.encode(), 1), "page": (PAGE.encode(), 1),
    "p.html?page=2": (PAGE.encode(), 1),
    "a.rss": (RSS.encode(), 2), "feed": (ATOM.encode(), 1), "a.eml": (MAIL.encode("latin-1"), 1),
    "a.docx": (docx(), 1), "a.odt": (odt(), 1), "a.epub": (epub(), 1),
    "a.json": (json.dumps([{"content": PROSE}, {"content": PROSE, "title": "x"}]).encode(), 2),
    "a.csv": (f'title;text\nx;"{PROSE}"\ny;{PROSE}\n'.encode(), 2),
    "a.tsv": (f"title\tbody\nx\t{PROSE}\n".encode(), 1),
    "a.txt.gz": (gzip.compress(PROSE.encode(), mtime=0), 1),
    "a.jsonl.gz": (gzip.compress(json.dumps({"text": PROSE}).encode(), mtime=0), 1),
    "a.md": (PROSE.encode(), 1),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_each_kind_is_read(tmp_path, name):
    data, count = FILES[name]
    (tmp_path / name).write_bytes(data)
    documents, failures = records(tmp_path / name)
    assert failures == []
    assert len(documents) == count
    assert PROSE in documents[0].text
    assert len({document.id for document in documents}) == count


def test_a_folder_with_one_of_each_kind_is_read(tmp_path):
    for name, (data, _) in FILES.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    (tmp_path / "report.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3\n" + bytes(99))
    documents, failures = records(tmp_path)
    assert failures == []
    assert len(documents) == sum(count for _, count in FILES.values())
    skipped = plan([str(tmp_path)]).skipped
    assert skipped == {".png (PNG image)": 1, ".pdf (PDF file)": 1}


def test_a_run_reads_the_same_texts(tmp_path):
    for name, (data, _) in FILES.items():
        (tmp_path / name).write_bytes(data)
    failures = []
    made = list(tasks(plan([str(tmp_path)]).sources, 1 << 20, failures.append))
    assert failures == []
    assert len(made) == sum(count for _, count in FILES.values())


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.epub"])
def test_what_an_archive_says_of_itself(tmp_path, name):
    (tmp_path / name).write_bytes(FILES[name][0])
    ((document,), _) = records(tmp_path / name)
    assert (document.title, document.author, document.date) == (
        "The plan", "Zoe Quay", "2025-05-04",
    )  # fmt: skip


def test_what_a_feed_and_a_letter_say_of_themselves(tmp_path):
    (tmp_path / "a.rss").write_text(RSS)
    (first, _), _ = records(tmp_path / "a.rss")
    assert (first.title, first.author, first.url, first.site) == (
        "A & B", "Zoe Quay", "https://example.org/1", "The Post",
    )  # fmt: skip
    assert first.date == "2025-05-04T10:00:00+00:00"
    (tmp_path / "a.eml").write_bytes(MAIL.encode("latin-1"))
    (letter,), _ = records(tmp_path / "a.eml")
    assert (letter.title, letter.author) == ("The plän", "Zoe Quay")
    assert letter.date == "2025-05-04T10:00:00+02:00"


def test_the_field_with_the_text_may_be_named(tmp_path):
    (tmp_path / "a.csv").write_text(f"lead,words\nx,{PROSE}\n")
    assert "say --text-field NAME" in records(tmp_path / "a.csv")[1][0]
    (document,), _ = records(tmp_path / "a.csv", text_field="words")
    assert (document.text, document.extra) == (PROSE, {"lead": "x"})


BOMB = gzip.compress(bytes(1 << 20), mtime=0)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.gz", BOMB, "unpacks to more than 1,000 bytes"),
        ("cut.gz", gzip.compress(PROSE.encode())[:40], "a damaged packed file"),
        ("a.docx", archive(("[Content_Types].xml", "<x/>"), ("word/x.xml", "y")), "is missing"),
        ("b.docx", docx("x" * 2000), "unpacks to more than 1,000 bytes"),
        ("c.docx", docx()[:300], "a damaged Word file"),
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3\n" + bytes(range(32)) * 9, "a PDF file, not a text"),
        ("a.json", b"[1, 2]", "a JSON object is needed"),
        ("b.json", b"[" * 100_000, "not JSON"),
        ("a.rss", b"<rss><channel/></rss>", "a feed without items"),
    ],
)
def test_what_is_hostile_or_damaged_is_refused_in_one_line(
    tmp_path, monkeypatch, name, data, message
):
    monkeypatch.setattr("textkit.read.packed.MAX_UNPACKED", 1000)
    monkeypatch.setattr("textkit.read.packed.read_unpacked.__defaults__", (1000,))
    monkeypatch.setattr("textkit.read.office.MAX_MEMBER", 1000)
    (tmp_path / name).write_bytes(data)
    documents, (failure,) = records(tmp_path / name)
    assert documents == []
    assert message in failure
    assert "\n" not in failure


def test_entities_are_not_expanded(tmp_path):
    lol = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    (tmp_path / "a.rss").write_text(
        f"{lol}<rss><channel><item><title>&b;</title><description>{PROSE}</description>"
        "</item></channel></rss>"
    )
    (document,), _ = records(tmp_path / "a.rss", format="feed")
    assert "aaa" not in (document.title or "")


@pytest.mark.parametrize("text", ["MZ is a town.", "ID3 tags are old.", "PK is a sign.", "# a [b]"])
def test_text_that_begins_like_another_kind_is_text(tmp_path, text):
    (tmp_path / "a.txt").write_text(text)
    (document,), failures = records(tmp_path / "a.txt")
    assert (document.text, failures) == (text, [])
    assert format_of(text.encode()) == ""
