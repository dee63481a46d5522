"""The head of a profile, its summary, the birthday, and who may see which section."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.core.refusal import Refused, line_of, text_of
from kith.core.text import fold
from kith.members.models import Member
from kith.profiles.models import BY_OTHERS, DEFAULT_AUDIENCES, Audience, Profile, Section
from kith.profiles.typed import number_of

SUMMARY_LIMIT = 4_000
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@contextmanager
def own_profile(member: Member) -> Iterator[Profile]:
    """The member's profile, locked while it is changed and saved after; one edit at a time."""
    with transaction.atomic():
        Profile.objects.get_or_create(member=member)
        profile = Profile.objects.select_for_update().get(member=member)
        yield profile
        profile.changed_at = timezone.now()
        profile.save()


def edit_card(member: Member, *, name: str, pronunciation: str, headline: str, place: str) -> None:
    """Name, how it is said, headline and place: what every member sees of one."""
    name = line_of(name, 120, _("Name"), "name")
    if not name:
        raise Refused(_("Name: please give one."), "name")
    headline = line_of(headline, 220, _("Headline"), "headline")
    place = line_of(place, 120, _("Place"), "place")
    pronunciation = line_of(pronunciation, 120, _("How to say it"), "pronunciation")
    with own_profile(member) as profile:
        profile.pronunciation = pronunciation
        member.name, member.headline, member.place = name, headline, place
        member.sort_name = fold(name)[:120]
        member.save(update_fields=["name", "headline", "place", "sort_name"])


def write_summary(member: Member, text: str) -> None:
    """The summary, up to 4,000 characters; an empty one takes it away."""
    text = text_of(text, SUMMARY_LIMIT, _("Summary"), "summary")
    with own_profile(member) as profile:
        profile.summary = text


def set_birthday(member: Member, *, day: str, month: str) -> None:
    """Day and month, never the year; both empty take it away."""
    days, months = number_of(day, _("Day"), "day"), number_of(month, _("Month"), "month")
    if (days is None) != (months is None):
        raise Refused(_("Birthday: give both day and month, or neither."), "month" if days else "day")
    if months is not None and not 1 <= months <= 12:
        raise Refused(_("Month: a number from 1 to 12."), "month")
    if days is not None and not 1 <= days <= DAYS[(months or 1) - 1]:
        raise Refused(_("Day: this month has no day %(day)s.") % {"day": days}, "day")
    with own_profile(member) as profile:
        profile.birthday_day, profile.birthday_month = days, months


def set_audience(member: Member, section: str, audience: str) -> None:
    """Who may see a section from now on."""
    if section not in Section.values or audience not in Audience.values:
        raise Refused(_("Choose who may see it: only you, members, or everyone on the web."), "audience")
    if section == Section.PUBLIC_PHOTO and audience == Audience.ME:
        raise Refused(_("A photo nobody sees: take it away instead."), "audience")
    if section in BY_OTHERS and audience == Audience.WEB:
        raise Refused(_("Whoever wrote it agreed to members: choose members, or only you."), "audience")
    with own_profile(member) as profile:
        if audience == DEFAULT_AUDIENCES[section]:
            profile.audiences.pop(section, None)
        else:
            profile.audiences[section] = audience
