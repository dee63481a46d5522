"""The same for people: tables a spreadsheet opens, an address book, and what is in the file."""

import csv
import io
import json
from collections.abc import Iterable, Iterator

import vobject

from kith.contacts.models import Contact, Note, Talk
from kith.contacts.models.owned import OwnedQuerySet
from kith.core.text import clean_line
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.profiles.json_resume import json_resume
from kith.profiles.shown import shown_profile

FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")
BATCH = 2_000

README = """This is everything of yours on {host}, as of {made_at}.

readable/       for people: tables a spreadsheet opens, your contacts as an address book (vCard),
                your profile as a résumé (JSON Resume)
mine/           for another Kith: your profile, settings, contacts, talks, notes, desk and imported history.
                Drop this whole file on its page “Bring in”, and all of it comes back as it is here.
ties/           what stood between you and others or this house: blocks, join links, notices and the like.
                Another Kith keeps it for you to read; it connects you to nobody.
manifest.json   what is in here, counted, with a hash of each file

In the tables, a cell that a spreadsheet would take for a formula is led by an apostrophe.
Not in here: your password and keys, and what other people wrote about you in their own notes.
"""


def guarded(cell: str) -> str:
    """A cell no spreadsheet runs; `plain` takes the mark away again (b54)."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def plain(cell: str) -> str:
    """What `guarded` was given."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def contacts_csv(member: Member) -> Iterator[bytes]:
    heads = (
        "Name", "Company", "Title", "E-mail", "Phones", "Birthday", "Connected on", "Real specialties",
        "Good fit for", "Network", "Last talk", "Messages", "Let go",
    )  # fmt: skip
    return _csv(
        heads,
        (
            (
                row.name, row.company, row.title, row.email, row.phones, row.birthday, row.connected_on,
                row.specialties, row.good_fit_for, "A" if row.is_a else "B", row.last_talk_on,
                row.exchange_count, row.let_go_at and row.let_go_at.date(),
            )
            for row in _listed(member).iterator(BATCH)
        ),
    )  # fmt: skip


def talks_csv(member: Member) -> Iterator[bytes]:
    talks = Talk.objects.owned_by(member).select_related("contact").order_by("held_on", "pk")
    rows = (
        (talk.contact.name, talk.kind, str(talk.held_on)[: _DATED[talk.precision]], talk.notes)
        for talk in talks.iterator(BATCH)
    )
    return _csv(("Name", "How", "When", "Notes"), rows)


def notes_csv(member: Member) -> Iterator[bytes]:
    notes = Note.objects.owned_by(member).select_related("contact").order_by("written_at", "pk")
    rows = ((note.contact.name, note.written_at.date(), note.text) for note in notes.iterator(BATCH))
    return _csv(("Name", "Written on", "Note"), rows)


def contacts_vcf(member: Member) -> Iterator[bytes]:
    for contact in _listed(member).iterator(BATCH):
        if contact.name:
            yield _card(contact).encode()


def resume(member: Member) -> Iterator[bytes]:
    """The profile as its owner sees it, in the shape of JSON Resume."""
    shown = shown_profile(member, Viewer(member))
    if shown.card:
        yield json.dumps(json_resume(shown, ""), ensure_ascii=False, indent=1).encode()


_DATED = {"day": 10, "month": 7, "year": 4}  # signs of an ISO date that are known


def _listed(member: Member) -> OwnedQuerySet[Contact]:
    return Contact.objects.owned_by(member).listed().order_by("sort_name", "pk")


def _csv(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow(heads)
    yield b"\xef\xbb\xbf"  # without it a spreadsheet takes the text for another encoding
    for number, row in enumerate(rows, 1):
        writer.writerow([guarded("" if cell is None else str(cell)) for cell in row])
        if number % BATCH == 0:
            yield page.getvalue().encode()
            page.seek(0)
            page.truncate()
    yield page.getvalue().encode()


def _card(contact: Contact) -> str:
    card = vobject.vCard()
    first, _, last = contact.name.rpartition(" ")
    card.add("fn").value = contact.name
    card.add("n").value = vobject.vcard.Name(family=last, given=first)
    if contact.email:
        card.add("email").value = contact.email
    for phone in filter(None, (clean_line(number) for number in contact.phones.split(","))):
        card.add("tel").value = phone
    if contact.company:
        card.add("org").value = [contact.company]
    if contact.title:
        card.add("title").value = contact.title
    if contact.slug:
        card.add("url").value = f"https://www.linkedin.com/in/{contact.slug}"
    return str(card.serialize())
