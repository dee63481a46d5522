"""A member's page, as the one who looks gets it."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kith.desk.beside import Step, beside
from kith.desk.connections import may_browse
from kith.members.models import Member
from kith.profiles.periods import odd_dates
from kith.profiles.shown import Role, ShownProfile, shown_profile
from kith.profiles.strength import next_steps
from kith.web.requests import Request
from kith.web.views.connect import openness_of
from kith.web.views.profile_parts import AUDIENCE_WORDS, shown_parts
from kith.web.views.public import draw_public, harvest_refused, public_page
from kith.web.views.vouching import vouching_of

VIEWS_AS = {
    Role.SELF: _("yourself"),
    Role.MEMBER: _("a member"),
    Role.HOST: _("the host"),
    Role.BLOCKED: _("somebody blocked"),
    Role.WEB: _("the web"),
}


@require_safe
def member(request: Request, handle: str) -> HttpResponse:
    """One page for everybody: its owner edits it in place, whoever is not signed in gets the public one."""
    if request.viewer.member is None:
        return public_page(request, handle)
    person = get_object_or_404(Member, handle=handle)
    asked = request.GET.get("as", "")
    shown = shown_profile(person, request.viewer, Role(asked) if asked in Role.values else None)
    is_own = person == request.user
    if shown.card is None and not is_own:
        raise Http404
    if refusal := harvest_refused(request, person):
        return refusal
    if shown.card and shown.as_role == Role.WEB:
        return draw_public(request, shown, views_as=VIEWS_AS.items())
    near = {} if is_own else beside(request.viewer, [person.pk])
    browses = not is_own and may_browse(request.viewer, person)
    context = page_of(request, shown) | {"is_own": is_own, "near": near, "may_browse": browses}
    if near and near[person.pk].step is Step.CONNECT:
        context["openness"] = openness_of(person)
    if near and (faces := near[person.pk].tie.mutual_ids):
        context["both_know"] = Member.objects.visible_to(request.viewer).filter(pk__in=faces)
    return render(request, "profile/member.html", context)


def page_of(request: Request, shown: ShownProfile) -> dict[str, Any]:
    """What the page and each of its parts are drawn from."""
    parts = list(shown_parts(shown)) if shown.card else []
    today = timezone.localdate()
    return {
        "shown": shown,
        "main": [part for part in parts if not part.part.side],
        "side": [part for part in parts if part.part.side],
        "audiences": AUDIENCE_WORDS.items(),
        "views_as": VIEWS_AS.items(),
        "steps": next_steps(shown) if shown.is_own else [],
        "odd": {odd.position.pk: odd.why for odd in odd_dates(shown.positions, today)}
        if shown.is_own
        else {},
        "today": today,
        "vouching": vouching_of(request, shown),
        "near": {},
    }
