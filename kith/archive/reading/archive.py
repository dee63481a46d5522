"""Reads a whole archive: opens it, reads file by file, finds the owner, merges people, and adds up (section 9)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from kith.archive.reading import articles, files
from kith.archive.reading.container import Container, Damaged, Entry, open_container
from kith.archive.reading.decoding import FOREIGN, encoding_of, lines
from kith.archive.reading.gathering import Gathering
from kith.archive.reading.invitations import place_invitations
from kith.archive.reading.limits import TEXT_LENGTH
from kith.archive.reading.messages import place_messages
from kith.archive.reading.model import Archive, ArchiveKind, FileReport, Invitation, Refused
from kith.archive.reading.owner import settle_owner
from kith.archive.reading.sniffing import check_single
from kith.archive.reading.tables import Table, add_notice, read_table
from kith.archive.reading.xlsx import is_workbook

Progress = Callable[[str, float], None]
_READING = 0.8  # the share of the work that reading files is


def read_archive(path: Path, *, name: str = "", progress: Progress | None = None) -> Archive:
    """Read a LinkedIn archive: a zip, an unpacked folder or one csv file, of any era.

    Raises Refused, and nothing else, for what cannot be taken; a damaged or unknown file inside is reported and left
    out. `progress` is called with a step's name and the share done, 0 to 1; what it raises stops the reading.
    `name` is what people call the file, where it is stored under another one.
    """
    progress = progress or (lambda _step, _share: None)
    path = Path(path)
    with open_container(path, name) as container:
        if is_workbook(container):
            raise Refused(f"“{container.name}” is a workbook, not an archive.")
        if container.is_single_file:
            check_single(container, path)
        found = Gathering()
        reports = _read_files(container, found, progress)
        if not any(report.state in ("read", "empty") and report.key in files.KINDS for report in reports):
            raise Refused(f"“{container.name}” holds none of the files of a LinkedIn archive.")
        progress("people", _READING)
        archive = _settle(found, reports)
        archive.as_of = _as_of(container, archive)
    progress("done", 1.0)
    return archive


def _read_files(container: Container, found: Gathering, progress: Progress) -> list[FileReport]:
    reports: list[FileReport] = []
    doubles = _doubles(container.entries)
    whole = sum(entry.size for entry in container.entries) or 1
    done = 0
    for entry in container.entries:
        progress(entry.name, _READING * min(done / whole, 1.0))
        report = FileReport(entry.name, files.key_of(entry.name), "unknown")
        reports.append(report)
        done += entry.size
        if entry.inside in doubles:
            report.notice = "A second copy of a file in another folder; the larger one was read."
            continue
        try:
            _read_file(container, entry, report, found)
        except Damaged:
            report.state, report.notice = (
                "unreadable",
                "This file is damaged inside the archive and was left out.",
            )
    return reports


def _read_file(container: Container, entry: Entry, report: FileReport, found: Gathering) -> None:
    if report.key in files.PRIVATE:
        report.state, report.notice = "private", "Private account data; it was not opened."
        return
    kind = "csv" if container.is_single_file else files.kind_of(entry.name)
    if kind == "other":
        _weigh(container, entry)
        return
    encoding = encoding_of(container, entry)
    if encoding == "cp1252":
        add_notice(report, FOREIGN)
    if kind == "article":
        text = "".join(lines(container, entry, encoding))[: 2 * TEXT_LENGTH]
        articles.read_article(text, entry.name, report, found)
        report.key, report.state = "articles", "read"
        return
    known = files.KINDS.get(report.key)
    if known is not None and known.lines is not None:
        head = _header_fits(container, entry, encoding, known)
        if head:
            known.lines(lambda: lines(container, entry, encoding), report, found)
            report.state = "read" if report.rows else "empty"
            return
    _read_as_table(container, entry, encoding, report, found)


def _read_as_table(
    container: Container, entry: Entry, encoding: str, report: FileReport, found: Gathering
) -> None:
    """By its name if the columns agree, else by its columns alone, else left unknown."""
    key = report.key
    names: set[str] = set()

    def is_header(these: set[str]) -> bool:
        if not names:
            names.update(these)  # the first record, to tell an empty file from a strange one
        if key in files.ASSISTANTS:
            return "content" in these
        known = files.KINDS.get(key)
        if known is not None and known.table is not None and known.fits(these):
            return True
        return files.recognise(these) is not None

    table = read_table(lines(container, entry, encoding), is_header)
    if table is None:
        if names <= {""} or (key in files.ASSISTANTS and len(names) == 1):
            report.state = "empty"
        elif key in files.KINDS:
            report.state, report.notice = "unreadable", "The columns of this file were not found in it."
        return
    if key in files.ASSISTANTS:
        for _ in table.rows(report, "CONTENT"):
            report.skipped["a talk with an assistant"] = report.rows
        report.state = "read" if report.rows else "empty"
        return
    _read_table(table, entry, encoding, container, report, found)


def _read_table(
    table: Table, entry: Entry, encoding: str, container: Container, report: FileReport, found: Gathering
) -> None:
    kind = files.KINDS.get(report.key)
    if kind is None or not kind.fits(table.names):
        key = files.recognise(table.names)
        if key is None:
            return
        add_notice(report, "Recognised by its columns, not by its name.")
        report.key, kind = key, files.KINDS[key]
    if kind.lines is not None:
        kind.lines(lambda: lines(container, entry, encoding), report, found)
    elif kind.table is not None:
        kind.table(table, report, found)
    report.state = "read" if report.rows else "empty"


def _header_fits(container: Container, entry: Entry, encoding: str, kind: files.Kind) -> bool:
    table = read_table(lines(container, entry, encoding), kind.fits)
    return table is not None


def _weigh(container: Container, entry: Entry) -> None:
    """Even a file nobody reads counts towards the limits."""
    for _ in container.chunks(entry):
        pass


def _doubles(entries: list[Entry]) -> set[str]:
    """Same-named files of two folders are copies, not parts; all but the largest are left out."""
    largest: dict[str, Entry] = {}
    left: set[str] = set()
    for entry in entries:
        if files.kind_of(entry.name) != "csv":
            continue
        base = entry.name.rsplit("/", 1)[-1].casefold()
        other = largest.get(base)
        if other is None:
            largest[base] = entry
        else:
            smaller, larger = sorted((entry, other), key=lambda one: one.size)
            left.add(smaller.inside)
            largest[base] = larger
    return left


def _settle(found: Gathering, reports: list[FileReport]) -> Archive:
    settle_owner(found)
    placed = place_invitations(found)
    threads, messages = place_messages(found)
    circle = found.circle
    archive = Archive(found.owner, date.min, _kind(reports), found.era or 2021, circle.settle())
    archive.connections, archive.endorsements, archive.notes = (
        found.connections,
        found.endorsements,
        found.notes,
    )
    archive.invitations = [invitation for invitation, _ in placed]
    archive.threads, archive.messages = threads, messages
    archive.recommendations, archive.deeds = found.recommendations, found.deeds
    archive.address_book, archive.profile, archive.files = found.address_book, found.profile, reports
    _lead_to_people(archive, found)
    archive.counted = found.counted
    archive.counted["homonyms"] = _homonyms(archive, found)
    if any(url for _, url in placed):
        archive.counted["invitations"]["accepted_only_found_after_percent_decoding"] = _decoded(
            archive, placed, found
        )
    archive.notices = [f"{report.name}: {report.notice}" for report in reports if report.notice]
    archive.notices = [notice for notice in archive.notices if "Private account data" not in notice]
    return archive


def _lead_to_people(archive: Archive, found: Gathering) -> None:
    """Replace nodes by people, and link by e-mail or by a name only one person bears."""
    key, find = found.circle.key, found.circle.find_name
    for connection in archive.connections:
        connection.person = None if connection.person is None else key(connection.person)
    for invitation in archive.invitations:
        invitation.person = key(invitation.person)
    for thread in archive.threads:
        thread.people = list(dict.fromkeys(key(node) for node in thread.people))
        thread.is_group = len(thread.people) > 1
    for message in archive.messages:
        message.person = None if message.person is None else key(message.person)
    for endorsement in archive.endorsements:
        endorsement.person = key(endorsement.person)
    for note in archive.notes:
        note.person = key(note.person) if note.person is not None else find(note.name)
    for recommendation in archive.recommendations:
        recommendation.person = find(recommendation.name, recommendation.company, recommendation.title)
    for deed in archive.deeds:
        if deed.kind == "member_follow":
            deed.detail["person"] = find(deed.detail["name"])
    for entry in archive.address_book:
        entry.person = next(
            (one for one in map(found.circle.find_email, entry.emails) if one is not None), None
        )


def _homonyms(archive: Archive, found: Gathering) -> dict[str, list[int]]:
    """Names that several connections bear, with their people, longest connected first."""
    names: dict[str, list[int]] = found.counted.pop("names", {})
    people = archive.people
    return {
        name: sorted(
            (found.circle.key(node) for node in nodes),
            key=lambda key: (people[key].connected_on or date.max, key),
        )
        for name, nodes in names.items()
        if len(nodes) > 1
    }


def _decoded(archive: Archive, placed: list[tuple[Invitation, str]], found: Gathering) -> int:
    connected = {connection.person for connection in archive.connections}
    return sum(
        invitation.person in connected and bool(found.connection_urls) and url not in found.connection_urls
        for invitation, url in placed
    )


def _kind(reports: list[FileReport]) -> ArchiveKind:
    for report in reports:
        known = files.KINDS.get(report.key)
        if (known and known.complete_only) or report.key in files.PRIVATE_COMPLETE_ONLY:
            return "complete"
    return "basic"


def _as_of(container: Container, archive: Archive) -> date:
    """The day of the newest entry; where entries have no trustworthy day, of the newest thing said."""
    today = datetime.now(UTC).date()
    said: list[date] = [one.connected_on for one in archive.connections if one.connected_on]
    said += [one.sent_at.date() for one in archive.messages if one.sent_at]
    said += [one.sent_at.date() for one in archive.invitations if one.sent_at]
    said += [one.at.date() for one in archive.deeds if one.at]
    said = [day for day in said if day <= today]
    made = [entry.made_on for entry in container.entries if entry.made_on is not None]
    if made and (not said or max(made) >= max(said)) and len(container.entries) > 1:
        return max(made)
    return max(said, default=max(made, default=today))
