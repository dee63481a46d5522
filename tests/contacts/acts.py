"""Raw rows of private history, as an import would leave them."""

from datetime import UTC, date, datetime, timedelta

from kith.contacts.models import Contact, PastMessage, Talk, Thread, ThreadPerson
from kith.members.actions import join
from kith.members.models import Member

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


def member(name: str = "Ada") -> Member:
    return join(email=f"{name.lower()}@example.org", name=name)


def contact(owner: Member, name: str = "Bo Berg", **fields: object) -> Contact:
    return Contact.objects.create(owner=owner, name=name, **fields)


def thread(owner: Member, *people: Contact, **fields: object) -> Thread:
    made = Thread.objects.create(owner=owner, key=f"thread-{Thread.objects.count()}", **fields)
    for person in people:
        ThreadPerson.objects.create(thread=made, contact=person)
    return made


def said(where: Thread, sender: Contact | None, day: int = 0, **fields: object) -> PastMessage:
    """A message on that day after START; `sender` None is the owner."""
    return PastMessage.objects.create(
        owner=where.owner,
        thread=where,
        sender=sender,
        outgoing=sender is None,
        sent_at=START + timedelta(days=day),
        text_hash=f"{PastMessage.objects.count():032d}",
        **fields,
    )


def talk(person: Contact, held_on: date = date(2026, 1, 5)) -> Talk:
    return Talk.objects.create(owner=person.owner, contact=person, held_on=held_on)
