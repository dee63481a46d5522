"""What waits for a host, and what a host decided about a member."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.members.models import JoinRequest, Member, Restriction
from kith.notifications.actions import notify
from kith.notifications.kinds import Fold, Kind, Route, Told
from kith.notifications.wording import people


def _asked(told: Told) -> str:
    return ngettext(
        "%(people)s asked to be let in.", "%(people)s asked to be let in.", told.people or told.count
    ) % {"people": people(told)}


def _appealed(told: Told) -> str:
    return _("%(people)s appealed against a restriction.") % {"people": people(told)}


def _in(told: Told) -> str:
    return _("You are let in. Welcome!")


def _free(told: Told) -> str:
    if told.facts.get("kind", Restriction.Kind.SUSPENDED) == Restriction.Kind.INVITATIONS:
        return _("You can invite freely again: the hosts ended what restricted it.")
    return _("Your account is open again: the hosts ended what held it back.")


def _console(told: Told) -> Route:
    """The one who waits, or the console's list of all who do."""
    if told.people == 1 and told.subject:
        return "host_member", {"public_id": told.subject.member.public_id}
    return "host", {}


def _requests(ids: Collection[int]) -> Mapping[int, JoinRequest]:
    return JoinRequest.objects.select_related("member").in_bulk(ids)


def _restrictions(ids: Collection[int]) -> Mapping[int, Restriction]:
    return Restriction.objects.select_related("member").in_bulk(ids)


def _today(told: Told) -> Route:
    return "today", {}


ASKED_IN = Kind(
    "asked_in",
    gettext_lazy("People who ask to be let in"),
    gettext_lazy("You are a host, and people wait for your word."),
    sentence=_asked,
    address=_console,
    subjects=_requests,
    fold=Fold.BY_KIND,
    hosts_only=True,
    from_anybody=True,
)
APPEAL = Kind(
    "appeal",
    gettext_lazy("Appeals"),
    gettext_lazy("You are a host, and a member says why a restriction is wrong."),
    sentence=_appealed,
    address=_console,
    subjects=_restrictions,
    hosts_only=True,
    from_anybody=True,
)
LET_IN = Kind(
    "let_in",
    gettext_lazy("Being let in"),
    gettext_lazy("You asked the hosts to let you in, and they did."),
    sentence=_in,
    address=_today,
)
LIFTED = Kind(
    "lifted",
    gettext_lazy("The end of a restriction"),
    gettext_lazy("Something held your account back, and it ended."),
    sentence=_free,
    address=_today,
    essential=True,
)


def tell_hosts_of_request(request: JoinRequest) -> None:
    """Somebody waits to be let in: every host hears it."""
    notify(ASKED_IN, _hosts(), event=f"asked_in:{request.pk}", actor=request.member, subject=request)


def tell_hosts_of_appeal(restriction: Restriction) -> None:
    """A member appealed: every host hears it."""
    notify(APPEAL, _hosts(), event=f"appeal:{restriction.pk}", actor=restriction.member, subject=restriction)


def tell_let_in(request: JoinRequest) -> None:
    """The host's yes; a no is on the page the declined are kept at, for they have no notices."""
    notify(LET_IN, [request.member], event=f"let_in:{request.pk}", subject=request)


def tell_lifted(restriction: Restriction) -> None:
    """A restriction ended before its time; call it once the member is free again."""
    notify(
        LIFTED,
        [restriction.member],
        event=f"lifted:{restriction.pk}",
        subject=restriction,
        facts={"kind": restriction.kind},
    )


def _hosts() -> list[Member]:
    return list(Member.objects.let_in().hosts())
