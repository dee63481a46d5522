"""What ties the viewer to somebody before they ask each other for anything; each part says it in one sentence."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.contacts.models import Contact
from kith.desk.beside import Beside
from kith.desk.known import known_contacts
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network.reach import Reach
from kith.profiles.models import Education, Position
from kith.profiles.shown import rows_shown

EVER = 9_999  # no end known of work: it lasts
Mutuals = dict[int, tuple[int, tuple[int, ...]]]  # how many, and three of them


@dataclass(frozen=True)
class Ties:
    """Sentences, the closest tie first; none means that asking would be blind (INV-01)."""

    sentences: Sequence[str] = field(default_factory=list)

    @property
    def is_blind(self) -> bool:
        return not self.sentences


def ties(viewer: Viewer, member: Member) -> Ties:
    """What ties the viewer to one member."""
    return ties_of(viewer, [member])[member.pk]


def ties_of(
    viewer: Viewer, members: Sequence[Member], near: Mapping[int, Beside] | None = None
) -> dict[int, Ties]:
    """The same for everybody of a page; `near` if the page has it, so that nothing is asked twice."""
    keys = [member.pk for member in members]
    if near is None:
        contacts, counted = known_contacts(viewer, keys), _counted(viewer, keys)
    else:
        contacts = {key: contact for key in keys if (contact := near[key].contact)}
        counted = {key: (near[key].tie.mutual_count, near[key].tie.mutual_ids) for key in keys}
    parts = (_exchanges(contacts), _mutuals(viewer, counted), _together(viewer, keys))
    return {key: Ties([sentence for part in parts for sentence in part.get(key, ())]) for key in keys}


def _exchanges(contacts: Mapping[int, Contact]) -> dict[int, list[str]]:
    """What passed between the two, by the viewer's own talks and archive."""
    found = ((key, _exchange(contact)) for key, contact in contacts.items())
    return {key: [sentence] for key, sentence in found if sentence}


def _exchange(contact: Contact) -> str:
    if contact.last_talk_on:
        day = date_format(contact.last_talk_on, "F Y")
        return _("You have spoken with each other, last in %(month)s.") % {"month": day}
    if contact.exchange_count and contact.last_exchange_at:
        said = ngettext(
            "Your archive holds %(n)s message between you, of %(month)s.",
            "Your archive holds %(n)s messages between you, the last of %(month)s.",
            contact.exchange_count,
        )
        day = date_format(contact.last_exchange_at, "F Y")
        return said % {"n": f"{contact.exchange_count:,}", "month": day}
    if contact.connected_on:
        day = date_format(contact.connected_on, "F Y")
        return _("Your archive has you connected elsewhere since %(month)s.") % {"month": day}
    return ""


def _counted(viewer: Viewer, keys: Iterable[int]) -> Mutuals:
    return Reach(viewer.member.pk, viewer.out_of_sight_ids).mutuals(keys) if viewer.member else {}


def _mutuals(viewer: Viewer, counted: Mutuals) -> dict[int, list[str]]:
    """Whom both know, three of them by name."""
    wanted = {face for _count, faces in counted.values() for face in faces}
    seen = Member.objects.visible_to(viewer).filter(pk__in=wanted) if wanted else Member.objects.none()
    names = dict(seen.values_list("pk", "name"))
    return {
        key: [_know(count, [names[face] for face in faces if face in names])]
        for key, (count, faces) in counted.items()
        if count
    }


def _know(count: int, names: list[str]) -> str:
    others = count - len(names)
    if not names:
        said = ngettext("You both know %(n)s person.", "You both know %(n)s people.", count)
        return said % {"n": f"{count:,}"}
    if others:
        said = ngettext(
            "You both know %(names)s and %(n)s other.", "You both know %(names)s and %(n)s others.", others
        )
        return said % {"names": ", ".join(names), "n": f"{others:,}"}
    *first, last = names
    if first:
        return _("You both know %(names)s and %(last)s.") % {"names": ", ".join(first), "last": last}
    return _("You both know %(name)s.") % {"name": last}


def _together(viewer: Viewer, keys: Iterable[int]) -> dict[int, list[str]]:
    """Where both were at the same time, as far as the other shows it to the viewer."""
    found: dict[int, list[str]] = {}
    if viewer.member is None:
        return found
    worked = _("You were both at %(place)s, %(years)s.")
    learned = _("You were both at school at %(place)s, %(years)s.")
    for model, path, sentence in ((Position, "organisation", worked), (Education, "school", learned)):
        shown: Any = rows_shown(model, viewer).filter(member__in=[*keys, viewer.member.pk])
        rows = list(
            shown.exclude(start_year=None).exclude(**{path: None}).select_related(f"{path}__merged_into")
        )
        mine = [row for row in rows if row.member_id == viewer.member.pk]
        for row in rows:
            place = getattr(row, path).stands_for
            for own in mine if row.member_id != viewer.member.pk else ():
                if place == getattr(own, path).stands_for and (years := _overlap(own, row)):
                    said = sentence % {"place": place.name, "years": years}
                    found.setdefault(row.member_id, []).append(said)
    return {key: list(dict.fromkeys(said)) for key, said in found.items()}


def _overlap(one: Position | Education, other: Position | Education) -> str:
    """The years both were there; empty if they missed each other or it cannot be known."""
    (start, end), (other_start, other_end) = _span(one), _span(other)
    first, last = max(start, other_start), min(end, other_end)
    if first > last:
        return ""
    first_year, last_year = first // 12, last // 12
    if last_year == EVER:
        return _("since %(year)s") % {"year": first_year}
    return str(first_year) if first_year == last_year else f"{first_year}–{last_year}"


def _span(row: Position | Education) -> tuple[int, int]:
    """First and last month, counted from the year nought; a month that is not known reaches as far as it can."""
    start_month, end_month = getattr(row, "start_month", None), getattr(row, "end_month", None)
    start = (row.start_year or 0) * 12 + (start_month or 1) - 1
    if row.end_year is None:
        # A school without an end is known for the year it began, no longer.
        last = EVER if isinstance(row, Position) else (row.start_year or 0)
        return start, last * 12 + 11
    return start, row.end_year * 12 + (end_month or 12) - 1
