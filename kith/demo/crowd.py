"""The demo community's people, put into the house: at once, and their photos little by little."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kith.core.text import fold
from kith.demo import ties, vouching
from kith.demo.cast import CAST, LOOKS
from kith.demo.faces import draw_face
from kith.demo.people import Invented, invented
from kith.members import actions as members
from kith.members.models import Member
from kith.members.organisations import find_or_make
from kith.profiles.models import (
    Audience,
    Education,
    Language,
    Position,
    Profile,
    Section,
    Skill,
    Specialty,
)
from kith.profiles.photos import set_photo

BATCH = 25  # photos drawn before the worker looks whether somebody waits
ON_THE_WEB = (Section.SUMMARY, Section.SPECIALTIES, Section.POSITIONS, Section.PUBLIC_PHOTO)


def settle() -> int:
    """Let the invented people move in, once and only while the demo stands; how many came."""
    with transaction.atomic():
        if not settings.BOUND_TO_LOOPBACK or not members.walk_in_roles():
            return 0
        people = invented()
        hosts = Member.objects.from_demo().hosts().select_for_update()
        if not hosts.first() or Member.objects.filter(email__in=[one.email for one in people]).exists():
            return 0
        came = _move_in(people)
        circle = ties.tie(came | _cast(), people)
        vouching.vouch(circle)
        return len(came)


def draw_photos(most: int = BATCH) -> int:
    """Draw the next photos; how many are still to be drawn."""
    wanted = {person.email: person.look for person in invented() if person.has_photo} | LOOKS
    left = Member.objects.from_demo().filter(email__in=wanted, photo_key="")
    for member in left.order_by("pk")[:most]:
        set_photo(member, draw_face(member.email, wanted[member.email]))
    return left.count()


def _cast() -> dict[str, Member]:
    """Whom a visitor may walk in as, by address; two of them have been here for years."""
    cast = {member.email: member for member in members.walk_in_roles().values()}
    for (_name, email), days in ((CAST["host"], 1_300), (CAST["consultant"], 1_100), (CAST["new"], 1)):
        cast[email].joined_at = cast[email].confirmed_at = timezone.now() - timedelta(days=days)
    Member.objects.bulk_update(cast.values(), ["joined_at", "confirmed_at"])
    return cast


def _move_in(people: list[Invented]) -> dict[str, Member]:
    """In a few statements: through the doors of each section it would take half a minute."""
    came: list[tuple[Member, Invented]] = []
    for place, person in enumerate(people):
        member = members.join(email=person.email, name=person.name, from_demo=True)
        member.handle, member.headline, member.place = person.handle, person.headline, person.place
        member.joined_at = timezone.now() - timedelta(days=3 + place * 6)
        member.confirmed_at = member.joined_at
        came.append((member, person))
    fields = ["handle", "headline", "place", "joined_at", "confirmed_at"]
    Member.objects.bulk_update([member for member, _ in came], fields)
    Profile.objects.bulk_create(
        Profile(
            member=member,
            summary=person.summary,
            public_since=timezone.now() if person.is_public else None,
            audiences=dict.fromkeys(ON_THE_WEB, Audience.WEB.value) if person.is_public else {},
        )
        for member, person in came
        if person.summary or person.is_public
    )
    _write_rows(came)
    return {person.email: member for member, person in came}


def _write_rows(came: list[tuple[Member, Invented]]) -> None:
    names = {job.firm for _, person in came for job in person.jobs}
    names |= {school for _, person in came for school, *_ in person.schools}
    named = {name: find_or_make(name) for name in sorted(names)}
    rows: dict[Any, list[Any]] = {model: [] for model in (Position, Education, Specialty, Skill, Language)}
    for member, person in came:
        for place, job in enumerate(person.jobs):
            (start_year, start_month), (end_year, end_month) = job.start, job.end
            rows[Position].append(
                Position(
                    member=member,
                    place_in_list=place,
                    title=job.title,
                    organisation=named[job.firm],
                    place=job.place,
                    description=job.told,
                    start_year=start_year,
                    start_month=start_month,
                    end_year=end_year,
                    end_month=end_month,
                )
            )
        for place, (school, degree, field, year) in enumerate(person.schools):
            rows[Education].append(
                Education(
                    member=member,
                    place_in_list=place,
                    school=named[school],
                    degree=degree,
                    field=field,
                    start_year=year - 3,
                    end_year=year,
                )
            )
        rows[Specialty] += [
            Specialty(member=member, place_in_list=place, text=text, key=fold(text))
            for place, text in enumerate(person.specialties)
        ]
        rows[Skill] += [
            Skill(member=member, place_in_list=place, name=name, key=fold(name))
            for place, name in enumerate(person.skills)
        ]
        rows[Language] += [
            Language(member=member, place_in_list=place, name=name, level=level)
            for place, (name, level) in enumerate(person.languages)
        ]
    for model, made in rows.items():
        model.objects.bulk_create(made)
