"""The page: complete in itself, every link answered, nothing lost, nothing fetched."""

from __future__ import annotations

import re
import subprocess
import sys
from base64 import b64encode
from collections import Counter
from collections.abc import Callable
from hashlib import sha256

import lxml.html
import pytest
from msgspec.structs import replace

from textkit.document import Check, Document, Passage, Revision, encode, source_text
from textkit.edits import Edit
from textkit.report import ReportOptions, report_markdown, report_page, report_pages
from textkit.report.changes import originals

CORPUS = Document("corpus", "-", "")


def test_nothing_is_loaded_from_elsewhere(seeds_page: str) -> None:
    tree = lxml.html.fromstring(seeds_page)
    loaded = [*tree.xpath("//@src"), *tree.xpath("//link/@href"), *tree.xpath("//@srcset")]
    assert loaded == ["data:,"]
    assert all(href.startswith("#") for href in tree.xpath("//a/@href"))
    assert "@import" not in seeds_page
    assert "url(" not in tree.xpath("string(//style)")


def test_policy_allows_the_inline_pieces_and_no_others(seeds_page: str) -> None:
    tree = lxml.html.fromstring(seeds_page)
    policy = tree.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)")
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    for name in ("style", "script"):
        (inline,) = re.findall(f"<{name}>(.*?)</{name}>", seeds_page, re.DOTALL)
        digest = b64encode(sha256(inline.encode()).digest()).decode()
        assert f"{name}-src 'sha256-{digest}'" in policy
    assert not tree.xpath("//@style")


def test_ids_are_unique_and_links_lead_somewhere(seeds_page: str) -> None:
    tree = lxml.html.fromstring(seeds_page)
    ids = Counter(tree.xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []
    assert {href[1:] for href in tree.xpath("//a/@href")} <= set(ids)
    labels = {name for value in tree.xpath("//@aria-labelledby") for name in value.split()}
    assert labels <= set(ids)


def test_a_summary_sentence_leads_to_its_words(seeds_page: str, seeds_corpus: Document) -> None:
    tree = lxml.html.fromstring(seeds_page)
    links = tree.xpath("//ol[@class='said']//a")
    assert len(links) == len(seeds_corpus.summary) == 8
    for link, sentence in zip(links, seeds_corpus.summary, strict=True):
        (target,) = tree.xpath("//*[@id=$id]", id=link.get("href")[1:])
        assert target.tag == "mark"
        assert target.text_content() == sentence.text
        (article,) = target.xpath("ancestor::article[contains(@class, 'art')]")
        assert sentence.id in article.text_content()


def test_all_of_every_text_is_there(seeds_page: str, seeds: list[Document]) -> None:
    tree = lxml.html.fromstring(seeds_page)
    for index, document in enumerate(seeds):
        (article,) = tree.xpath("//article[@id=$id]", id=f"a{index}")
        shown = "".join(article.text_content().split())
        for line in document.text.splitlines():
            assert "".join(line.split()) in shown, line
        for line in source_text(document).splitlines():  # what was removed is there too
            for piece in re.split(r"\?url=\S+", line):
                assert "".join(piece.split()) in shown or piece.strip() == "", line


def test_removed_residue_is_struck_with_code_and_reason(seeds_page: str) -> None:
    tree = lxml.html.fromstring(seeds_page)
    folds = tree.xpath("//article[@id='a2']//details[contains(@class, 'cut')]")
    assert not any("open" in fold.attrib for fold in folds)
    struck = {
        d.text_content(): d.getparent().text_content()
        for d in tree.xpath("//details[contains(@class, 'cut')]//del")
    }
    inline = [text for text in struck if text.startswith("?url=http%3A%2F%2F")]
    assert len(inline) == 3
    assert "TK101" in next(why for text, why in struck.items() if "News" in text)
    assert "breadcrumb" in next(why for text, why in struck.items() if "News" in text)


def test_original_and_gloss_stand_side_by_side(seeds_page: str) -> None:
    tree = lxml.html.fromstring(seeds_page)
    pairs = tree.xpath("//article[@id='a2']//div[@class='pair']")
    assert len(pairs) == 2
    for pair in pairs:
        before, after = pair.xpath("./div/p")
        assert before.get("lang") == "zh-Hans"
        assert re.search("[\u4e00-\u9fff]", before.text_content())
        assert not re.search("[\u4e00-\u9fff]", after.text_content())
    assert "马斯克" in pairs[0].xpath("string(./div[1])")
    assert "Musk" in pairs[0].xpath("string(./div[2])")


def test_the_story_and_the_contradictions(seeds_page: str) -> None:
    tree = lxml.html.fromstring(seeds_page)
    (story,) = tree.xpath("//article[@id='s1']")
    assert story.xpath(".//ul[@class='members']//a/@href") == ["#a1", "#a4"]
    shown = tree.xpath("string(//section[@id='stories'])")
    assert "Instead of a transactional relationship" not in shown
    assert "He's the one who introduced me" not in shown
    values = [
        d.xpath(".//p/b") for d in tree.xpath("//section[@id='stories']//div[@class='differ']")
    ]
    found = [{b.text_content() for b in sides} for sides in values]
    assert found == [{"H100", "H200"}, {"19 days", "four months"}]


def test_right_to_left_passages() -> None:
    text = "News of today.\n\nשלום לכולם, אמר ראש העיר.\n\nقال الوزير إن الاتفاق وقع أمس.\n"
    document = Document("rtl", "-", text, title="عنوان الخبر", lang="en")
    tree = lxml.html.fromstring(report_page([document], CORPUS))
    directions = tree.xpath("//article//div[@class='body']/p/@dir")
    assert directions == ["rtl", "rtl"]
    assert tree.xpath("//article/h3/@dir") == ["rtl"]


def test_same_bytes_in_other_processes(seeds: list[Document], tmp_path) -> None:  # type: ignore[no-untyped-def]
    records = tmp_path / "records.jsonl"
    records.write_bytes(b"".join(map(encode, seeds)))
    pages = []
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "textkit", "report", str(records)]
        done = subprocess.run(
            command, capture_output=True, check=True, env={"PYTHONHASHSEED": seed, "PATH": ""}
        )
        pages.append(done.stdout)
    assert pages[0] == pages[1]


def test_overhead_of_a_hundred_articles(seeds: list[Document], seeds_corpus: Document) -> None:
    many = [replace(d, id=f"{n}-{d.id}", dedup=None) for n in range(20) for d in seeds]
    page = report_page(many, seeds_corpus).encode()
    glosses = ["".join(p.gloss or "" for p in d.passages) for d in many]
    shown = [
        d.text + gloss + "".join(o.text for o in originals(d))
        for d, gloss in zip(many, glosses, strict=True)
    ]
    assert len(page) - sum(len(text.encode()) for text in shown) < 300_000


def test_two_thousand_articles_in_pages_below_two_megabytes() -> None:
    def articles():  # type: ignore[no-untyped-def]
        for n in range(2000):
            text = f"Story {n}.\n\n" + f"The council met on day {n} and spoke of the harbour. " * 22
            yield Document(str(n), "-", text, title=f"{chr(97 + n % 26)} council {n}", lang="en")

    pages = dict(report_pages(articles(), CORPUS))
    assert next(iter(pages)) == "report.html"
    assert len(pages) > 2
    assert max(map(len, pages.values())) < 2_000_000
    ids = {name: set(re.findall(rb' id="([^"]+)"', page)) for name, page in pages.items()}
    links = re.findall(rb'<a href="([^"#]+)#(a\d+)"', pages["report.html"])
    assert len(links) == 2000
    assert all(anchor in ids[name.decode()] for name, anchor in links)
    assert sum(page.count(b'class="art"') for page in pages.values()) == 2000


def test_one_huge_article_is_cut_and_says_so() -> None:
    text = "A sentence of a very long book. " * 100 + "\n\n"
    pages = dict(report_pages([Document("book", "-", text * 800)], CORPUS))
    assert max(map(len, pages.values())) < 2_000_000
    assert any(b"more characters are left out here" in page for page in pages.values())


@pytest.mark.parametrize("text", ["", " \n", "x", "\n\n\n", "a" * 100_000])
def test_hardly_any_text(text: str) -> None:
    page = report_page([Document("a", "-", text)], CORPUS)
    assert lxml.html.fromstring(page).xpath("//article[@id='a0']")


def test_no_articles() -> None:
    page = report_page([], CORPUS)
    assert "No articles" in page


def test_revisions_that_do_not_fit_the_text(seeds: list[Document]) -> None:
    broken = [replace(d, text=d.text[: len(d.text) // 2][::-1], passages=()) for d in seeds]
    assert "What these 5 articles say" in report_page(broken, CORPUS)


def test_a_title_of_its_own(seeds: list[Document]) -> None:
    page = report_page(seeds, CORPUS, ReportOptions(title="A < B"))
    assert "<title>A &lt; B</title>" in page
    assert '<h1 id="top">A &lt; B</h1>' in page


def test_markdown(seeds: list[Document], seeds_corpus: Document) -> None:
    page = report_markdown(seeds, seeds_corpus)
    assert "**5** articles" in page
    assert "**H100** (003_b2d8e8654e9bf89f) or **H200**" in page
    assert "## Story: NVIDIA and OpenAI" in page
    assert page.count("\n### ") == 5


def test_command(textkit: Callable[..., object], seeds: list[Document], tmp_path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "in.jsonl").write_bytes(b"".join(map(encode, seeds)))
    done = textkit("report", "in.jsonl", "-o", "out.html")
    assert (done.code, done.out, done.err) == (0, "", "")  # type: ignore[attr-defined]
    assert (tmp_path / "out.html").read_bytes().startswith(b"<!doctype html>")
    done = textkit("report", "in.jsonl", "-o", "out.md")
    assert (tmp_path / "out.md").read_text().startswith("# Report")
    done = textkit("report", "in.jsonl", "-o", "missing/out.html")
    assert done.code == 2  # type: ignore[attr-defined]
    assert "Traceback" not in done.err  # type: ignore[attr-defined]
    assert textkit("report", "none.jsonl").code == 2  # type: ignore[attr-defined]
    done = textkit("report", "-i", "jsonl", input=b'{"id":"a"}\n' + encode(seeds[1]))
    assert done.code == 1  # type: ignore[attr-defined]
    assert "<!doctype html>" in done.out  # type: ignore[attr-defined]


def test_what_a_translation_lost_and_made_up_stands_below_it() -> None:
    text = "It has 2,450 staff."
    document = Document(
        "a", "-", text, lang="en",
        passages=(Passage(0, 19, "en", "Latn", 1.0, "model", "paragraph", (), "pt", "argos"),),
        revisions=(Revision("translate", (Edit(0, "Tem 12.", text, "argos:pt>en"),), "argos"),),
        checks=(
            Check(0, 19, "number", "12", "12", "missing"),
            Check(0, 19, "number", "", "", "added", "2,450"),
        ),
    )  # fmt: skip
    tree = lxml.html.fromstring(report_page([document], CORPUS, ReportOptions()))
    rows = [" ".join(row.text_content().split()) for row in tree.xpath("//ul[@class='checks']/li")]
    assert rows == ["12 → 12 number missing", "– → 2,450 number added"]
