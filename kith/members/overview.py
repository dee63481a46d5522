"""What a host sees of accounts: by state, found by name or address, and who waits for an answer."""

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kith.core.text import fold
from kith.members.models import JoinRequest, Member, MemberQuerySet, Restriction
from kith.members.models.member import suspended_now

STATES = {
    "in": _("let in"),
    "waiting": _("not let in yet"),
    "suspended": _("suspended"),
    "hosts": _("hosts"),
    "never": _("never signed in"),
}


def counts() -> dict[str, int]:
    """How many accounts are in each state; an account may be in several."""
    named = {state: Count("pk", filter=_in_state(state)) for state in STATES}
    return Member.objects.aggregate(all=Count("pk"), **named)


def found(words: str, state: str) -> MemberQuerySet:
    """Accounts of this state in which every word is found, in name, handle or address."""
    rows = Member.objects.filter(_in_state(state)) if state in STATES else Member.objects.all()
    for word in fold(words).split()[:8]:
        rows = rows.filter(Q(sort_name__contains=word) | Q(email__icontains=word) | Q(handle__contains=word))
    return rows


def waiting_requests() -> QuerySet[JoinRequest]:
    """Who asked to be let in and has no answer yet, the longest wait first."""
    return JoinRequest.objects.waiting().select_related("member").order_by("asked_at")


def waiting_appeals() -> QuerySet[Restriction]:
    """Appeals nobody answered yet, the longest wait first."""
    rows = Restriction.objects.filter(
        appealed_at__isnull=False, answered_at__isnull=True, lifted_at__isnull=True
    )
    return rows.select_related("member").order_by("appealed_at")


def _in_state(state: str) -> Q:
    suspended = suspended_now()
    return {
        "in": ~suspended & Q(confirmed_at__isnull=False, is_active=True),
        "waiting": Q(confirmed_at__isnull=True),
        "suspended": suspended,
        "hosts": Q(host_since__isnull=False),
        "never": Q(last_login__isnull=True),
    }[state]
