"""What ties the members of a random world, and what of it one viewer may not see (d6)."""

from datetime import timedelta
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from kith.contacts.models import Contact
from kith.desk.models import FoundHere
from kith.members.models import Block, Member, Restriction
from kith.network import adjacency, notices
from kith.network.models import (
    AddressTry,
    Connection,
    Figures,
    Follow,
    Invitation,
    InvitationWord,
    NetworkChoices,
    TopUp,
)  # fmt: skip
from kith.profiles import notices as told
from kith.profiles.models import (
    DismissedSuggestion,
    Endorsement,
    EndorsementRequest,
    Recommendation,
    Skill,
)  # fmt: skip
from kith.trust.models import Report
from kith.trust.notices import tell_decided

if TYPE_CHECKING:
    from tests.safety.world import World

State = Invitation.State
PRIVATE: list[tuple[Any, str]] = [
    (Figures, "member"), (TopUp, "member"), (AddressTry, "member"), (DismissedSuggestion, "member"),
]  # fmt: skip
TIES = [Connection, Follow, Invitation, Endorsement, EndorsementRequest, Recommendation, Report]


def tie(world: "World") -> None:
    """Everything the network knows, by chance; whoever waits outside has none of it."""
    here = world.members[:-1]
    _choices(world, here)
    _connections(world, here)
    for one, other in permutations(here, 2):
        if world.chance.random() < 0.25:
            notices.tell_followed(Follow.objects.create(follower=one, followed=other))
        if world.chance.random() < 0.1:
            DismissedSuggestion.objects.create(member=one, suggested=other)
    _invitations(world, here)
    _vouching(world)
    _reports(world, here)
    now = timezone.now()
    for member in here:
        if world.chance.random() < 0.4:
            Figures.objects.create(member=member, sent=9, accepted=4, answered=9, declined=3, unknown=1)
            TopUp.objects.create(member=member, amount=world.chance.randint(1, 9), made_by=world.host)
            AddressTry.objects.create(member=member, was_right=False)
        if world.chance.random() < 0.5:
            FoundHere.objects.create(
                owner=member, member=world.chance.choice(here), put_off_at=world.chance.choice([None, now])
            )
    Restriction.objects.create(
        member=here[1], kind="invitations", reason=world.word(), ends_at=now + timedelta(days=9)
    )


def _choices(world: "World", here: list[Member]) -> None:
    chance = world.chance
    for member in here:
        EmailAddress.objects.update_or_create(
            user=member, email=member.email, defaults={"verified": chance.random() < 0.8, "primary": True}
        )
        if chance.random() < 0.85:
            NetworkChoices.objects.create(
                member=member,
                in_paths=chance.random() < 0.7,
                may_browse=chance.choice(NetworkChoices.Browse.values),
                may_invite=chance.choice(NetworkChoices.Invite.values),
                may_be_suggested=chance.random() < 0.7,
                found_by_email=chance.random() < 0.5,
                openness=world.word(),
            )


def _connections(world: "World", here: list[Member]) -> None:
    chance, now = world.chance, timezone.now()
    pairs = [pair for pair in combinations(here, 2) if chance.random() < 0.35]
    Connection.objects.bulk_create(
        Connection(low=low, high=high, made_at=now - timedelta(days=chance.randint(1, 300)))
        for low, high in pairs
    )
    adjacency.rebuild()


def _invitations(world: "World", here: list[Member]) -> None:
    chance, now = world.chance, timezone.now()
    connected = set(Connection.objects.values_list("low_id", "high_id"))
    for pair in combinations(here, 2):
        sender, recipient = chance.sample(pair, 2)
        if (pair[0].pk, pair[1].pk) in connected:
            state = State.ACCEPTED
        else:
            state = chance.choice([each for each in State.values if each != State.ACCEPTED])
        if chance.random() < 0.3:
            continue
        sent_at, by_address = now - timedelta(days=chance.randint(1, 40)), chance.random() < 0.15
        over = sent_at + timedelta(days=1)
        answered = None if state in Invitation.OPEN else over
        invitation = Invitation.objects.create(
            sender=sender, recipient=recipient, note=world.word(), state=state, sent_at=sent_at,
            expires_at=over if state == State.EXPIRED else now + timedelta(days=90), answered_at=answered,
            set_aside_at=over if state == State.SET_ASIDE else None,
            withdrawn_at=over if state == State.WITHDRAWN else None, was_blind=chance.random() < 0.5,
            email=recipient.email if by_address else "", email_hash=world.word() if by_address else "",
        )  # fmt: skip
        notices.tell_invited(invitation)
        if state == State.ACCEPTED:
            notices.tell_accepted(invitation)
        elif not by_address and chance.random() < 0.5:
            said = [(recipient, sender), (sender, recipient)][: chance.randint(1, 2)]
            for author, to in said:
                word = InvitationWord.objects.create(invitation=invitation, author=author, text=world.word())
                notices.tell_word(word, to)
    for member in here:
        if chance.random() < 0.4:
            Invitation.objects.create(
                sender=member, email=f"{world.word()}@example.com", email_hash=world.word(),
                note=world.word(), expires_at=now + timedelta(days=90), mailed_at=now,
            )  # fmt: skip


def _vouching(world: "World") -> None:
    chance, now = world.chance, timezone.now()
    sides = list(Connection.objects.select_related("low", "high"))
    for one, other in [pair for side in sides for pair in ((side.low, side.high), (side.high, side.low))]:
        skill = Skill.objects.filter(member=one).order_by("pk").first()
        name = skill.name if skill and chance.random() < 0.7 else world.word()
        if chance.random() < 0.7:
            told.tell_endorsed(
                Endorsement.objects.create(
                    member=one,
                    endorser=other,
                    name=name,
                    key=name,
                    how=world.word(),
                    role=world.word(),
                    accepted_at=chance.choice([None, now]),
                    hidden_at=chance.choice([None, None, now]),
                )
            )
        if chance.random() < 0.2:
            asked = EndorsementRequest.objects.create(asker=one, asked=other, name=name, key=name)
            told.tell_asked_to_endorse(asked)
        if chance.random() < 0.7:
            _recommendation(world, one, other, chance.choice(list(STAGES)))


STAGES = {
    "asked": {"asked_at"},
    "draft": {"drafted_at"},
    "asked, with a draft": {"asked_at", "drafted_at"},
    "declined": {"asked_at", "withdrawn_at"},
    "sent": {"drafted_at", "sent_at"},
    "put away": {"drafted_at", "sent_at", "hidden_at"},
    "approved": {"drafted_at", "sent_at", "approved_at"},
    "hidden": {"drafted_at", "sent_at", "approved_at", "hidden_at"},
    "withdrawn": {"drafted_at", "sent_at", "approved_at", "withdrawn_at"},
}


def _recommendation(world: "World", subject: Member, author: Member, stage: str) -> None:
    times = dict.fromkeys(STAGES[stage], timezone.now())
    row = Recommendation.objects.create(
        subject=subject, author=author, together=world.word(), relation=world.word(),
        text=world.word() if "drafted_at" in times else "", **times,
    )  # fmt: skip
    if "asked_at" in times:
        told.tell_asked_to_recommend(row)
    if "sent_at" in times:
        told.tell_recommended(row)
    if "approved_at" in times:
        told.tell_approved(row)


def _reports(world: "World", here: list[Member]) -> None:
    now = timezone.now()
    for reporter, about in world.chance.sample(list(permutations(here, 2)), 5):
        is_decided = world.chance.random() < 0.5
        report = Report.objects.create(
            reporter=reporter, about=about, reason=world.chance.choice(Report.Reason.values),
            text=world.word(), evidence={"name": about.name, "handle": about.handle, "summary": world.word()},
            made_at=now - timedelta(days=3), words=world.word() if is_decided else "",
            decided_at=now if is_decided else None, decided_by=world.host if is_decided else None,
            upheld_at=now if is_decided and world.chance.random() < 0.5 else None,
        )  # fmt: skip
        if is_decided:
            tell_decided(report)


def untie(mine: int, gone: set[int], *, is_host: bool, is_out: bool) -> None:
    """Delete what of all this a viewer may not see; `gone` are the people hidden from them, `is_out`: not let in."""
    if is_out:
        for model in (*TIES, NetworkChoices, FoundHere, *(model for model, _name in PRIVATE)):
            model._default_manager.all().delete()
        adjacency.rebuild()
        return
    for model, owner in PRIVATE:
        if not (is_host and model is TopUp):
            model._default_manager.exclude(**{owner: mine}).delete()
    Notification = Member._meta.apps.get_model("notifications", "Notification")
    Notification.objects.filter(actor__in=gone).delete()
    for ended in Block.objects.filter(Q(blocker=mine) | Q(blocked=mine), ended_at__isnull=False):
        before = Notification.objects.filter(recipient=mine, at__lt=ended.ended_at)
        before.filter(actor__in=(ended.blocker_id, ended.blocked_id)).delete()
    if is_host:
        Report.objects.filter(about=mine).exclude(reporter=mine).delete()
    else:
        Report.objects.exclude(reporter=mine).delete()
        for report in Report.objects.filter(about__in=gone):
            Report.objects.filter(pk=report.pk).update(about=_nobody(mine), evidence={})
    Follow.objects.exclude(Q(follower=mine) | Q(followed=mine)).delete()
    Follow.objects.filter(Q(follower__in=gone) | Q(followed__in=gone)).delete()
    EndorsementRequest.objects.exclude(Q(asker=mine) | Q(asked=mine)).delete()
    EndorsementRequest.objects.filter(Q(asker__in=gone) | Q(asked__in=gone)).delete()
    _without_invitations(mine, gone, is_host=is_host)
    _without_edges(mine, gone)
    _without_choices(mine)


def _nobody(mine: int) -> Member:
    """An empty account the viewer never saw, in the place of one that is hidden from them."""
    number, now = Member.objects.count(), timezone.now()
    nobody = Member.objects.create(
        email=f"nobody{number}@example.net", name="Nobody", handle=f"nobody-{number}", confirmed_at=now
    )
    Block.objects.create(blocker=nobody, blocked_id=mine)
    return nobody


def _without_invitations(mine: int, gone: set[int], *, is_host: bool) -> None:
    Invitation.objects.exclude(Q(sender=mine) | Q(recipient=mine)).delete()
    Invitation.objects.filter(recipient=mine, sender__in=gone).delete()
    sent = Invitation.objects.filter(sender=mine)
    # Whoever asked an address knows nobody by it, until they accept.
    sent.filter(recipient__in=gone).exclude(email_hash="").exclude(state=State.ACCEPTED).update(
        recipient=None
    )
    # How many one sent, and how many were accepted, stays true: what was sent to the hidden is sent to nobody.
    InvitationWord.objects.filter(invitation__sender=mine, invitation__recipient__in=gone).delete()
    for invitation in () if is_host else sent.filter(recipient__in=gone):
        sent.filter(pk=invitation.pk).update(recipient=_nobody(mine), note="")
    # Nobody can tell a decline, or that it was set aside.
    unseen = sent.filter(state__in=(State.DECLINED, State.UNKNOWN, State.SET_ASIDE))
    unseen.update(state=State.WAITING, answered_at=None, set_aside_at=None)


def _without_edges(mine: int, gone: set[int]) -> None:
    Connection.objects.filter(Q(low__in=gone) | Q(high__in=gone)).delete()
    known = neighbours()
    my_own = known.get(mine, set())
    choices = {row.member_id: row for row in NetworkChoices.objects.all()}
    unseen = {key for key, row in choices.items() if not row.in_paths}
    for one in unseen - {mine}:
        chosen, seen = choices[one], {mine}
        is_near = one in my_own
        if is_near or chosen.may_invite == NetworkChoices.Invite.MUTUAL:
            seen |= my_own - unseen  # mutual connections; who wishes for them tells whether there are any
        if chosen.may_browse == "members" or (is_near and chosen.may_browse == "connections"):
            seen |= known.get(one, set()) - unseen  # they let their list be read
        for other in known.get(one, set()) - seen:
            low, high = sorted((one, other))
            Connection.objects.filter(low_id=low, high_id=high).delete()
    alone = unseen - {mine} - neighbours().keys()
    NetworkChoices.objects.filter(member__in=alone).update(in_paths=True)
    adjacency.rebuild()


def _without_choices(mine: int) -> None:
    mine_too = neighbours().get(mine, set())
    NetworkChoices.objects.filter(member__in=mine_too).update(openness="")
    book = Contact.objects.filter(owner=mine).values_list("email", flat=True)
    unknown = NetworkChoices.objects.exclude(member=mine).exclude(member__email__in=list(book))
    unknown.update(found_by_email=False)


def addresses_known_to(mine: int) -> QuerySet[EmailAddress]:
    """The addresses by which their owners wish to be found, and which stand in the viewer's own contacts."""
    book = list(Contact.objects.filter(owner=mine).values_list("email", flat=True))
    return EmailAddress.objects.filter(user__network_choices__found_by_email=True, email__in=book)


def without_praise(mine: int, gone: set[int], hidden: dict[str, set[int]]) -> None:
    """Delete endorsements and recommendations the viewer may not read; `hidden`: section to who hides it from them."""
    for model, one, other in ((Endorsement, "member", "endorser"), (Recommendation, "subject", "author")):
        rows: Any = model._default_manager.all()
        rows.filter(Q(**{f"{one}__in": gone}) | Q(**{f"{other}__in": gone})).delete()
        later = Block.objects.filter(Q(ended_at__isnull=True) | Q(made_at__gte=OuterRef("made_at")))
        pair = later.filter(blocker=OuterRef(one), blocked=OuterRef(other))
        back = later.filter(blocker=OuterRef(other), blocked=OuterRef(one))
        rows.filter(Exists(pair) | Exists(back)).delete()
    others = Endorsement.objects.exclude(Q(member=mine) | Q(endorser=mine))
    others.filter(Q(hidden_at__isnull=False) | Q(member__in=hidden["endorsements"])).delete()
    listed = Skill.objects.filter(member=OuterRef("member"), key=OuterRef("key"))
    others.filter(Q(member__in=hidden["skills"]) | ~Exists(listed)).delete()
    made = Endorsement.objects.exclude(member=mine)
    made.update(accepted_at=None)
    made.filter(member__in=hidden["positions"]).update(role="")
    not_mine = Recommendation.objects.exclude(Q(author=mine) | Q(subject=mine))
    is_shown = Q(approved_at__isnull=False, hidden_at__isnull=True, withdrawn_at__isnull=True)
    not_mine.exclude(is_shown).delete()
    not_mine.filter(subject__in=hidden["recommendations"]).delete()
    about_me = Recommendation.objects.filter(subject=mine)
    # A "no" to a request looks like silence.
    about_me.filter(asked_at__isnull=False, sent_at=None).update(withdrawn_at=None)
    about_me.filter(Q(withdrawn_at__isnull=False) | Q(sent_at=None, asked_at=None)).delete()
    about_me.filter(sent_at=None).update(text="", drafted_at=None)
    written = Recommendation.objects.filter(author=mine, approved_at=None)
    written.update(hidden_at=None)


def neighbours() -> dict[int, set[int]]:
    """Who knows whom by the rows."""
    known: dict[int, set[int]] = {}
    for low, high in Connection.objects.values_list("low_id", "high_id"):
        known.setdefault(low, set()).add(high)
        known.setdefault(high, set()).add(low)
    return known


def third_through(mine: int, hidden: set[int]) -> set[int]:
    """Who is three steps away only by a chain that somebody hidden carries (the documented exception)."""
    known = neighbours()
    unseen = set(NetworkChoices.objects.filter(in_paths=False).values_list("member_id", flat=True))
    stones = known.get(mine, set()) - unseen - hidden
    first = set().union(*(known.get(one, set()) for one in stones)) - unseen
    nearer = first | known.get(mine, set()) | {mine}

    def next_of(people: set[int]) -> set[int]:
        return set().union(*(known.get(one, set()) for one in people))

    return next_of(first & hidden) - next_of(first - hidden) - nearer - hidden


__all__ = ["addresses_known_to", "third_through", "tie", "untie", "without_praise"]
