"""Articles: HTML from outside, cleaned; title, dates and draft state from its own paragraphs (5.8)."""

from __future__ import annotations

import html
import re

import nh3

from kith.archive.reading import dates
from kith.archive.reading.gathering import Gathering
from kith.archive.reading.limits import TEXT_LENGTH
from kith.archive.reading.model import Deed, FileReport

TAGS = {
    "p",
    "br",
    "h2",
    "h3",
    "h4",
    "ul",
    "ol",
    "li",
    "strong",
    "b",
    "em",
    "i",
    "u",
    "a",
    "blockquote",
    "pre",
    "code",
}
HEAD_LENGTH = 10_000  # title and dates stand at the top; searching no further keeps hostile pages cheap
_TITLE = re.compile(r"<title[^<>]{0,500}>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_HEADING = re.compile(r"<h1[^<>]{0,500}>(.*?)</h1>", re.IGNORECASE | re.DOTALL)
_LINK = re.compile(r'href="(https://(?:[a-z]+\.)?linkedin\.com/pulse/[^"]+)"', re.IGNORECASE)
_CREATED = re.compile(r'<p class="created">Created on ([^<]+)</p>', re.IGNORECASE)
_PUBLISHED = re.compile(r'<p class="published">(?:Published on )?([^<]+)</p>', re.IGNORECASE)
_NAMED_DAY = re.compile(r"(\d{4}-\d\d-\d\d)[ T_](\d\d)[:_](\d\d)[:_](\d\d)")
_BODY = re.compile(r"<body[^<>]{0,500}>(.*)", re.IGNORECASE | re.DOTALL)


def read_article(source: str, name: str, report: FileReport, found: Gathering) -> None:
    """One article file; what is not published is a draft, dated by when it was begun."""
    report.rows = 1
    text = source.replace("\r\n", "\n")[:TEXT_LENGTH]
    head = text[:HEAD_LENGTH]
    heading = _first(_HEADING, head)
    title = _words(heading) or _words(_first(_TITLE, head))
    published = dates.utc(_first(_PUBLISHED, head))
    named = _NAMED_DAY.search(name.rsplit("/", 1)[-1])
    created = dates.utc(_first(_CREATED, head))
    if created is None and named:
        created = dates.utc(f"{named[1]} {named[2]}:{named[3]}:{named[4]}")
    url = html.unescape(_first(_LINK, heading))
    body = _first(_BODY, text) or text
    for part in (_HEADING, _CREATED, _PUBLISHED, _TITLE):
        body = part.sub("", body[:HEAD_LENGTH], count=1) + body[HEAD_LENGTH:]
    clean = nh3.clean(
        body, tags=TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}
    ).strip()
    detail = {"title": title[:300], "url": url, "html": clean, "is_draft": published is None and not url}
    found.deeds.append(Deed("article", published or created, "", _words(clean), detail))
    report.taken = 1


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return match[1].strip() if match else ""


def _words(markup: str) -> str:
    return html.unescape(nh3.clean(markup, tags=set())).replace("\0", "").strip()
