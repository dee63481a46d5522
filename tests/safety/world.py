"""Small random worlds, and the same worlds without what one viewer may not see (d6)."""

import random
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from kith.contacts.models import Contact, ImportProgress, ImportRun, MessageVersion, Note, Talk
from kith.contacts.models.owned import Owned
from kith.core.mail import send_letter
from kith.members.actions import join
from kith.members.blocks import unblock
from kith.members.models import (
    AuditEntry,
    Block,
    HostField,
    JoinLink,
    JoinRequest,
    Member,
    MemberField,
    Organisation,
    Restriction,
    RosterEntry,
)  # fmt: skip
from kith.network.actions.blocks import block
from kith.notifications.models import Announcement, Notification, Preference
from kith.profiles.models import (
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
)  # fmt: skip
from kith.profiles.shown import SEEN_BY, Role, audience_of
from tests.safety.ties import addresses_known_to, tie, untie, without_praise

ROWS: dict[Section, type[ProfileRow]] = {
    Section.SPECIALTIES: Specialty,
    Section.POSITIONS: Position,
    Section.EDUCATION: Education,
    Section.SKILLS: Skill,
    Section.LANGUAGES: Language,
    Section.LINKS: Link,
}
FIRST = ["Ada", "Bo", "Cy", "Dee", "Eve", "Ida", "Mo", "Ora", "Pia", "Uma", "Zoë", "Øyvind"]
LAST = ["Lund", "Ferreira", "Quist", "Okafor", "Grey", "Ńowak", "Sato"]


@dataclass
class World:
    """Who is there, and words that stand in it, for searching."""

    chance: random.Random
    members: list[Member] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @property
    def host(self) -> Member:
        return self.members[0]

    def word(self) -> str:
        word = "".join(self.chance.choice("bdfgklmnprstv") + self.chance.choice("aeiou") for _ in range(4))
        self.words.append(word)
        return word


def make_world(seed: int, people: int = 8) -> World:
    """Members with profiles, audiences, ties, blocks both ways, held ones, private rows, notices, all by chance."""
    world = World(random.Random(seed))
    for number in range(people):
        name = f"{world.chance.choice(FIRST)} {world.chance.choice(LAST)} {world.word().title()}"
        world.members.append(join(email=f"m{number}@example.org", name=name, as_host=number == 0))
    host_field = HostField.objects.create(key="year", label="Class year")
    places = [_organisation(world.word()) for _ in range(4)]
    for member in world.members:
        _profile(world, member, places, host_field)
        _private(world, member)
    tie(world)
    _hold(world)
    _between(world)
    return world


def _organisation(word: str) -> Organisation:
    return Organisation.objects.create(name=f"{word.title()} Works", key=f"{word} works")


def _profile(world: World, member: Member, places: list[Organisation], host_field: HostField) -> None:
    chance, now = world.chance, timezone.now()
    audiences = {
        section.value: chance.choice(Audience.values) for section in Section if chance.random() < 0.7
    }
    Member.objects.filter(pk=member.pk).update(
        headline=world.word(), place=world.word(), photo_key=world.word() if chance.random() < 0.5 else ""
    )
    if chance.random() < 0.2:
        return  # no profile yet
    Profile.objects.create(
        member=member, summary=world.word(), pronunciation=world.word(), audiences=audiences,
        birthday_month=chance.randint(1, 12), birthday_day=chance.randint(1, 28),
        public_since=now if chance.random() < 0.5 else None,
    )  # fmt: skip
    place = chance.choice(places) if chance.random() < 0.5 else _organisation(world.word())
    Position.objects.create(member=member, title=world.word(), organisation=place, start_year=2019)
    Education.objects.create(member=member, school=_organisation(world.word()), degree=world.word())
    word = world.word()
    Specialty.objects.create(member=member, text=word, key=word)
    for skill in {chance.choice(["editing", "sailing", "drawing"]), world.word()}:
        Skill.objects.create(member=member, name=skill, key=skill)
    Language.objects.create(member=member, name=world.word(), level="fluent")
    Link.objects.create(member=member, label=world.word(), url=f"https://{world.word()}.example/")
    ContactField.objects.create(
        member=member, kind="phone", value=world.word(), audience=chance.choice(Audience.values)
    )
    MemberField.objects.create(member=member, field=host_field, value=world.word())


def _private(world: World, member: Member) -> None:
    for _ in range(world.chance.randint(0, 4)):
        other = (
            world.chance.choice(world.members).name if world.chance.random() < 0.5 else world.word().title()
        )
        person = Contact.objects.create(
            owner=member, name=other, sort_name=other.lower(), search_text=other.lower(), company=world.word(),
            email=world.chance.choice(world.members).email if world.chance.random() < 0.5 else "",
        )  # fmt: skip
        Note.objects.create(owner=member, contact=person, text=world.word())
        if world.chance.random() < 0.5:
            Talk.objects.create(owner=member, contact=person, held_on="2024-05-01", notes=world.word())
    run = ImportRun.objects.create(
        owner=member, file_name=f"{world.word()}.zip", previewed_at=timezone.now(), preview={}
    )
    ImportProgress.objects.create(run=run)
    MessageVersion.objects.create(owner=member, text=world.word())
    Preference.objects.create(member=member, kind="announcement", channel="app", choice="off")
    send_letter(member.email, world.word(), world.word())


def _hold(world: World) -> None:
    waiting, suspended = world.members[-1], world.members[-2]
    Member.objects.filter(pk=waiting.pk).update(confirmed_at=None)
    Member.objects.filter(pk=suspended.pk).update(suspended_at=timezone.now())
    JoinRequest.objects.create(member=waiting, reason=world.word())
    Restriction.objects.create(member=suspended, kind="suspended", reason=world.word(), made_by=world.host)


def _between(world: World) -> None:
    chance, others = world.chance, world.members[1:]
    for _ in range(4):
        blocker, blocked = chance.sample(others, 2)
        block(blocker, blocked)
        if chance.random() < 0.3:
            unblock(blocker, blocked)
    announcements = [
        Announcement.objects.create(title=world.word(), text=world.word(), made_by=world.host)
        for _ in range(2)
    ]
    for place, member in enumerate(world.members):
        # To whoever is held outside, the host is nobody; what they said still counts.
        actor = None if place >= len(world.members) - 2 else chance.choice([None, world.host])
        for announcement in announcements:
            Notification.objects.create(
                recipient=member, kind="announcement", event=f"announcement {announcement.pk}",
                actor=actor, subject_type="notifications.Announcement",
                subject_id=announcement.pk,
            )  # fmt: skip
        AuditEntry.objects.create(verb="member_joined", actor=member, subject=member)
    until = timezone.now() + timedelta(days=3)
    JoinLink.objects.create(token_hash=world.word(), made_by=world.host, note=world.word(), until=until)
    RosterEntry.objects.create(
        email=f"{world.word()}@example.org", email_hash=world.word(), name=world.word()
    )


def without_the_unseen(viewer: Member | None) -> None:
    """Delete everything the viewer may not see, row by row, without asking the code under test what that is."""
    role = Role.WEB if viewer is None or viewer.is_held else Role.HOST if viewer.is_host else Role.MEMBER
    mine = viewer.pk if viewer else 0
    everybody = list(Member.objects.exclude(pk=mine))
    away = {member.pk for member in everybody if _is_away(member, mine)}
    untie(mine, away, is_host=role == Role.HOST, is_out=role == Role.WEB)
    _forget_private(mine, is_host=role == Role.HOST)
    gone = {member.pk for member in everybody if _is_unseen(member, mine, role)}
    for model in [*ROWS.values(), ContactField]:
        model._default_manager.filter(member__in=gone).delete()
    Member.objects.filter(pk__in=gone).delete()
    profiles = {profile.member_id: profile for profile in Profile.objects.exclude(member=mine)}
    hidden = {section.value: set[int]() for section in Section}
    for member in everybody:
        if member.pk not in gone:
            for section in _strip(member, profiles.get(member.pk) or Profile(member=member), role):
                hidden[section.value].add(member.pk)
    if role != Role.WEB:
        without_praise(mine, away, hidden)
    Block.objects.exclude(blocker=mine).exclude(blocker__handle__startswith="nobody-").delete()
    used = set(Position.objects.values_list("organisation", flat=True))
    used |= set(Education.objects.values_list("school", flat=True))
    if role != Role.HOST:
        Organisation.objects.exclude(pk__in={key for key in used if key}).delete()


def _is_away(member: Member, mine: int) -> bool:
    """Whether somebody is nobody to the viewer as a person; hosts see the account all the same."""
    blocked = Block.objects.standing().filter(
        models.Q(blocker=mine, blocked=member) | models.Q(blocker=member, blocked=mine)
    )
    return member.is_held or not member.is_active or blocked.exists()


def _is_unseen(member: Member, mine: int, role: Role) -> bool:
    if role == Role.HOST:
        return False
    public = Profile.objects.filter(member=member, public_since__isnull=False)
    return _is_away(member, mine) or (role == Role.WEB and not public.exists())


def _strip(member: Member, profile: Profile, role: Role) -> set[Section]:
    """Take away what a member's profile hides from this role; which sections that is."""
    hidden = {section for section in Section if audience_of(profile, section) not in SEEN_BY[role]}
    for section in hidden & set(ROWS):
        ROWS[section]._default_manager.filter(member=member).delete()
    blank: dict[str, Any] = {}
    if Section.SUMMARY in hidden:
        blank["summary"] = ""
    if Section.BIRTHDAY in hidden:
        blank |= {"birthday_month": None, "birthday_day": None}
    if Section.PUBLIC_PHOTO in hidden:
        blank["banner_key"] = ""
        Member.objects.filter(pk=member.pk).update(photo_key="")
    if blank:
        Profile.objects.filter(member=member).update(**blank)
    ContactField.objects.filter(member=member).exclude(audience__in=SEEN_BY[role]).delete()
    if role != Role.HOST:
        MemberField.objects.filter(member=member).delete()
    return hidden


def _forget_private(mine: int, *, is_host: bool) -> None:
    for model in apps.get_models():
        if issubclass(model, Owned):
            model._default_manager.exclude(owner=mine).delete()
    Notification.objects.exclude(recipient=mine).delete()
    Preference.objects.exclude(member=mine).delete()
    if is_host:
        return
    for model in (JoinLink, RosterEntry, apps.get_model("core", "Letter")):
        model._default_manager.all().delete()
    for model in (JoinRequest, Restriction):
        model._default_manager.exclude(member=mine).delete()
    _forget_audit(mine)
    known = addresses_known_to(mine).values("pk")
    apps.get_model("account.EmailAddress").objects.exclude(user=mine).exclude(pk__in=known).delete()
    for label in ("mfa.Authenticator", "usersessions.UserSession"):
        apps.get_model(label)._default_manager.exclude(user=mine).delete()
    if not mine:
        Announcement.objects.all().delete()


def _forget_audit(mine: int) -> None:
    # A trigger keeps the log whole; what never was is made here without asking it.
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        AuditEntry.objects.exclude(subject=mine).delete()
        cursor.execute("SET LOCAL session_replication_role = origin")
