"""An address book of 30,000 contacts, 25,000 messages and 5,000 invitations, made quickly."""

import random
from datetime import UTC, date, datetime, timedelta

from kith.contacts.exchange import recount
from kith.contacts.models import (
    Contact,
    MessageVersion,
    PastEndorsement,
    PastInvitation,
    PastMessage,
    Thread,
    ThreadPerson,
)
from kith.members.models import Member
from tests.insights.world import AS_OF, came_in


def fill(owner: Member, contacts: int = 30_000, messages: int = 25_000, seed: int = 5) -> None:
    dice = random.Random(seed)
    noon = datetime(AS_OF.year, AS_OF.month, AS_OF.day, 12, tzinfo=UTC)
    came_in(owner)
    people = Contact.objects.bulk_create(
        Contact(
            owner=owner,
            name=f"Person {number}",
            sort_name=f"person {number}",
            company=f"Company {int(dice.paretovariate(0.5)) % 9_000}",
            title=f"Title {int(dice.paretovariate(0.5)) % 6_000}",
            connected_on=date(2008, 1, 1) + timedelta(days=dice.randrange(6_800)),
        )
        for number in range(contacts)
    )
    versions = MessageVersion.objects.bulk_create(
        MessageVersion(owner=owner, text=f"Hi …, version {number} of what I write first.")
        for number in range(600)
    )
    threads = []
    for number in range(messages // 4):
        opened = noon - timedelta(days=dice.randrange(1_500), hours=dice.randrange(24))
        threads.append(
            Thread(
                owner=owner,
                key=str(number),
                version=versions[int(dice.paretovariate(0.6)) % 600],
                opened_at=opened,
                answered_at=opened + timedelta(hours=5) if dice.random() < 0.3 else None,
            )
        )
    Thread.objects.bulk_create(threads)
    with_whom = [dice.choice(people) for _thread in threads]
    ThreadPerson.objects.bulk_create(
        ThreadPerson(thread=thread, contact=person) for thread, person in zip(threads, with_whom, strict=True)
    )
    PastMessage.objects.bulk_create(
        PastMessage(
            owner=owner,
            thread=thread,
            sender=person if hour % 2 else None,
            outgoing=not hour % 2,
            sent_at=(thread.opened_at or noon) + timedelta(hours=hour),
            text_hash=str(hour),
        )
        for thread, person in zip(threads, with_whom, strict=True)
        for hour in range(4)
        if not hour or thread.answered_at
    )
    PastInvitation.objects.bulk_create(
        PastInvitation(
            owner=owner,
            contact=person,
            outgoing=dice.random() < 0.7,
            sent_at=noon - timedelta(days=dice.randrange(280)),
            note="Hello" if dice.random() < 0.2 else "",
            accepted=dice.random() < 0.6,
        )
        for person in people[:5_000]
    )
    PastEndorsement.objects.bulk_create(
        PastEndorsement(
            owner=owner,
            contact=person,
            received=True,
            skill=f"Skill {number % 40}",
            endorsed_at=noon - timedelta(days=number),
        )
        for number, person in enumerate(people[:3_000])
    )
    recount(owner)
