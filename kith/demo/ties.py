"""The demo's people connected, asking, following and vouching: in a few statements, as if it had grown over years."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from kith.demo import said
from kith.demo.circles import CONSULTANT, HOST, NEW, at, bonds
from kith.demo.people import Invented
from kith.demo.said import Asked
from kith.members.models import Member
from kith.network import adjacency, limits, notices
from kith.network.models import Connection, Follow, Invitation, InvitationWord, NetworkChoices

State = Invitation.State
TOLD_DAYS = 10


@dataclass
class Circle:
    """Everybody of the demo by address, and who is connected since when."""

    members: dict[str, Member]
    people: list[Invented]
    now: datetime
    met: dict[frozenset[str], datetime] = field(default_factory=dict)

    def know(self, one: str, other: str) -> bool:
        return frozenset((one, other)) in self.met

    def strangers(self, email: str, firm: str) -> Iterator[Invented]:
        """Who works there now and is not connected with this one."""
        there = at(self.people, firm)
        return (one for one in there if not self.know(email, one.email))

    def known(self, email: str, firm: str) -> Iterator[Invented]:
        """Who works there now and is connected with this one."""
        return (one for one in at(self.people, firm) if self.know(email, one.email))


def tie(members: dict[str, Member], people: list[Invented]) -> Circle:
    """Connect them all, and let them ask, follow and choose; for use inside a transaction, once."""
    circle = Circle(members, people, timezone.now())
    _connect(circle)
    _invite(circle)
    _follow(circle)
    _choose(circle)
    adjacency.rebuild()
    return circle


def _connect(circle: Circle) -> None:
    rows = []
    for bond in bonds(circle.people):
        one, other = circle.members[bond.one], circle.members[bond.other]
        both_here = max(one.joined_at, other.joined_at)
        made_at = both_here + (circle.now - both_here) * bond.when
        circle.met[frozenset((bond.one, bond.other))] = made_at
        low, high = sorted((one.pk, other.pk))
        rows.append(Connection(low_id=low, high_id=high, made_at=made_at))
    Connection.objects.bulk_create(rows, ignore_conflicts=True)


def _invite(circle: Circle) -> None:
    """Those of the three whom a visitor may walk in as: in every state there is."""
    rows: list[Invitation] = []
    words: list[InvitationWord] = []
    for email, received, sent in (
        (CONSULTANT, said.TO_CONSULTANT, said.BY_CONSULTANT),
        (NEW, said.TO_NEW, ()),
        (HOST, said.TO_HOST, said.BY_HOST),
    ):
        taken: set[str] = set()
        for asked, is_sent in [(one, False) for one in received] + [(one, True) for one in sent]:
            found = (one for one in circle.strangers(email, asked.firm) if one.email not in taken)
            other = next((one for one in found if not asked.by or circle.know(one.email, asked.by)), None)
            if other is None:
                continue
            taken.add(other.email)
            me, them = circle.members[email], circle.members[other.email]
            sender, recipient = (me, them) if is_sent else (them, me)
            row, thread = _asked(asked, sender, recipient, circle.now)
            rows.append(row)
            words += thread
    rows += _accepted(circle)
    Invitation.objects.bulk_create(rows)
    InvitationWord.objects.bulk_create(words)
    _tell(circle, rows, words)


def _asked(
    asked: Asked, sender: Member, recipient: Member, now: datetime
) -> tuple[Invitation, list[InvitationWord]]:
    sent_at = now - timedelta(days=asked.days)
    became_at = sent_at + timedelta(days=asked.after)
    row = Invitation(
        sender=sender,
        recipient=recipient,
        note=asked.note,
        state=asked.became,
        sent_at=sent_at,
        expires_at=sent_at + timedelta(days=limits.OPEN_DAYS.value),
        set_aside_at=became_at if asked.became == State.SET_ASIDE else None,
        answered_at=None if asked.became in Invitation.OPEN else became_at,
        withdrawn_at=became_at if asked.became == State.WITHDRAWN else None,
    )
    thread = [(recipient, asked.asks), (sender, asked.answers)]
    return row, [
        InvitationWord(invitation=row, author=author, text=text, said_at=sent_at + timedelta(days=1 + step))
        for step, (author, text) in enumerate(thread)
        if text
    ]


def _accepted(circle: Circle) -> Iterator[Invitation]:
    """Some of the consultant's connections began with her asking; as long ago as they are connected."""
    consultant = circle.members[CONSULTANT]
    hers = sorted(
        (made_at, pair) for pair, made_at in circle.met.items() if CONSULTANT in pair and HOST not in pair
    )
    for (made_at, pair), took in zip(reversed(hers), said.ACCEPTED_OF_CONSULTANT, strict=False):
        (other,) = pair - {CONSULTANT}
        both_here = max(consultant.joined_at, circle.members[other].joined_at)
        sent_at = max(both_here, made_at - timedelta(days=took))
        yield Invitation(
            sender=consultant,
            recipient=circle.members[other],
            state=State.ACCEPTED,
            sent_at=sent_at,
            answered_at=made_at,
            expires_at=made_at,
        )


def _tell(circle: Circle, rows: Iterable[Invitation], words: list[InvitationWord]) -> None:
    """What came in these days was told; of what is older nobody needs to hear again."""
    cast, days = (CONSULTANT, NEW, HOST), timedelta(days=TOLD_DAYS)
    said_more = {word.invitation.pk for word in words}
    for row in rows:
        recent = row.sent_at > circle.now - days and row.pk not in said_more
        if recent and row.state == State.WAITING and row.recipient and row.recipient.email in cast:
            notices.tell_invited(row)
    for word in words:
        row = word.invitation
        other = row.sender if word.author == row.recipient else row.recipient
        if other and other.email in cast:
            notices.tell_word(word, other)


def _follow(circle: Circle) -> None:
    rows: list[Follow] = []
    everybody = [one.email for one in circle.people if one.headline]
    for email, followers in ((CONSULTANT, 26), (HOST, 11), *((one, 3) for one in everybody[::9])):
        rows += _followers(circle, email, [one for one in everybody if one != email], followers)
    rows += [
        _followed(circle, CONSULTANT, email, 0.9 - place / 10)
        for place, email in enumerate(one for one in everybody[4::31] if not circle.know(CONSULTANT, one))
    ]
    Follow.objects.bulk_create(rows, ignore_conflicts=True)
    hers = (row for row in rows if row.followed.email == CONSULTANT)
    notices.tell_followed(max(hers, key=lambda row: row.made_at))


def _followers(circle: Circle, email: str, everybody: list[str], count: int) -> Iterator[Follow]:
    chance = Random(f"follow {email}")  # noqa: S311 the same ones each time
    strangers = [one for one in everybody if not circle.know(email, one)]
    for other in chance.sample(strangers, count):
        yield _followed(circle, other, email, chance.random() ** 0.6)


def _followed(circle: Circle, follower: str, followed: str, when: float) -> Follow:
    one, other = circle.members[follower], circle.members[followed]
    both_here = max(one.joined_at, other.joined_at)
    return Follow(follower=one, followed=other, made_at=both_here + (circle.now - both_here) * when)


def _choose(circle: Circle) -> None:
    """Some say how open they are, some let few browse or invite them, and some appear in no path."""
    rows = [
        NetworkChoices(member=circle.members[CONSULTANT], openness=said.OPEN_CONSULTANT),
        NetworkChoices(member=circle.members[HOST], openness=said.OPEN_HOST, may_browse="members"),
    ]
    for number, person in enumerate(circle.people):
        wanted: dict[str, Any] = {}
        if person.headline and number % 4 == 1:
            wanted["openness"] = said.OPENNESS[(number // 4) % len(said.OPENNESS)]
        if number % 5 == 2:
            wanted["may_browse"] = "nobody" if number % 3 == 0 else "members"
        if number % 17 == 6:
            wanted["may_invite"] = "email" if number % 2 else "mutual"
        if number % 41 == 19:
            wanted |= {"in_paths": False, "may_be_suggested": False}
        if wanted:
            rows.append(NetworkChoices(member=circle.members[person.email], **wanted))
    NetworkChoices.objects.bulk_create(rows)
    for row in rows:
        if not row.in_paths:
            adjacency.appear_in_paths(row.member_id, shown=False)
