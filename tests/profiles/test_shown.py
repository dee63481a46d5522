"""Every section, every audience, every role: who sees what of a profile."""

import pytest
from django.utils import timezone

from kith.members.models import Block, HostField, Member, MemberField, Organisation
from kith.members.policy import Viewer
from kith.profiles.models import (
    BY_OTHERS,
    Audience,
    ContactField,
    Education,
    Language,
    Link,
    Position,
    Profile,
    Section,
    Skill,
    Specialty,
)
from kith.profiles.shown import ROWS, Role, rows_shown, shown_profile

pytestmark = pytest.mark.thorough

SHOWN_TO = {
    Audience.ME: {Role.SELF},
    Audience.MEMBERS: {Role.SELF, Role.MEMBER, Role.HOST},
    Audience.WEB: {Role.SELF, Role.MEMBER, Role.HOST, Role.WEB},
}
PLACES = {
    Section.SUMMARY: lambda shown: shown.summary,
    Section.SPECIALTIES: lambda shown: shown.specialties,
    Section.POSITIONS: lambda shown: shown.positions,
    Section.EDUCATION: lambda shown: shown.education,
    Section.SKILLS: lambda shown: shown.skills,
    Section.LANGUAGES: lambda shown: shown.languages,
    Section.LINKS: lambda shown: shown.links,
    Section.BIRTHDAY: lambda shown: shown.birthday,
    Section.ENDORSEMENTS: lambda shown: shown.endorsements,
    Section.RECOMMENDATIONS: lambda shown: shown.recommendations,
    Section.PUBLIC_PHOTO: lambda shown: shown.card and shown.card.photo_key and shown.card.banner_key,
}


def seen_by(section: Section, audience: Audience) -> set[Role]:
    """Words of others never leave the members, whatever stands in the row."""
    return SHOWN_TO[audience] - ({Role.WEB} if section in BY_OTHERS else set())


@pytest.fixture
def full(ada: Member) -> Profile:
    """Ada with something in every section, and a public page."""
    Member.objects.filter(pk=ada.pk).update(photo_key="abcabcabcabc")
    ada.refresh_from_db()
    novamed = Organisation.objects.create(name="Novamed", key="novamed")
    Specialty.objects.create(member=ada, text="Blogging", key="blogging")
    Position.objects.create(member=ada, title="Editor", organisation=novamed)
    Education.objects.create(member=ada, school=novamed)
    Skill.objects.create(member=ada, name="Editing", key="editing")
    Language.objects.create(member=ada, name="Norwegian")
    Link.objects.create(member=ada, url="https://ada.example/")
    return Profile.objects.create(
        member=ada,
        summary="I write.",
        birthday_month=3,
        birthday_day=9,
        banner_key="defdefdefdef",
        public_since=timezone.now(),
    )


@pytest.fixture
def viewers(ada: Member, bo: Member, mal: Member, hana: Member) -> dict[Role, Viewer]:
    Block.objects.create(blocker=ada, blocked=mal)
    people = {Role.WEB: None, Role.MEMBER: bo, Role.BLOCKED: mal, Role.HOST: hana, Role.SELF: ada}
    return {role: Viewer(member) for role, member in people.items()}


def test_every_section_has_a_place_to_look_at() -> None:
    assert set(PLACES) == set(Section)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("audience", Audience)
@pytest.mark.parametrize("section", Section)
def test_a_section_is_shown_to_its_audience_alone(
    section: Section, audience: Audience, role: Role, full: Profile, viewers: dict[Role, Viewer]
) -> None:
    others = Audience.ME if audience == Audience.WEB else Audience.WEB
    full.audiences = {each.value: others.value for each in Section} | {section.value: audience.value}
    full.save()
    shown = shown_profile(full.member, viewers[role])
    assert shown.as_role == role
    assert bool(PLACES[section](shown)) == (role in seen_by(section, audience))
    for other in set(Section) - {section}:
        assert bool(PLACES[other](shown)) == (role in seen_by(other, others))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("audience", Audience)
def test_every_contact_field_has_an_audience_of_its_own(
    audience: Audience, role: Role, full: Profile, viewers: dict[Role, Viewer]
) -> None:
    ContactField.objects.create(member=full.member, kind="phone", value="1", audience=Audience.ME)
    field = ContactField.objects.create(member=full.member, kind="email", value="a@b.c", audience=audience)
    shown = shown_profile(full.member, viewers[role])
    assert (field in shown.contact) == (role in SHOWN_TO[audience])
    assert (len(shown.contact) == 2) == (role == Role.SELF)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.SELF])
def test_view_as_is_what_that_role_gets(role: Role, full: Profile, viewers: dict[Role, Viewer]) -> None:
    as_role = shown_profile(full.member, viewers[Role.SELF], role)
    assert as_role == shown_profile(full.member, viewers[role])


def test_only_the_owner_may_look_as_somebody_else(full: Profile, viewers: dict[Role, Viewer]) -> None:
    assert shown_profile(full.member, viewers[Role.MEMBER], Role.SELF).as_role == Role.MEMBER
    assert shown_profile(full.member, viewers[Role.BLOCKED], Role.MEMBER).card is None


@pytest.mark.parametrize("role", Role)
def test_the_web_finds_nobody_who_did_not_opt_in(
    role: Role, full: Profile, viewers: dict[Role, Viewer]
) -> None:
    full.public_since = None
    full.save()
    assert (shown_profile(full.member, viewers[role]).card is None) == (role in (Role.WEB, Role.BLOCKED))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("change", ["confirmed_at", "suspended_at", "is_active"])
def test_who_is_not_let_in_is_found_by_nobody_else(
    change: str, role: Role, full: Profile, viewers: dict[Role, Viewer]
) -> None:
    value = {"confirmed_at": None, "suspended_at": timezone.now(), "is_active": False}[change]
    setattr(full.member, change, value)
    shown = shown_profile(full.member, viewers[role])
    assert (shown.card is None) == (role != Role.SELF)


def test_who_is_held_outside_sees_what_the_web_sees(full: Profile, bo: Member) -> None:
    bo.confirmed_at = None
    assert shown_profile(full.member, Viewer(bo)).as_role == Role.WEB


@pytest.mark.parametrize("role", Role)
def test_the_hosts_own_fields_are_for_the_member_and_the_host(
    role: Role, full: Profile, viewers: dict[Role, Viewer]
) -> None:
    field = HostField.objects.create(key="class", label="Class of")
    MemberField.objects.create(member=full.member, field=field, value="1998")
    shown = shown_profile(full.member, viewers[role])
    assert bool(shown.host_fields) == (role in (Role.SELF, Role.HOST))


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("audience", [None, *Audience])
@pytest.mark.parametrize("section", ROWS)
def test_finding_shows_no_row_that_the_profile_does_not(
    section: Section, audience: Audience | None, role: Role, full: Profile, viewers: dict[Role, Viewer]
) -> None:
    full.audiences = {section.value: audience.value} if audience else {}
    full.save()
    found = list(rows_shown(ROWS[section], viewers[role]))
    seen = list(PLACES[section](shown_profile(full.member, viewers[role])))
    assert found == ([] if role == Role.WEB else seen)


def test_finding_sees_who_never_wrote_a_profile(ada: Member, bo: Member) -> None:
    skill = Skill.objects.create(member=ada, name="Editing", key="editing")
    assert list(rows_shown(Skill, Viewer(bo))) == [skill]


def test_nobody_but_the_owner_learns_the_audiences(full: Profile, viewers: dict[Role, Viewer]) -> None:
    assert {role for role in Role if shown_profile(full.member, viewers[role]).audiences} == {Role.SELF}
