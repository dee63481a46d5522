"""How a member's invitations are received, the distance to every limit, and what may be told of it (INV-24).

What the sender can see for themselves is live; what recipients decided enters with the weekly figures, in bands.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import F, Q
from django.utils import timezone

from kith.members import restrictions
from kith.members.models import Member, Restriction
from kith.network import limits
from kith.network.models import Figures, Invitation

JUDGED_LAST, JUDGED_FROM = 50, 20
IGNORED_AFTER = timedelta(days=14)
UNKNOWN_WITHIN = timedelta(days=30)
RETHINK_FROM = 5  # fewer say nothing yet
NEAR = 10  # invitations: whoever is as near to a restriction is warned
BANDS = (0, 1, 3, 5)  # lower ends; from five on in fives


@dataclass(frozen=True)
class Rate:
    """How many of the answered ones were accepted."""

    accepted: int
    answered: int

    @property
    def percent(self) -> float:
        return 100 * self.accepted / self.answered if self.answered else 100.0


@dataclass(frozen=True)
class Standing:
    """What a sender reads about their own invitations; `as_of` says when the week that counts was closed."""

    sent_this_week: int
    week_limit: int
    sent_ever: int
    ever_limit: int | None
    rate: Rate
    unknown: tuple[int, int]
    unknown_limit: int
    rethink_below: int
    restrict_below: int
    as_of: datetime | None
    restriction: Restriction | None
    tries_left: int
    usual_week_limit: int = 0  # where it is more than this member's: they are new

    @property
    def left_this_week(self) -> int:
        return max(0, self.week_limit - self.sent_this_week)

    @property
    def left_ever(self) -> int | None:
        return None if self.ever_limit is None else max(0, self.ever_limit - self.sent_ever)

    @property
    def percent(self) -> int | None:
        """Accepted of answered, rounded down; None while there is nothing to say."""
        return int(self.rate.percent) if self.rate.answered else None

    @property
    def says_rethink(self) -> bool:
        """Ten sent and four accepted: time to invite otherwise (S-25)."""
        return self.rate.answered >= RETHINK_FROM and self.rate.percent < self.rethink_below

    @cached_property
    def to_restriction(self) -> int:
        """How many invitations in a row may still go unaccepted, at least, before the rate restricts."""
        return _distance(self.rate, self.restrict_below)

    @property
    def unknown_left(self) -> int:
        """How many more may decline as unknown, at least, before that restricts."""
        return max(0, self.unknown_limit - self.unknown[1])

    @property
    def warns(self) -> bool:
        """Near a limit, well before it."""
        few_left = 5 * self.left_this_week <= self.week_limit
        near = self.rate.answered > 0 and self.to_restriction <= NEAR
        return near or few_left or 2 * self.unknown[1] >= self.unknown_limit


def standing(member: Member, now: datetime | None = None) -> Standing:
    """Everything a sender may know about how they stand."""
    now = now or timezone.now()
    week, usual = limits.week_limit(member, now), limits.A_WEEK.value
    figures = Figures.objects.filter(member=member).first()
    rate = Rate(figures.accepted, figures.answered) if figures else plain(member, now, clean_since(member))
    return Standing(
        sent_this_week=limits.used(member, now - limits.WEEK),
        week_limit=week,
        sent_ever=limits.used(member),
        ever_limit=limits.lifetime_cap(member),
        rate=rate,
        unknown=band(figures.unknown if figures else 0),
        unknown_limit=limits.UNKNOWN_LIMIT.value,
        rethink_below=limits.RETHINK_BELOW.value,
        restrict_below=limits.RESTRICT_BELOW.value,
        as_of=figures.closed_at if figures else None,
        restriction=restrictions.standing(member, Restriction.Kind.INVITATIONS),
        tries_left=limits.tries_left(member, now),
        usual_week_limit=usual if usual > week else 0,
    )


def judged(member: Member, now: datetime, since: datetime | None) -> Rate:
    """What restricts: of the last 50 that are answered or older than 14 days, how many were accepted (E-15)."""
    state = Invitation.State
    answered = Q(state__in=(state.ACCEPTED, state.DECLINED, state.UNKNOWN))
    return _rate(member, answered | _ignored(now), since)


def plain(member: Member, now: datetime, since: datetime | None) -> Rate:
    """The same as far as the sender sees it: a decline counts once the invitation is 14 days old."""
    return _rate(member, Q(state=Invitation.State.ACCEPTED) | _ignored(now), since)


def unknown(member: Member, now: datetime, since: datetime | None) -> int:
    """How many declined as unknown within 30 days."""
    rows = Invitation.objects.sent_by(member).filter(
        state=Invitation.State.UNKNOWN, answered_at__gt=now - UNKNOWN_WITHIN
    )
    return (rows.filter(answered_at__gt=since) if since else rows).count()


def clean_since(member: Member) -> datetime | None:
    """When the newest restriction began: what came before it has been answered for."""
    rows = Restriction.objects.filter(member=member, kind=Restriction.Kind.INVITATIONS)
    return rows.order_by("-made_at").values_list("made_at", flat=True).first()


def band(lower: int) -> tuple[int, int]:
    """The band a lower end stands for: 0, 1–2, 3–4, 5–9, 10–14 and so on."""
    if lower < BANDS[-1]:
        return {0: (0, 0), 1: (1, 2)}.get(lower, (3, 4))
    return lower, lower + 4


def lower_end(count: int) -> int:
    """Where the band of a count begins."""
    return count // 5 * 5 if count >= BANDS[-1] else max(end for end in BANDS if end <= count)


def _ignored(now: datetime) -> Q:
    """Older than 14 days and never accepted; whoever withdraws sooner has corrected a mistake."""
    gave_up = Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("sent_at") + IGNORED_AFTER)
    return Q(sent_at__lte=now - IGNORED_AFTER) & gave_up


def _rate(member: Member, which: Q, since: datetime | None) -> Rate:
    # Who was asked by an address may be nobody, or no member: the rate is about members.
    rows = Invitation.objects.sent_by(member).filter(which, email_hash="")
    rows = rows.filter(sent_at__gt=since) if since else rows
    states = list(rows.order_by("-sent_at", "-pk").values_list("state", flat=True)[:JUDGED_LAST])
    return Rate(states.count(Invitation.State.ACCEPTED), len(states))


def _distance(rate: Rate, limit: int) -> int:
    for more in range(JUDGED_LAST + 1):
        answered = rate.answered + more
        gone = max(0, answered - JUDGED_LAST)  # what falls out of the last 50 may have been accepted
        accepted, answered = max(0, rate.accepted - gone), min(answered, JUDGED_LAST)
        if answered >= JUDGED_FROM and 100 * accepted < limit * answered:
            return more
    return JUDGED_LAST
