"""Scraped strings are words and nothing else, wherever they stand."""

from __future__ import annotations

import re

import lxml.html
import pytest

from textkit.document import (
    Check,
    Dedup,
    Document,
    Passage,
    Repeat,
    Revision,
    SummarySentence,
)
from textkit.edits import Edit
from textkit.report import ReportOptions, report_markdown, report_page

ATTACKS = (
    "<script>alert(1)</script>",
    "</title></style></script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "<a href=javascript:alert(1)>x</a>",
    "{{ 7 * 7 }}{% include 'shell.html' %}",
    "\u202egpj.exe\u2066\u2069",
    "a\x00b\x1b[31m\x7f\x85",
    "\0s1\0\0" + "0\0",
    "\ud800",
    "-->]]><!--",
    "&lt;b&gt;&#x3c;script&#x3e;",
    'https://x.example/"onclick=alert(1)//',
    "https://x.example/<script>alert(1)</script>",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    " javascript:alert(1)",
    "//evil.example/x",
    "\\\\evil.example\\x",
    "file:///etc/passwd",
    "<svg/onload=alert(1)>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<style>@import '//evil.example'</style>",
    "`-alert(1)-`${alert(1)}",
    '=HYPERLINK("//evil.example")',
)


def everywhere(evil: str) -> tuple[list[Document], Document]:
    """Records with the string in every field that holds one.

    No record that was read has half a surrogate pair in its id or source.
    """
    name = evil.encode("utf-8", "replace").decode()
    shared = "The council approved a second ferry line yesterday."
    text = f"{shared} One {evil} two.\n\n• {evil}\n\nLast {evil}\n"
    old = f"x{evil}\n"
    sentence = SummarySentence(evil, 0, 10, 1.0, 1, 0, 10, id=name, origin=evil, reasons=(evil,))
    first = Document(
        id=name,
        source=name,
        text=text,
        title=evil,
        author=evil,
        date=evil,
        lang=evil,
        passages=(Passage(0, 12, evil, evil, 1.0, evil, evil, origin=evil, engine=evil),),
        revisions=(
            Revision("clean", (Edit(0, old, "", evil), Edit(len(old) + 3, "q", " ", evil))),
            Revision("translate", (Edit(0, evil, "One", evil),), engine=evil),
        ),
        dedup=Dedup(
            "drop", evil, "near", "other", 0.5, 0.5, "story", evil, evil,
            (Repeat(0, len(shared), "other", 0, len(shared), 0.9, evil),),
        ),
        summary=(sentence,),
        warnings=(evil,),
        url=evil,
        site=evil,
        description=evil,
        tags=(evil,),
        image=evil,
        date_text=evil,
        checks=(Check(0, 12, evil, evil, evil, evil), Check(0, 12, evil, "", "", "added", evil)),
    )  # fmt: skip
    other = Document("other", "-", text, dedup=Dedup("keep", "other", story="story"))
    return [first, other], Document("corpus", "-", "", summary=(sentence,), warnings=(evil,))


@pytest.mark.parametrize("evil", ATTACKS)
def test_no_string_becomes_markup(evil: str) -> None:
    documents, corpus = everywhere(evil)
    page = report_page(documents, corpus, ReportOptions(title=evil))
    page.encode()  # nothing that UTF-8 can't carry
    harmless, empty = everywhere("plain words")
    plain = report_page(harmless, empty, ReportOptions(title="plain words"))
    assert elements(page) <= elements(plain) | {("span", "lang"), ("bdi", ""), ("p", "dir")}
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)
    hrefs = lxml.html.fromstring(page).xpath("//@href")
    assert all(href.startswith(("#", "data:,")) for href in hrefs)
    assert "49" not in re.sub("[0-9]{3,}", "", lxml.html.fromstring(page).xpath("string(//h1)"))


def elements(page: str) -> set[tuple[str, str]]:
    """The names of a page's elements, each with those of its attributes."""
    found = set()
    for element in lxml.html.fromstring(page).iter():
        if isinstance(element.tag, str):
            found.add((element.tag, ""))
            found |= {(element.tag, str(name)) for name in element.attrib}
    return found


@pytest.mark.parametrize("evil", ATTACKS)
def test_the_words_are_still_there_to_read(evil: str) -> None:
    documents, corpus = everywhere(evil)
    tree = lxml.html.fromstring(report_page(documents, corpus))
    shown = re.sub(r"⟨U\+[0-9A-F]+⟩", "", tree.xpath("string(//article[@id='a1'])"))
    hidden = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
    assert " ".join(re.sub(hidden, "", f"Last {evil}").split()) in " ".join(shown.split())


@pytest.mark.parametrize("evil", ATTACKS)
def test_markdown_holds_no_markup(evil: str) -> None:
    documents, corpus = everywhere(evil)
    page = report_markdown(documents, corpus, ReportOptions(title=evil))
    assert not re.search(r"(?<!\\)<", page)
    assert not re.search(r"(?<!\\)\]\(", page)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", page)


def test_a_page_stays_small_however_much_one_record_holds():
    text = "It rained. " * 30_000
    summary = tuple(
        SummarySentence("It rained.", at, at + 10, 1.0, 1, at, at + 10)
        for at in range(0, len(text), 11)
    )
    warnings = tuple(f"warning number {n}" for n in range(40_000))
    one = Document("a", "-", text, lang="en", summary=summary, warnings=warnings)
    assert len(report_page([one], one).encode()) < 2_000_000
    page = report_markdown([one], one)
    assert len(page) < 20_000
    assert "and 39,995 more" in page
