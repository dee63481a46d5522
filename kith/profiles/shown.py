"""What of a member's profile somebody sees: the one place that decides it, for pages, files and finding."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.members.models import Member, MemberField
from kith.members.policy import Viewer
from kith.profiles.models import (
    BY_OTHERS,
    DEFAULT_AUDIENCES,
    Audience,
    ContactField,
    Education,
    Language,
    Link,
    Position,
    Profile,
    ProfileRow,
    Section,
    Skill,
    Specialty,
)

RowT = TypeVar("RowT", bound=ProfileRow)


class Role(models.TextChoices):
    """How somebody stands towards a profile; every role that exists."""

    WEB = "web", _("anybody on the web")
    MEMBER = "member", _("a member")
    BLOCKED = "blocked", _("somebody blocked")
    HOST = "host", _("the host")
    SELF = "me", _("you")


SEEN_BY = {
    Role.WEB: (Audience.WEB,),
    Role.MEMBER: (Audience.MEMBERS, Audience.WEB),
    Role.HOST: (Audience.MEMBERS, Audience.WEB),
    Role.SELF: (Audience.ME, Audience.MEMBERS, Audience.WEB),
    Role.BLOCKED: (),
}
ROWS: dict[Section, type[ProfileRow]] = {
    Section.SPECIALTIES: Specialty,
    Section.POSITIONS: Position,
    Section.EDUCATION: Education,
    Section.SKILLS: Skill,
    Section.LANGUAGES: Language,
    Section.LINKS: Link,
}
ORGANISED: dict[type[ProfileRow], str] = {Position: "organisation", Education: "school"}


@dataclass(frozen=True)
class Card:
    """The head of a profile; the keys are empty where the photo is not for this viewer."""

    name: str
    handle: str
    headline: str
    place: str
    pronunciation: str = ""
    photo_key: str = ""
    banner_key: str = ""


@dataclass(frozen=True)
class ShownProfile:
    """A profile as one role gets it: no card means that there is nobody here; what is not shown is empty."""

    member: Member
    as_role: Role
    card: Card | None = None
    summary: str = ""
    specialties: Sequence[Specialty] = ()
    positions: Sequence[Position] = ()
    education: Sequence[Education] = ()
    skills: Sequence[Skill] = ()
    languages: Sequence[Language] = ()
    links: Sequence[Link] = ()
    birthday: tuple[int, int] | None = None  # month, day
    contact: Sequence[ContactField] = ()
    host_fields: Sequence[MemberField] = ()  # the host's own, for the member and the host
    endorsements: bool = False  # whether this role reads who vouches (profiles.vouched)
    recommendations: bool = False
    audiences: dict[str, Audience] = field(default_factory=dict)  # only for the owner
    public_since: object = None

    @property
    def is_own(self) -> bool:
        return self.as_role == Role.SELF

    @property
    def is_empty(self) -> bool:
        """Nothing but the card."""
        return not any(
            (self.summary, self.specialties, self.positions, self.education, self.skills, self.languages,
             self.links, self.birthday, self.contact)
        )  # fmt: skip


def shown_profile(member: Member, viewer: Viewer, as_role: Role | None = None) -> ShownProfile:
    """The profile as this viewer gets it; its owner may ask for it as another role gets it."""
    role = role_of(member, viewer)
    if as_role and role == Role.SELF:
        role = as_role
    profile = Profile.objects.filter(member=member).first() or Profile(member=member)
    if not _is_there(member, profile, role):
        return ShownProfile(member, role)
    sees = {section for section in Section if audience_of(profile, section) in SEEN_BY[role]}
    rows = {section.value: _rows(model, member) for section, model in ROWS.items() if section in sees}
    contact = ContactField.objects.of(member).filter(audience__in=SEEN_BY[role])
    return ShownProfile(
        member,
        role,
        card=_card(member, profile, Section.PUBLIC_PHOTO in sees),
        summary=profile.summary if Section.SUMMARY in sees else "",
        birthday=_birthday(profile) if Section.BIRTHDAY in sees else None,
        contact=list(contact),
        host_fields=_host_fields(member) if role in (Role.SELF, Role.HOST) else (),
        audiences={s.value: audience_of(profile, s) for s in Section} if role == Role.SELF else {},
        public_since=profile.public_since,
        endorsements=Section.ENDORSEMENTS in sees,
        recommendations=Section.RECOMMENDATIONS in sees,
        **rows,  # type: ignore[arg-type]
    )


def shown_work(members: Sequence[Member], viewer: Viewer | None = None) -> dict[int, ShownProfile]:
    """Card, summary and positions alone of many, as `shown_profile` shows them; to any member, without a viewer."""
    profiles = {row.member_id: row for row in Profile.objects.filter(member__in=members)}
    held: dict[int, list[Position]] = {}
    rows = Position.objects.filter(member__in=members).select_related("organisation__merged_into")
    for row in rows.order_by("place_in_list", "id"):
        held.setdefault(row.member_id, []).append(row)
    found: dict[int, ShownProfile] = {}
    for member in members:
        role = role_of(member, viewer) if viewer else Role.MEMBER
        profile = profiles.get(member.pk) or Profile(member=member)
        sees = {section for section in Section if audience_of(profile, section) in SEEN_BY[role]}
        found[member.pk] = ShownProfile(member, role)
        if _is_there(member, profile, role):
            found[member.pk] = ShownProfile(
                member,
                role,
                card=_card(member, profile, Section.PUBLIC_PHOTO in sees),
                summary=profile.summary if Section.SUMMARY in sees else "",
                positions=held.get(member.pk, ()) if Section.POSITIONS in sees else (),
            )
    return found


def shows_photo(member: Member, viewer: Viewer) -> bool:
    """Whether this viewer gets the member's photo and banner; asked for each picture."""
    role = role_of(member, viewer)
    profile = getattr(member, "profile", None) or Profile(member=member)
    return _is_there(member, profile, role) and audience_of(profile, Section.PUBLIC_PHOTO) in SEEN_BY[role]


def role_of(member: Member, viewer: Viewer) -> Role:
    """How the viewer stands towards this member; whoever is held outside is anybody."""
    if viewer.member is None or (viewer.member.pk != member.pk and viewer.member.is_held):
        return Role.WEB
    if viewer.member.pk == member.pk:
        return Role.SELF
    if member.pk in viewer.hidden_ids:
        return Role.BLOCKED
    return Role.HOST if viewer.is_host else Role.MEMBER


def audience_of(profile: Profile, section: Section) -> Audience:
    """Who may see this section: the owner's choice, or the default; words of others never leave the members."""
    chosen = Audience(profile.audiences.get(section.value, DEFAULT_AUDIENCES[section.value]))
    return Audience.MEMBERS if section in BY_OTHERS and chosen == Audience.WEB else chosen


def rows_shown(model: type[RowT], viewer: Viewer) -> "models.QuerySet[RowT]":
    """For finding: rows of all members of one section that `shown_profile` would show this viewer as a member.

    Members alone look for people; a viewer who is none finds nothing.
    """
    rows = cast("models.QuerySet[RowT]", model._default_manager.all())
    section = next(section for section, its_rows in ROWS.items() if its_rows is model)
    if viewer.member is None:
        return rows.none()
    chosen = f"member__profile__audiences__{section.value}"
    seen = Q(**{f"{chosen}__in": [audience.value for audience in SEEN_BY[Role.MEMBER]]})
    if DEFAULT_AUDIENCES[section.value] != Audience.ME:
        seen |= Q(member__profile__isnull=True) | ~Q(member__profile__audiences__has_key=section.value)
    people = Member.objects.visible_to(viewer)
    return rows.filter(seen | Q(member=viewer.member), member__in=people)


def _is_there(member: Member, profile: Profile, role: Role) -> bool:
    """Whether this role finds anybody at all: the web only by opt-in, the blocked and the held never."""
    if role == Role.SELF:
        return True
    if role == Role.BLOCKED or member.is_held or not member.is_active:
        return False
    return role != Role.WEB or profile.public_since is not None


def _card(member: Member, profile: Profile, with_photo: bool) -> Card:
    return Card(
        name=member.name,
        handle=member.handle,
        headline=member.headline,
        place=member.place,
        pronunciation=profile.pronunciation,
        photo_key=member.photo_key if with_photo else "",
        banner_key=profile.banner_key if with_photo else "",
    )


def _rows(model: type[ProfileRow], member: Member) -> list[ProfileRow]:
    rows: models.QuerySet[Any] = model._default_manager.filter(member=member)
    if model in ORGANISED:
        rows = rows.select_related(f"{ORGANISED[model]}__merged_into")
    return list(rows)


def _birthday(profile: Profile) -> tuple[int, int] | None:
    if profile.birthday_month is None or profile.birthday_day is None:
        return None
    return profile.birthday_month, profile.birthday_day


def _host_fields(member: Member) -> list[MemberField]:
    return list(member.host_fields.exclude(value="").select_related("field").order_by("field__label"))
