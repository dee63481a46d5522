"""Matching the people of an archive with the contacts its owner already has (8.3)."""

from collections import Counter, defaultdict
from datetime import date

from kith.archive.reading.model import Archive, Person
from kith.archive.writing.keep import BATCH
from kith.contacts.models import Contact, ImportRun, Sighting
from kith.core.text import as_given, clean_line, fold

Contacts = dict[int, int]  # Person.key -> Contact.pk; placeholders have none


def write(run: ImportRun, archive: Archive) -> Contacts:
    """One contact a person, one sighting a contact; returns who became whom."""
    named = [person for person in archive.people if not person.is_placeholder]
    by_key = _match(run, named)
    fresh = {
        person.key: Contact(owner_id=run.owner_id, slug=person.slug, name=as_given(person.name))
        for person in named
        if person.key not in by_key
    }
    Contact.objects.bulk_create(fresh.values(), batch_size=BATCH)
    by_key |= {key: contact.pk for key, contact in fresh.items()}
    known = set(Sighting.objects.filter(run=run).values_list("contact_id", flat=True))
    sightings: dict[int, Sighting] = {}
    for person in named:
        contact_id = by_key[person.key]
        if contact_id not in known and contact_id not in sightings:
            sightings[contact_id] = _sighting(run, person, contact_id)
    _add_address_book(run, archive, by_key, sightings)
    Sighting.objects.bulk_create(sightings.values(), batch_size=BATCH)
    return by_key


def _sighting(run: ImportRun, person: Person, contact_id: int) -> Sighting:
    return Sighting(
        owner_id=run.owner_id,
        contact_id=contact_id,
        run=run,
        name=as_given(person.name),
        slug=person.slug,
        email=(person.email or "")[:254],
        company=clean_line(person.company),
        title=clean_line(person.title),
        connected_on=person.connected_on,
    )


def _match(run: ImportRun, named: list[Person]) -> Contacts:
    """By slug, then e-mail, then a full name that is unique on both sides and does not contradict."""
    rows = list(
        Contact.objects.owned_by(run.owner).values_list("pk", "slug", "email", "name", "connected_on")
    )
    by_slug = {slug: pk for pk, slug, *_ in rows if slug}
    by_email: dict[str, list[int]] = defaultdict(list)
    by_name: dict[str, list[tuple[int, str | None, date | None]]] = defaultdict(list)
    for pk, slug, email, name, connected_on in rows:
        if email:
            by_email[email.lower()].append(pk)
        if name:
            by_name[fold(name)].append((pk, slug, connected_on))
    names_here = Counter(fold(person.name) for person in named)
    matched: Contacts = {}
    taken: set[int] = set()
    for person in named:
        if person.slug and person.slug in by_slug:
            matched[person.key] = by_slug[person.slug]
            taken.add(by_slug[person.slug])
    for person in named:
        if person.key in matched:
            continue
        found = _by_email(person, by_email, taken) or _by_name(person, by_name, names_here, taken)
        if found:
            matched[person.key] = found
            taken.add(found)
    return matched


def _by_email(person: Person, by_email: dict[str, list[int]], taken: set[int]) -> int | None:
    found = by_email.get((person.email or "").lower(), [])
    return found[0] if len(found) == 1 and found[0] not in taken else None


def _by_name(
    person: Person,
    by_name: dict[str, list[tuple[int, str | None, date | None]]],
    names_here: Counter[str],
    taken: set[int],
) -> int | None:
    key = fold(person.name)
    candidates = [row for row in by_name.get(key, []) if row[0] not in taken]
    same_day = [
        pk for pk, slug, on in candidates if on and on == person.connected_on and not (slug and person.slug)
    ]
    if same_day:
        return same_day[0]  # homonyms of slugless archives: paired in order, so that a rerun adds nobody
    if names_here[key] != 1 or len(candidates) != 1:
        return None
    pk, slug, connected_on = candidates[0]
    if slug and person.slug:  # a slug may have been changed by its owner: believe it only with the same date
        return pk if connected_on and connected_on == person.connected_on else None
    return pk


def _add_address_book(
    run: ImportRun, archive: Archive, by_key: Contacts, sightings: dict[int, Sighting]
) -> None:
    """Phone-book entries, only if ticked; birthdays only if ticked apart."""
    if not run.choices.get("phone_book"):
        return
    emails = {
        email.lower(): pk
        for pk, email in Contact.objects.owned_by(run.owner).exclude(email="").values_list("pk", "email")
    }
    for entry in archive.address_book:
        contact_id = by_key.get(entry.person) if entry.person is not None else None
        if contact_id is None:
            contact_id = next((emails[e.lower()] for e in entry.emails if e.lower() in emails), None)
        if contact_id is None:
            if not clean_line(entry.name):
                continue
            contact = Contact.objects.create(owner_id=run.owner_id, name=clean_line(entry.name))
            contact_id = contact.pk
            emails |= {email.lower(): contact_id for email in entry.emails}
        sighting = sightings.get(contact_id)
        if sighting is None:
            sighting = sightings[contact_id] = Sighting(
                owner_id=run.owner_id,
                contact_id=contact_id,
                run=run,
                name=clean_line(entry.name),
                company=clean_line(entry.company),
                title=clean_line(entry.title),
            )
        sighting.email = sighting.email or (entry.emails[0].lower()[:254] if entry.emails else "")
        sighting.phones = clean_line(", ".join(entry.phones))
        if run.choices.get("birthdays"):
            sighting.birthday = clean_line(entry.birthday, 20)
