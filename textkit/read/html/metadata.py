"""Title, author, date and language of a page: from JSON-LD, OpenGraph, meta tags and markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any, NamedTuple

from lxml import html

from textkit.text.bylines import byline_prefix
from textkit.text.dates import iso_date

ARTICLE = re.compile(r"Article|BlogPosting|Report|Review|Recipe|LiveBlog", re.IGNORECASE)
PERSON = re.compile(r"^Person$")
_LD = '//script[contains(translate(@type, "LDJSON", "ldjson"), "ld+json")]'
_URL = re.compile(r"https?://|www\.|^[/@#]", re.IGNORECASE)
_NO_NAME = re.compile(
    r"\d{3}|^(?:author|admin|editor|staff|written by|posted by|by)$|[{}<>=_]", re.IGNORECASE
)
_NAME_END = re.compile(
    r"\s+(?:[|•·–—]|-\s|(?:on|updated|published|posted)\b).*$|,? \d.*$", re.IGNORECASE
)
_SITE = re.compile(r"\s+[|•·»–—-]\s+|\s*[|｜]\s*|_(?=[^_]+$)")
_STRONG = "|｜_•»"  # what stands before a site's name and hardly inside a headline
_EDGE = " ·–—-" + _STRONG
_BLANKS = re.compile(r"\s+")
_CONTROLS = re.compile(r"[\x00-\x1f]+")
_WIDTH = 300  # characters; a longer title or name is none
_LANG = re.compile(r"^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*$")


class Metadata(NamedTuple):
    """What a page says of itself."""

    title: str | None = None
    author: str | None = None
    date: str | None = None  # ISO 8601
    lang: str | None = None  # BCP 47, as declared


def metadata(root: html.HtmlElement) -> Metadata:
    """Return what a page says of itself."""
    articles = list(linked_data(root))
    tags = _meta_tags(root)
    return Metadata(
        title=_title(root, articles, tags),
        author=_author(root, articles, tags),
        date=_date(root, articles, tags),
        lang=_lang(root, tags),
    )


def linked_data(
    root: html.HtmlElement, kind: re.Pattern[str] = ARTICLE
) -> Iterator[dict[str, Any]]:
    """Yield the JSON-LD objects of a kind, articles if not said; broken JSON is passed over."""
    for script in root.xpath(_LD):
        try:
            data = json.loads(_CONTROLS.sub(" ", script.text or "").strip().rstrip(";"))
        except (ValueError, RecursionError):
            continue
        yield from _of_kind(data, kind)


def _of_kind(data: Any, kind: re.Pattern[str]) -> Iterator[dict[str, Any]]:
    pending = [data]
    for _ in range(10_000):  # a bound, since what a page nests is not ours to trust
        if not pending:
            return
        item = pending.pop()
        if isinstance(item, list):
            pending += reversed(item)
        elif isinstance(item, dict):
            types = item.get("@type")
            if any(kind.search(str(t)) for t in _listed(types)):
                yield item
            pending += [
                v for k, v in item.items() if k in ("@graph", "mainEntity", "itemListElement")
            ]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _meta_tags(root: html.HtmlElement) -> dict[str, str]:
    """Return the content of the meta tags by name, the first of each."""
    found: dict[str, str] = {}
    for tag in root.iter("meta"):
        name = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").lower()
        content = _line(tag.get("content"))
        if name and content:
            found.setdefault(name, content)
    return found


def _line(text: Any) -> str | None:
    """A value as one line of text; null where there is none, or far too much."""
    if not isinstance(text, str):
        return None
    line = _BLANKS.sub(" ", unescape(text)).strip()
    return line if 0 < len(line) <= _WIDTH else None


def _first(values: Iterator[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _title(
    root: html.HtmlElement, articles: list[dict[str, Any]], tags: dict[str, str]
) -> str | None:
    """The headline: the h1 that other sources confirm, else what JSON-LD or OpenGraph say."""
    page = _line(root.findtext("head/title"))
    if not page:  # a title elsewhere, but not the one of a drawing
        page = _first(_line(node.text) for node in root.xpath("//title[not(ancestor::svg)]"))
    said = [_line(item.get("headline")) for item in articles]
    said += [tags.get("og:title"), tags.get("twitter:title"), page]
    site = tags.get("og:site_name")
    named = [_without_site(line, site) for line in said if line]
    headings = [line for h in root.iter("h1") if (line := _line(h.text_content()))]
    for heading in headings:
        if any(_holds(name, heading) for name in named):
            return heading
    if not named:
        return headings[0] if len(headings) == 1 else None
    return named[0]


def _holds(whole: str, part: str) -> bool:
    """Does a name hold a heading, apart from case and blanks?"""
    a, b = (re.sub(r"\W+", "", text.casefold()) for text in (whole, part))
    return bool(b) and (b in a or (a in b and len(a) * 2 > len(b))) and len(b) * 3 > len(a)


def _without_site(title: str, site: str | None) -> str:
    """A page's title without the name of the site at its end."""
    parts = _SITE.split(title)
    if len(parts) < 2 or not parts[-1]:
        return title
    rest = title[: title.rfind(parts[-1])]
    cut = rest.rstrip(_EDGE)
    share = 1 if set(rest[len(cut) :]) & set(_STRONG) else 2  # a dash may belong to the headline
    named = site is not None and _holds(site, parts[-1])
    return cut if named or len(parts[-1]) * share <= len(cut) else title


def _author(
    root: html.HtmlElement, articles: list[dict[str, Any]], tags: dict[str, str]
) -> str | None:
    """The names of the authors, with commas between them."""
    people = {p["@id"]: p for p in linked_data(root, PERSON) if isinstance(p.get("@id"), str)}
    for item in articles:
        listed = [_person(a, people) for a in _listed(item.get("author"))]
        names = [name for a in listed if (name := _name(a))]
        if names:
            return ", ".join(dict.fromkeys(names))
    for key in ("author", "article:author", "dc.creator", "dcterms.creator", "parsely-author",
                "sailthru.author", "byl", "twitter:creator"):  # fmt: skip
        if name := _name(tags.get(key)):
            return name
    marked = root.xpath(
        '//*[@rel="author" or @itemprop="author" or contains(concat(" ", @class, " "), " author ")'
        ' or contains(@class, "author-name") or contains(@class, "byline")]'
    )
    return _first(_name(node.text_content()) for node in marked[:8])


def _person(value: Any, people: dict[str, dict[str, Any]]) -> Any:
    """The person that a JSON-LD value stands for, where it only refers to one."""
    if isinstance(value, dict) and "name" not in value:
        return people.get(str(value.get("@id")), value)
    return value


def _name(value: Any) -> str | None:
    """A person's name from a string or a JSON-LD object; null where it is an address or a text."""
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        value = value[0] if value else None
    line = _line(value)
    if not line or _URL.search(line):
        return None
    line = byline_prefix().sub("", line).strip(" ,;|·-–—")
    return line if 1 < len(line) <= 100 and not _NO_NAME.search(line) else None


def byline(text: str) -> str | None:
    """Return the name in a line that says who wrote a text; null where the line says no such thing.

    >>> byline("By Ada Wu | May 4, 2025"), byline("By the river"), byline("作者：王小明")
    ('Ada Wu', None, '王小明')
    """
    match = byline_prefix().match(text.strip())
    if not match:
        return None
    name = _name(_NAME_END.sub("", text.strip()))
    cased = name is not None and (not name[0].islower() and len(name.split()) <= 6)
    return name if cased else None


def _date(
    root: html.HtmlElement, articles: list[dict[str, Any]], tags: dict[str, str]
) -> str | None:
    """The day or time of publication, as ISO 8601."""
    for item in articles:
        for key in ("datePublished", "dateCreated", "uploadDate"):
            if found := iso_date(item.get(key)):
                return found
    for key in ("article:published_time", "datepublished", "og:article:published_time",
                "parsely-pub-date", "sailthru.date", "dc.date", "dc.date.issued", "dcterms.date",
                "dcterms.created", "date", "pubdate", "publishdate", "publish-date",
                "article.published", "weibo: article:create_at", "og:release_date"):  # fmt: skip
        if found := iso_date(tags.get(key)):
            return found
    marked = root.xpath('//*[@itemprop="datePublished"] | //time')
    return _first(
        iso_date(node.get("datetime") or node.get("content") or node.text_content())
        for node in marked[:6]
    )


def _lang(root: html.HtmlElement, tags: dict[str, str]) -> str | None:
    """The language that the page declares."""
    said = (
        root.get("lang"),
        root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang"),
        tags.get("content-language") or _http_equiv(root),
        tags.get("og:locale"),
    )
    for tag in said:
        if tag and _LANG.match(tag.strip()):
            return tag.strip().replace("_", "-")
    return None


def _http_equiv(root: html.HtmlElement) -> str | None:
    for tag in root.iter("meta"):
        if (tag.get("http-equiv") or "").lower() == "content-language":
            return str(tag.get("content") or "")
    return None
