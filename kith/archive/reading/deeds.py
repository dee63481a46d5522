"""What the owner wrote and did: shares, comments, reactions, reposts, votes, follows, events, media (4.3, 5.5-5.9)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from kith.archive.reading import anchored, dates
from kith.archive.reading.gathering import Gathering
from kith.archive.reading.model import Deed, FileReport
from kith.archive.reading.tables import Table, count_row, read_table, short, skip
from kith.archive.reading.urns import moment_of, urn


def share_text(field: str) -> str:
    """A post as it was written: each of its line breaks left LinkedIn as quote, break, quote (5.5)."""
    return field.replace("\r\n", "\n").replace('"\n"', "\n")


def read_shares(table: Table, report: FileReport, found: Gathering) -> None:
    """Posts; those of 2018 come in a tabbed file whose line breaks are plain."""
    pick = table.picker(
        "Date", "ShareLink|Share Link", "ShareCommentary|Share Commentary", "SharedURL|Shared URL", "MediaURL|Media URL",
        "Visibility",
    )  # fmt: skip
    if table.is_tabbed:
        found.seen_layout(2018)
    for number, row in table.rows(report, "ShareCommentary|Share Commentary"):
        date, link, text, shared, media, visibility = pick(row)
        found.count("shares", "rows")
        post = urn(link)
        at = dates.utc_or_pacific(date) or moment_of(post)
        text = text.replace("\r\n", "\n") if table.is_tabbed else share_text(text)
        if not post and not text and at is None:
            skip(report, "neither a link nor text", number)
            continue
        detail = {
            "link": link,
            "shared_url": shared,
            "media_url": media,
            "visibility": visibility.strip(),
            "in_group": "groupPost" in post,
        }
        found.deeds.append(Deed("share", at, post, text, detail))
        report.taken += 1


def read_comments(opened: Callable[[], Iterable[str]], report: FileReport, found: Gathering) -> None:
    """Comments in any of three dialects; the tabbed files of 2018 and those of a spreadsheet are plain tables."""
    found.count("comments", "rows", 0)
    styles = found.counted.setdefault("comment_styles", {})
    if "\t" not in next(iter(opened()), ""):
        for comment in anchored.comments(opened()):
            count_row(report)
            if comment.style:
                styles[comment.style] = styles.get(comment.style, 0) + 1
            _comment(found, report, comment.date, comment.link, comment.text)
    if report.rows:
        return
    table = read_table(opened(), lambda names: {"date", "message"} <= names)
    if table is None:
        return
    pick = table.picker("Date", "Link", "Message")
    for _, row in table.rows(report, "Message"):
        date, link, text = pick(row)
        _comment(found, report, date, link, text.replace("\r\n", "\n"))


def _comment(found: Gathering, report: FileReport, date: str, link: str, text: str) -> None:
    found.count("comments", "rows")
    post = urn(link)
    found.deeds.append(Deed("comment", dates.utc_or_pacific(date), post, text, {"link": link}))
    report.taken += 1


def read_queries(opened: Callable[[], Iterable[str]], report: FileReport, found: Gathering) -> None:
    """Search queries are counted, so that the report adds up, and not kept."""
    for _ in anchored.queries(opened()):
        count_row(report)
        skip(report, "searches are not kept")


def read_reactions(table: Table, report: FileReport, found: Gathering) -> None:
    """Likes and their kin; the link leads to the post, or to a comment under it."""
    pick = table.picker("Date", "Type", "Link")
    for _, row in table.rows(report):
        date, kind, link = pick(row)
        found.count("reactions", "rows")
        detail = {"type": kind.strip().upper(), "on_comment": "commentUrn" in link, "link": link}
        found.deeds.append(Deed("reaction", dates.utc(date), urn(link), "", detail))
        report.taken += 1


def read_reposts(table: Table, report: FileReport, found: Gathering) -> None:
    pick = table.picker("Date", "Link")
    for _, row in table.rows(report):
        date, link = pick(row)
        found.deeds.append(Deed("repost", dates.utc(date), urn(link), "", {"link": link}))
        report.taken += 1


def read_votes(table: Table, report: FileReport, found: Gathering) -> None:
    pick = table.picker("Date", "Link", "OptionText")
    for _, row in table.rows(report, "OptionText"):
        date, link, option = pick(row)
        found.deeds.append(Deed("vote", dates.utc(date), urn(link), "", {"option": option, "link": link}))
        report.taken += 1


def read_member_follows(table: Table, report: FileReport, found: Gathering) -> None:
    """Names without an address; only one that a single person bears is linked, once everybody is known."""
    pick = table.picker("Date", "Status", "FullName")
    for _, row in table.rows(report, "FullName"):
        date, status, name = pick(row)
        found.count("follows", "members")
        detail = {"name": short(name.strip()), "status": status.strip(), "person": None}
        found.deeds.append(Deed("member_follow", dates.utc(date), "", "", detail))
        report.taken += 1


def read_company_follows(table: Table, report: FileReport, found: Gathering) -> None:
    pick = table.picker("Organization", "Followed On")
    for _, row in table.rows(report, "Organization"):
        name, date = pick(row)
        found.count("follows", "companies")
        found.deeds.append(Deed("company_follow", dates.utc(date), "", "", {"name": short(name.strip())}))
        report.taken += 1


def read_hashtag_follows(table: Table, report: FileReport, found: Gathering) -> None:
    pick = table.picker("HashTag", "CreatedTime", "State")
    for _, row in table.rows(report):
        tag, date, state = pick(row)
        found.count("follows", "hashtags")
        detail = {"tag": short(tag.strip()), "state": state.strip()}
        found.deeds.append(Deed("hashtag_follow", dates.utc(date), "", "", detail))
        report.taken += 1


def read_events(table: Table, report: FileReport, found: Gathering) -> None:
    """Events keep their time as written, as its zone is not told."""
    pick = table.picker("Event Name", "Event Time", "Status", "External Url")
    for _, row in table.rows(report, "Event Name"):
        name, time, status, url = pick(row)
        detail = {"name": short(name.strip()), "time": time, "status": status.strip(), "url": url}
        found.deeds.append(Deed("event", dates.event(time), "", "", detail))
        report.taken += 1


def read_rich_media(table: Table, report: FileReport, found: Gathering) -> None:
    """Uploads; an empty description is a lone dash behind a space."""
    pick = table.picker("Date/Time", "Media Description|Description", "Media Link|Link", "Type")
    if table.has("Media Link"):
        found.seen_layout(2025)
    for _, row in table.rows(report, "Media Description|Description"):
        when, text, link, kind = pick(row)
        text = "" if text == " -" else text.replace("\r\n", "\n")
        detail = {"link": link, "what": when or kind}
        found.deeds.append(Deed("rich_media", dates.uploaded(when), "", text, detail))
        report.taken += 1
