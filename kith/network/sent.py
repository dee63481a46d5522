"""What a sender sees of their invitations: state and age, never limbo, never who declined (INV-03, S-26)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from statistics import median
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network.models import Invitation

USUAL_FROM, USUAL_LAST = 3, 50  # accepted ones before, and for, “half of yours took under”


class Seen(StrEnum):
    """The states a sender is shown."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"

    @property
    def words(self) -> Any:
        return WORDS[self]


WORDS = {
    Seen.WAITING: _("waiting"),
    Seen.ACCEPTED: _("accepted"),
    Seen.NOT_ACCEPTED: _("not accepted"),
    Seen.WITHDRAWN: _("withdrawn"),
}


@dataclass(frozen=True)
class Sent:
    """One row: the invitation (its own state is not for the page), whom it names, and how it stands since when."""

    invitation: Invitation
    recipient: Member | None
    address: str
    state: Seen
    since: datetime
    days: int


def sent(member: Member, invitations: Iterable[Invitation] | None = None) -> list[Sent]:
    """Rows of these invitations of a member, or of all they may see, the newest first."""
    now = timezone.now()
    if invitations is None:
        mine = Invitation.objects.visible_to(Viewer(member)).sent_by(member)
        invitations = mine.select_related("recipient").order_by("-sent_at", "-pk")
    return [_row(invitation, now) for invitation in invitations]


def usual_days(member: Member) -> int | None:
    """Half of the accepted ones took under so many days; None until three were accepted."""
    accepted = Invitation.objects.sent_by(member).filter(state=Invitation.State.ACCEPTED)
    times = accepted.order_by("-answered_at").values_list("sent_at", "answered_at")[:USUAL_LAST]
    took = [(answered - began).total_seconds() / 86_400 for began, answered in times if answered]
    return int(median(took)) + 1 if len(took) >= USUAL_FROM else None


def _row(invitation: Invitation, now: datetime) -> Sent:
    state, since = _seen(invitation, now)
    # Whoever was asked by an address is named once they accepted.
    named = not invitation.email_hash or state is Seen.ACCEPTED
    return Sent(
        invitation,
        recipient=invitation.recipient if named else None,
        address="" if named else invitation.email,
        state=state,
        since=since,
        days=max(0, (now - since).days),
    )


def _seen(invitation: Invitation, now: datetime) -> tuple[Seen, datetime]:
    if invitation.state == Invitation.State.ACCEPTED:
        return Seen.ACCEPTED, invitation.answered_at or invitation.sent_at
    if invitation.withdrawn_at:
        return Seen.WITHDRAWN, invitation.withdrawn_at
    if invitation.expires_at <= now:
        return Seen.NOT_ACCEPTED, invitation.expires_at
    return Seen.WAITING, invitation.sent_at
