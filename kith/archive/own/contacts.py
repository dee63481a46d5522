"""The people of an export among those who are here: the same person is not made twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from kith.archive.export.tables import Table
from kith.archive.own.values import refuse
from kith.archive.reading.kith_export import Line
from kith.archive.writing.keep import BATCH
from kith.contacts.models import Contact
from kith.core.text import fold

if TYPE_CHECKING:
    from kith.archive.own.taking_in import Desk

EXACT = ("slug", "name", "email", "company", "title", "birthday", "phones", "connected_on")
FILLED = ("specialties", "good_fit_for")


def take_in(table: Table, lines: Iterator[Line], desk: Desk) -> None:
    """Match or add; a contact that is here stays as it is, but for what is blank of its owner's own words."""
    from kith.archive.own.taking_in import made_from

    read = [(line, made_from(table, line, desk)) for line in lines]
    people = {line.number: row for line, row in read if isinstance(row, Contact)}
    became: dict[int, Any] = {} if desk.was_empty else _match(desk, people)
    fresh = [(number, row) for number, row in people.items() if number not in became]
    for start in range(0, len(fresh), BATCH):
        Contact.objects.bulk_create([row for _, row in fresh[start : start + BATCH]])
    _fill({here: people[number] for number, here in became.items()})
    became |= {number: row.pk for number, row in fresh}
    new = dict(fresh)
    _merge([line for line, _ in read], new, became)
    desk.rows["contacts"] = became
    public_ids = dict(Contact.objects.owned_by(desk.owner).values_list("pk", "public_id"))
    desk.rows["contacts.public_id"] = {number: public_ids[pk] for number, pk in became.items()}
    desk.count(table.path, added=len(new), left=len(people) - len(new))


def _match(desk: Desk, people: dict[int, Contact]) -> dict[int, int]:
    """Equal in everything; else by profile address; else by e-mail or full name unique on both sides."""
    here = list(Contact.objects.owned_by(desk.owner).order_by("pk"))
    matched: dict[int, int] = {}
    taken: set[int] = set()
    for key_of in (_exactly, _by_slug, _by_email, _by_name):
        found = _pairs(
            [(number, row) for number, row in people.items() if number not in matched],
            [row for row in here if row.pk not in taken],
            key_of,
            in_order=key_of is _exactly,
        )
        matched |= found
        taken |= set(found.values())
    return matched


def _pairs(
    theirs: list[tuple[int, Contact]], here: list[Contact], key_of: Any, *, in_order: bool
) -> dict[int, int]:
    by_key: dict[Any, list[Contact]] = defaultdict(list)
    for row in here:
        by_key[key_of(row)].append(row)
    times = Counter(key_of(row) for _, row in theirs)
    nth: Counter[Any] = Counter()
    found = {}
    for number, row in theirs:
        key = key_of(row)
        candidates = by_key.get(key, []) if key else []
        if in_order and nth[key] < len(candidates):
            found[number] = candidates[nth[key]].pk
        elif not in_order and times[key] == len(candidates) == 1 and not _contradict(row, candidates[0]):
            found[number] = candidates[0].pk
        nth[key] += 1
    return found


def _exactly(row: Contact) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in EXACT)


def _by_slug(row: Contact) -> str | None:
    return row.slug


def _by_email(row: Contact) -> str:
    return row.email.lower()


def _by_name(row: Contact) -> str:
    return fold(row.name)


def _contradict(one: Contact, other: Contact) -> bool:
    """Two profile addresses are two people, unless their connection has one date."""
    return bool(
        one.slug
        and other.slug
        and one.slug != other.slug
        and (one.connected_on is None or one.connected_on != other.connected_on)
    )


def _fill(theirs: dict[int, Contact]) -> None:
    changed = []
    for here in Contact.objects.filter(pk__in=theirs):
        blank = [name for name in FILLED if not getattr(here, name) and getattr(theirs[here.pk], name)]
        for name in blank:
            setattr(here, name, getattr(theirs[here.pk], name))
        if blank:
            changed.append(here)
    Contact.objects.bulk_update(changed, FILLED, batch_size=BATCH)


def _merge(lines: list[Line], new: dict[int, Contact], became: dict[int, Any]) -> None:
    """Who stands behind whom; a ring would never end."""
    behind = {line.number: line.says.get("merged_into") for line in lines}
    for line in lines:
        seen, at = {line.number}, behind[line.number]
        while at is not None:
            if not isinstance(at, int) or at not in behind or at in seen:
                refuse(line, "merged_into", _("it leads to nobody"))
            seen.add(at)
            at = behind[at]
    merged = []
    for number, row in new.items():
        if (front := behind[number]) is not None and became[front] != row.pk:
            row.merged_into_id = became[front]
            merged.append(row)
    Contact.objects.bulk_update(merged, ["merged_into"], batch_size=BATCH)
