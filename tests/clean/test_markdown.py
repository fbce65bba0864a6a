"""Markdown: front matter, code, headings and tables are no rule's to touch."""

from __future__ import annotations

from textkit.clean import clean_document
from textkit.read import ReadOptions, read_bytes
from textkit.text.markdown import protected

NOTE = """---
title: The plan
author: Zoe Quay
date: 2025-05-04
---

# Saved pages

The council approved the plan for the old town, and the square&#39;s stones will be new.

Share this article on Facebook

```
Share this article on Facebook
  x = "&amp;"
```

    indented   code

| a | b |
|---|---|
| &amp; | [x](https://example.org/?utm_source=y) |
"""


def read(text, name):
    return read_bytes(text.encode(), "a", name, "text", ReadOptions())


def test_only_prose_is_cleaned():
    cleaned = clean_document(read(NOTE, "a.md"))
    prose = NOTE.replace("Share this article on Facebook\n\n", "", 1)
    assert cleaned.text == prose.replace("square&#39;s", "square's")


def test_front_matter_is_metadata_and_stays():
    document = read(NOTE, "a.md")
    assert (document.title, document.author, document.date) == (
        "The plan", "Zoe Quay", "2025-05-04",
    )  # fmt: skip
    assert document.text == NOTE


def test_the_same_text_without_the_ending_is_prose():
    assert clean_document(read(NOTE, "a.txt")).text.count("Facebook") == 0


def test_line_ends_of_windows_and_hostile_texts():
    text = NOTE.replace("\n", "\r\n")
    assert protected(text)[0] == (0, text.index("---\r\n\r\n") + 4)
    for hostile in ("<!--" * 50_000, "|" * 50_000, "`" * 50_000, "-:" * 50_000, "[" * 50_000):
        protected(hostile)
