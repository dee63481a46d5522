"""Ten thousand contacts go out within a minute, come in again, and are erased (G16, G17)."""

import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kith.archive import erasure
from kith.archive.actions import import_now
from kith.archive.export.zip import write_zip
from kith.contacts.models import Contact, ImportRun, Note, PastMessage, Sighting, Talk, Thread, ThreadPerson
from kith.members.models import Member

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CONTACTS, MESSAGES = 10_000, 5
START = datetime(2024, 1, 1, tzinfo=UTC)


def fill(owner: Member) -> None:
    """Each contact with a sighting, a talk, a note, and a conversation of five messages."""
    run = ImportRun.objects.create(
        owner=owner, file_name="a.zip", finished_at=START, as_of=START.date(), report={}
    )
    people = Contact.objects.bulk_create(
        [
            Contact(owner=owner, name=f"Person {n}", slug=f"p{n}", email=f"p{n}@example.org", company="Acme")
            for n in range(CONTACTS)
        ],
        batch_size=2_000,
    )
    own = {"owner": owner}
    Sighting.objects.bulk_create(
        Sighting(**own, contact=p, run=run, name=p.name, slug=p.slug, email=p.email, company=p.company)
        for p in people
    )
    Talk.objects.bulk_create(
        Talk(**own, contact=p, held_on=date(2025, 5, 5), notes="Well. " * 20) for p in people
    )
    Note.objects.bulk_create(Note(**own, contact=p, text="likes trains " * 20) for p in people)
    threads = Thread.objects.bulk_create(Thread(**own, key=f"t{p.pk}", seen_in=[run.pk]) for p in people)
    ThreadPerson.objects.bulk_create(
        ThreadPerson(thread=thread, contact=p) for thread, p in zip(threads, people, strict=True)
    )
    PastMessage.objects.bulk_create(
        (
            PastMessage(
                **own, thread=thread, sender=p if n % 2 else None, outgoing=not n % 2, seen_in=[run.pk],
                sent_at=START + timedelta(hours=n), text_hash=f"{n:032d}", text="Hello there, how are you? " * 10,
            )
            for thread, p in zip(threads, people, strict=True)
            for n in range(MESSAGES)
        ),
        batch_size=5_000,
    )  # fmt: skip


def test_ten_thousand_contacts_within_a_minute(ada: Member, bo: Member, tmp_path: Path) -> None:
    fill(ada)
    took = {}
    began = time.monotonic()
    counts = write_zip(ada, tmp_path / "out.zip", "Kith", lambda step, share: None)
    took["out"] = time.monotonic() - began
    began = time.monotonic()
    import_now(bo, tmp_path / "out.zip")
    took["in"] = time.monotonic() - began
    began = time.monotonic()
    erasure.erase(ada)
    took["erased"] = time.monotonic() - began
    print({key: round(seconds, 1) for key, seconds in took.items()}, sum(counts.values()), "rows",
          (tmp_path / "out.zip").stat().st_size // 1000, "kB")  # fmt: skip
    assert took["out"] < 60 and took["erased"] < 60
    assert Contact.objects.owned_by(bo).count() == CONTACTS and not Contact.objects.owned_by(ada).exists()
