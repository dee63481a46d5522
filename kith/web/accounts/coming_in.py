"""How somebody new is let in: the link, roster entry or letter they came by goes with them until their address stands."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from kith.core.refusal import Refused
from kith.members import joining, roster
from kith.members.addresses import confirm, is_verified
from kith.members.models import JoinLink, JoinRequest, Member, RosterEntry
from kith.network import limits
from kith.network.actions import outside
from kith.network.models import Invitation
from kith.notifications.hosting import tell_hosts_of_request

CAME_BY = "came_by"  # in the session: {"join": token}, {"claim": token} or {"invited": token}


def came_by(request: HttpRequest, way: str, token: str) -> None:
    """Remember the way in; the token leaves the address bar for the session."""
    request.session[CAME_BY] = {way: token}


def way_in(request: HttpRequest) -> JoinLink | RosterEntry | Invitation | None:
    """The join link, roster entry or member's letter this visitor came by, while it still lets somebody in."""
    token = request.session.get(CAME_BY) or {}
    if "join" in token:
        return joining.find_join_link(token["join"])
    if "claim" in token:
        return roster.find_roster_entry(token["claim"])
    if "invited" in token and letters_let_in():
        return outside.find_by_token(token["invited"])
    return None


def letters_let_in() -> bool:
    """Whether a member's letter is a way in: only where signing up takes a link, and the host allows it."""
    return bool(joining.SIGN_UP.value == "link" and limits.BRING_IN.value)


def may_sign_up(request: HttpRequest) -> bool:
    return joining.SIGN_UP.value != "link" or way_in(request) is not None


def asks_reason(request: HttpRequest) -> bool:
    """Whether a host decides, so that the form asks why."""
    return joining.SIGN_UP.value == "approval" and way_in(request) is None


def settle(request: HttpRequest, member: Member) -> None:
    """At each sign-in: whoever is not let in yet is, if their verified address and their way in allow it."""
    if member.confirmed_at is not None:
        request.session.pop(CAME_BY, None)
    elif is_verified(member):
        try:
            let_in(request, member)
        except Refused as refusal:
            messages.error(request, str(refusal))


def let_in(request: HttpRequest, member: Member) -> None:
    """Take the way in, confirm where sign-up is open, or tell the hosts; connects with who invited them.

    Refuses what a link, an entry or a letter refuses.
    """
    way = way_in(request)
    request.session.pop(CAME_BY, None)
    with transaction.atomic():
        if isinstance(way, JoinLink):
            joining.use_join_link(way, member, member.email)
        elif isinstance(way, RosterEntry):
            roster.claim_roster_entry(way, member)
        elif isinstance(way, Invitation):
            if way.email_hash != roster.email_hash(member.email):
                raise Refused(_("E-mail: this letter is for another address."), "email")
            confirm(member)
        elif joining.SIGN_UP.value == "open":
            confirm(member)
        elif asked := JoinRequest.objects.filter(member=member, decided_at__isnull=True).first():
            tell_hosts_of_request(asked)  # only now: an address nobody showed to be theirs reaches no host
        outside.connect_invited(member)
    member.refresh_from_db(fields=["confirmed_at", "joined_by"])
