"""A small address book of Ada's whose every figure can be counted by hand."""

from datetime import UTC, date, datetime, timedelta

from kith.contacts.exchange import recount
from kith.contacts.models import (
    Contact,
    Deed,
    ImportRun,
    MessageVersion,
    PastEndorsement,
    PastInvitation,
    PastMessage,
    Thread,
    ThreadPerson,
)
from kith.members.models import Member

AS_OF = date(2026, 10, 12)
FILES = ("Connections.csv", "Invitations.csv", "messages.csv", "Endorsement_Received_Info.csv")


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def came_in(owner: Member, *files: str) -> ImportRun:
    """A finished import of AS_OF that held these files."""
    return ImportRun.objects.create(
        owner=owner,
        file_name="archive.zip",
        as_of=AS_OF,
        finished_at=at(AS_OF),
        report={"files": [{"name": name, "state": "read"} for name in files or FILES]},
    )


def connection(owner: Member, name: str, on: date = date(2020, 3, 4), **fields: object) -> Contact:
    return Contact.objects.create(owner=owner, name=name, sort_name=name.lower(), connected_on=on, **fields)


def hidden(owner: Member, on: date) -> None:
    Deed.objects.create(
        owner=owner, kind="hidden_connection", done_at=at(on), fingerprint=str(Deed.objects.count())
    )


def invited(
    contact: Contact, days_ago: int, *, accepted: bool = False, note: str = "", outgoing: bool = True
) -> None:
    PastInvitation.objects.create(
        owner=contact.owner,
        contact=contact,
        outgoing=outgoing,
        sent_at=at(AS_OF - timedelta(days=days_ago)),
        note=note,
        accepted=accepted,
    )


def endorsed(contact: Contact, skill: str, *, received: bool = True) -> None:
    PastEndorsement.objects.create(
        owner=contact.owner, contact=contact, received=received, skill=skill, endorsed_at=at(date(2025, 5, 5))
    )


def wrote(
    contact: Contact, *directions: str, on: date = date(2026, 1, 5), version: MessageVersion | None = None
) -> Thread:
    """A conversation of two, a message a day: "me" or "they"; counted at once."""
    thread = Thread.objects.create(owner=contact.owner, key=f"t{Thread.objects.count()}", version=version)
    ThreadPerson.objects.create(thread=thread, contact=contact)
    for day, who in enumerate(directions):
        PastMessage.objects.create(
            owner=contact.owner,
            thread=thread,
            sender=None if who == "me" else contact,
            outgoing=who == "me",
            sent_at=at(on + timedelta(days=day)),
            text_hash=str(day),
        )
    if directions[0] == "me":
        thread.opened_at = at(on)
        if "they" in directions:
            thread.answered_at = at(on + timedelta(days=directions.index("they")))
        thread.save()
    recount(contact.owner)
    return thread
