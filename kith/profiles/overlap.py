"""Where two people worked at the same time, by what their profiles say."""

from django.utils import timezone
from django.utils.translation import gettext as _

from kith.members.models import Member
from kith.members.policy import Viewer
from kith.profiles.models import Position
from kith.profiles.shown import rows_shown


def worked_together(viewer: Viewer, other: Member) -> str:
    """“Novamed, 2017–2019”, from positions the viewer may see; the longest overlap, empty without one."""
    assert viewer.member
    rows = rows_shown(Position, viewer).filter(member__in=[viewer.member, other], start_year__isnull=False)
    mine: list[Position] = []
    theirs: list[Position] = []
    for row in rows.exclude(organisation=None).select_related("organisation__merged_into"):
        (mine if row.member_id == viewer.member.pk else theirs).append(row)
    found = [span for one in mine for another in theirs if (span := _span(one, another))]
    if not found:
        return ""
    _length, name, start, end = max(found)
    until = str(end) if end < timezone.localdate().year else _("now")
    return f"{name}, {start}" if str(start) == until else f"{name}, {start}–{until}"


def _span(one: Position, other: Position) -> tuple[int, str, int, int] | None:
    if one.organisation is None or other.organisation is None:
        return None
    place, now = one.organisation.stands_for, timezone.localdate().year
    if place != other.organisation.stands_for:
        return None
    start = max(one.start_year or now, other.start_year or now)
    end = min(one.end_year or now, other.end_year or now)
    return (end - start, place.name, start, end) if start <= end else None
