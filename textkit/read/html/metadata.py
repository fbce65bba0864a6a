"""What a page says of itself, in its head and in its own article, nowhere else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import cache
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from lxml import html

from textkit.read.html.author import person
from textkit.read.html.scope import own, scope, words
from textkit.read.html.title import holds, letters, without_site
from textkit.text.dates import iso_date
from textkit.text.tables import rows

ARTICLE = re.compile(r"Article|BlogPosting|Report|Review|Recipe|LiveBlog", re.IGNORECASE)
PERSON = re.compile(r"^Person$")
_LD = '//script[contains(translate(@type, "LDJSON", "ldjson"), "ld+json")]'
_BLANKS = re.compile(r"\s+")
_CONTROLS = re.compile(r"[\x00-\x1f]+")
MAX_LINE = 300  # characters; a longer title or name is none
MAX_TEXT = 2000  # of a description
MAX_TAGS = 50
LABEL = 200  # characters of a line that a date stands in; more is running text
_LANG = re.compile(r"^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*$")
_STAMP = re.compile(r"^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?(Z|[+-]\d{4})?$")
_EPOCH = re.compile(r"^1\d{9}(?:\d{3})?$")  # seconds or thousandths, 2001 to 2033
_AUTHOR_TAGS = (
    "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author",
    "sailthru.author", "byl", "twitter:creator",
)  # fmt: skip
_DATE_TAGS = (
    "article:published_time", "datepublished", "og:article:published_time", "parsely-pub-date",
    "sailthru.date", "dc.date", "dc.date.issued", "dcterms.date", "dcterms.created", "date",
    "pubdate", "publishdate", "publish-date", "article.published", "weibo: article:create_at",
    "og:release_date",
)  # fmt: skip
_AUTHORS = (
    './/*[@rel="author" or @itemprop="author" or contains(concat(" ", @class, " "), " author ")'
    ' or contains(@class, "author-name") or contains(@class, "byline")]'
)
_DATES = './/*[@itemprop="datePublished" or @itemprop="dateCreated"] | .//time'


class Metadata(NamedTuple):
    """What a page says of itself."""

    title: str | None = None
    author: str | None = None
    date: str | None = None  # ISO 8601
    lang: str | None = None  # BCP 47, as declared
    date_text: str | None = None  # the date as the page has it
    url: str | None = None
    site: str | None = None
    description: str | None = None
    tags: tuple[str, ...] = ()
    image: str | None = None
    names: tuple[str, ...] = ()  # of the site, in letters alone: no headline is one of these


def metadata(root: html.HtmlElement) -> Metadata:
    """Return what a page says of itself."""
    articles = list(linked_data(root))
    tags = _meta_tags(root)
    top = scope(root)
    site = _site(articles, tags)
    title, names = _title(root, top, articles, tags, site)
    lang = _lang(root, tags)
    date, date_text = _date(top, articles, tags, lang)
    return Metadata(
        title=title,
        author=_author(root, top, articles, tags, frozenset(n.casefold() for n in names)),
        date=date,
        lang=lang,
        date_text=date_text,
        url=_address(_canonical(root)) or _address(tags.get("og:url")),
        site=site,
        description=_text(tags.get("og:description") or tags.get("description")),
        tags=_tags(root, articles, tags),
        image=_address(tags.get("og:image")) or _address(tags.get("twitter:image")),
        names=tuple(letters(name) for name in names),
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
        content = _text(tag.get("content"))
        if name and content:
            found.setdefault(name, content)
    return found


def _text(text: Any, most: int = MAX_TEXT) -> str | None:
    """A value as one line of text; null where there is none, or far too much."""
    if not isinstance(text, str):
        return None
    line = _BLANKS.sub(" ", unescape(text)).strip()
    return line if 0 < len(line) <= most else None


def _line(text: Any) -> str | None:
    return _text(text, MAX_LINE)


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)


def _site(articles: list[dict[str, Any]], tags: dict[str, str]) -> str | None:
    """The site's name, as the page declares it."""
    publishers = [p for item in articles for p in _listed(item.get("publisher"))]
    names = [_line(p.get("name")) for p in publishers if isinstance(p, dict)]
    declared = (tags.get("og:site_name"), tags.get("application-name"))
    return _first(_line(name) for name in (*declared, *names))


def _title(
    root: html.HtmlElement,
    top: html.HtmlElement,
    articles: list[dict[str, Any]],
    tags: dict[str, str],
    site: str | None,
) -> tuple[str | None, list[str]]:
    """The h1 that other sources confirm, else what these say; and the site's names."""
    page = _line(root.findtext("head/title"))
    if not page:  # a title elsewhere, but not the one of a drawing
        page = _first(_line(node.text) for node in root.xpath("//title[not(ancestor::svg)]"))
    given = [_line(item.get("headline")) for item in articles]
    given += [_line(tags.get("og:title")), _line(tags.get("twitter:title")), page]
    pairs = [without_site(line, site) for line in given if line]
    names = [name for name in (site, *(cut for _, cut in pairs)) if name]
    titles = [title for title, _ in pairs]
    headings = [line for h in (*top.iter("h1"), *root.iter("h1")) if (line := _line(words(h)))]
    headings = [h for h in dict.fromkeys(headings) if not any(holds(h, n) for n in names)]
    for heading in headings:
        if any(holds(title, heading) for title in titles):
            return _spaced(heading, titles), names
    if not titles:
        return (headings[0] if len(headings) == 1 else None), names
    return titles[0], names


def _spaced(heading: str, titles: list[str]) -> str:
    """A heading, with the blanks of another source that has the same letters."""
    same = (title for title in titles if letters(title) == letters(heading))
    best = next(same, heading)
    return best if best.count(" ") != heading.count(" ") else heading


def _author(
    root: html.HtmlElement,
    top: html.HtmlElement,
    articles: list[dict[str, Any]],
    tags: dict[str, str],
    sites: frozenset[str],
) -> str | None:
    """The names of the authors, with commas between them."""
    people = {p["@id"]: p for p in linked_data(root, PERSON) if isinstance(p.get("@id"), str)}
    for item in articles:
        listed = [_referred(a, people) for a in _listed(item.get("author"))]
        names = [name for a in listed if (name := person(a, sites))]
        if names:
            return ", ".join(dict.fromkeys(names))
    tagged = (person(_line(tags.get(key)), sites) for key in _AUTHOR_TAGS)
    marked = (person(_line(words(node)), sites) for node in own(top, _AUTHORS, 8))
    return _first(tagged) or _first(marked)


def _referred(value: Any, people: dict[str, dict[str, Any]]) -> Any:
    """The person that a JSON-LD value stands for, where it only refers to one."""
    if isinstance(value, dict) and "name" not in value:
        return people.get(str(value.get("@id")), value)
    return value


def _date(
    top: html.HtmlElement, articles: list[dict[str, Any]], tags: dict[str, str], lang: str | None
) -> tuple[str | None, str | None]:
    """The day or time of publication, as ISO 8601 and as the page has it."""
    keys = ("datePublished", "dateCreated", "uploadDate")
    values = [item.get(key) for item in articles for key in keys]
    values += [tags.get(key) for key in _DATE_TAGS]
    for value in values:
        if day := _moment(value, lang):
            return day, value
    updated: tuple[str | None, str | None] = (None, None)
    for node in own(top, _DATES, 6):
        text = words(node)
        day = _moment(node.get("datetime") or node.get("content"), lang) or _moment(text, lang)
        if not day or len(_line_of(node)) > LABEL:
            continue
        if not _is_update(node):
            return day, text or day
        updated = updated if updated[0] else (day, text or day)
    return updated


def _moment(value: Any, lang: str | None) -> str | None:
    """A date in the words of people or of machines: also a stamp, and seconds since 1970."""
    if not isinstance(value, str):
        return None
    text = value.strip()
    if _EPOCH.match(text):
        return datetime.fromtimestamp(int(text[:10]), UTC).isoformat()
    if match := _STAMP.match(text):
        year, month, day, hour, minute, second, zone = match.groups("")
        text = f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{zone}"
    return iso_date(text, lang)


def _line_of(node: html.HtmlElement) -> str:
    """The line that an element stands in."""
    parent = node.getparent()
    return words(node if parent is None or parent.tag in ("article", "body", "html") else parent)


def _is_update(node: html.HtmlElement) -> bool:
    """Do the element's attributes, or the words just before it, speak of a change?"""
    before = node.getprevious()
    lead = (before.tail if before is not None else getattr(node.getparent(), "text", "")) or ""
    marks = (node.get("class"), node.get("itemprop"), lead[-LABEL:])
    return any(mark and _update_words().search(mark.lower()) for mark in marks)


@cache
def _update_words() -> re.Pattern[str]:
    words = (row[1] for row in rows("textkit.read.html", "update_words.tsv"))
    return re.compile("|".join(map(re.escape, sorted(words))))


def _canonical(root: html.HtmlElement) -> str | None:
    return _first(
        link.get("href") for link in root.iter("link") if "canonical" in (link.get("rel") or "")
    )


def _address(value: str | None) -> str | None:
    """A web address, where the value is a whole one."""
    text = (value or "").strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    whole = parts.scheme in ("http", "https") and parts.netloc and not re.search(r"\s", text)
    return text if whole and len(text) <= MAX_TEXT else None


def _tags(
    root: html.HtmlElement, articles: list[dict[str, Any]], tags: dict[str, str]
) -> tuple[str, ...]:
    """The article's keywords, in the page's order."""
    found = [t.get("content") for t in root.iter("meta") if t.get("property") == "article:tag"]
    for item in articles:
        found += [k for value in _listed(item.get("keywords")) for k in _split(value)]
    found += _split(tags.get("news_keywords")) + _split(tags.get("keywords"))
    lines = (_line(tag) for tag in found)
    return tuple(dict.fromkeys(line for line in lines if line))[:MAX_TAGS]


def _split(value: Any) -> list[str]:
    return re.split(r"[,;，、]", value) if isinstance(value, str) else []


def _lang(root: html.HtmlElement, tags: dict[str, str]) -> str | None:
    """The language that the page declares."""
    declared = (
        root.get("lang"),
        root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang"),
        tags.get("content-language") or _http_equiv(root),
        tags.get("og:locale"),
    )
    for tag in declared:
        if tag and _LANG.match(tag.strip()):
            return tag.strip().replace("_", "-")
    return None


def _http_equiv(root: html.HtmlElement) -> str | None:
    for tag in root.iter("meta"):
        if (tag.get("http-equiv") or "").lower() == "content-language":
            return str(tag.get("content") or "")
    return None
