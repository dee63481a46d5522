"""Taking a roster in: new entries, known ones brought up to date, the host's own fields of who is here already."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import QuerySet

from kith.members.audit import record
from kith.members.hosting import host_field
from kith.members.models import HostField, Member, RosterEntry
from kith.members.roster import email_hash, fill_fields
from kith.members.roster_file import Person, Reading

FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass
class Plan:
    """Who of a reading is new, on the roster already, a member already, or wants no letters."""

    new: list[Person] = field(default_factory=list)
    known: list[Person] = field(default_factory=list)
    members: list[Person] = field(default_factory=list)
    never: list[Person] = field(default_factory=list)

    @property
    def total(self) -> int:
        return len(self.new) + len(self.known) + len(self.members)


def plan(reading: Reading) -> Plan:
    """Sort a reading by what is here; writes nothing."""
    here = set(_by_email(person.email for person in reading.people))
    hashes = {person.email: email_hash(person.email) for person in reading.people}
    rows = RosterEntry.objects.filter(email_hash__in=hashes.values())
    never = dict(rows.values_list("email_hash", "never_again_at"))
    found = Plan()
    for person in reading.people:
        if person.email in here:
            found.members.append(person)
        elif hashes[person.email] not in never:
            found.new.append(person)
        elif never[hashes[person.email]]:
            found.never.append(person)
        else:
            found.known.append(person)
    return found


def take_in(reading: Reading, host: Member) -> Plan:
    """Write a roster in one transaction; the same file again changes nothing but what it says anew."""
    with transaction.atomic():
        found = plan(reading)
        labels = {label for person in reading.people for label in person.own}
        keys = {label: host_field(label).key for label in sorted(labels)}
        RosterEntry.objects.bulk_create(
            [
                RosterEntry(
                    email=person.email,
                    email_hash=email_hash(person.email),
                    name=person.name,
                    fields=_keyed(person, keys),
                    made_by=host,
                )
                for person in found.new
            ],
            ignore_conflicts=True,
            batch_size=1_000,
        )
        _bring_up_to_date(found.known, keys)
        here = _by_email(person.email for person in found.members)
        for person in found.members:
            fill_fields(here[person.email], _keyed(person, keys))
        record(
            "roster_read_in",
            actor=host,
            new=len(found.new),
            known=len(found.known),
            members=len(found.members),
            bad=len(reading.bad),
        )
    return found


def as_csv(entries: QuerySet[RosterEntry], host: Member) -> Iterator[str]:
    """The roster as a table, one line at a time; a cell that a sheet would reckon with is quoted off."""
    record("roster_exported", actor=host, entries=entries.count())
    fields = list(HostField.objects.all())
    yield "\ufeff" + _line(["E-mail", "Name", *[field.label for field in fields], "State", "Since"])
    for entry in entries.iterator(chunk_size=1_000):
        state, since = entry.standing
        own = [entry.fields.get(field.key, "") for field in fields]
        yield _line([entry.email, entry.name, *own, str(state), f"{since:%Y-%m-%d}"])


def _bring_up_to_date(people: list[Person], keys: dict[str, str]) -> None:
    hashes = {email_hash(person.email): person for person in people}
    rows = list(RosterEntry.objects.filter(email_hash__in=hashes, claimed_at__isnull=True))
    for row in rows:
        person = hashes[row.email_hash]
        row.name = person.name or row.name
        row.fields = {**row.fields, **_keyed(person, keys)}
    RosterEntry.objects.bulk_update(rows, ["name", "fields"], batch_size=500)


def _by_email(emails: Iterable[str]) -> dict[str, Member]:
    wanted = set(emails)
    return {row.email.lower(): row for row in Member.objects.filter(email__in=wanted)}


def _keyed(person: Person, keys: dict[str, str]) -> dict[str, str]:
    return {keys[label]: value for label, value in person.own.items()}


def _line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    return out.getvalue()
