"""Endorsements: vouch for somebody's skill, ask for it, and decide about those one got."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.core.refusal import Refused
from kith.desk.beside import Beside, degrees_beside
from kith.members.models import Member
from kith.network.models import Connection
from kith.profiles.actions import endorsements as acts
from kith.profiles.models import Endorsement, EndorsementRequest, Recommendation, Skill
from kith.profiles.shown import Role, ShownProfile
from kith.profiles.vouched import Vouched, recommended, role_now, unvouched, vouched
from kith.web.requests import Request


def vouching_of(request: Request, shown: ShownProfile) -> dict[str, Any]:
    """What others say of the member of a profile, for members who look at it."""
    viewer = request.viewer
    if shown.as_role not in (Role.SELF, Role.MEMBER, Role.HOST) or viewer.member is None:
        return {}
    is_own = viewer.member == shown.member
    skills = vouched(shown.member, viewer) if shown.endorsements and (shown.skills or is_own) else []
    rows, mutual = recommended(shown.member, viewer) if shown.recommendations else ([], set())
    return {
        "skills": [skill for skill in skills if skill.listed] if shown.skills else [],
        "role_now": role_now(shown.member, viewer) if shown.positions else None,
        "proposals": sum(skill.is_proposal for skill in skills) if shown.is_own else 0,
        "unvouched": unvouched(shown.member, skills) if shown.is_own else [],
        "recommendations": rows,
        "mutual": mutual,
        "near": _near(request, skills, rows),
        "connected": not is_own and Connection.objects.between(viewer.member, shown.member).exists(),
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def endorse(request: Request, handle: str) -> HttpResponse:
    """Vouch for skills of a connection, and ask them to vouch for one's own."""
    member, refusal = connection_or_404(request, handle), None
    if request.method == "POST":
        name = request.POST.get("other", "") or request.POST.get("name", "")
        try:
            acts.endorse(request.user, member, name, request.POST.get("how", ""))
        except Refused as problem:
            refusal = problem
        else:
            messages.success(request, _("You vouch for %(name)s.") % {"name": member.name})
            return redirect("endorse", member.handle)
    return _endorse_page(request, member, refusal, "endorse")


@login_required
@require_POST
def ask_endorsement(request: Request, handle: str) -> HttpResponse:
    """One person, one skill."""
    member = connection_or_404(request, handle)
    try:
        acts.ask_for_endorsement(request.user, member, request.POST.get("name", ""))
    except Refused as problem:
        return _endorse_page(request, member, problem, "ask")
    messages.success(request, _("%(name)s is asked.") % {"name": member.name})
    return redirect("endorse", member.handle)


@login_required
@require_safe
def endorsements(request: Request) -> HttpResponse:
    """One's own, skill by skill, to accept or to hide; nothing has to be done (K-9)."""
    skills = vouched(request.user, request.viewer)
    made = Endorsement.objects.visible_to(request.viewer).filter(endorser=request.user)
    context = {
        "proposals": [skill for skill in skills if skill.is_proposal],
        "skills": [skill for skill in skills if not skill.is_proposal and skill.endorsements],
        "unvouched": unvouched(request.user, skills),
        "role_now": role_now(request.user, request.viewer),
        "made": made.select_related("member__profile"),
        "near": _near(request, skills),
    }
    return render(request, "vouching/endorsements.html", context)


@login_required
@require_POST
def endorsement(request: Request, public_id: str) -> HttpResponse:
    """Accept or hide one that one got; take back one that one made."""
    rows = Endorsement.objects.visible_to(request.viewer)
    act = request.POST.get("act")
    if act == "take_back":
        acts.take_back(get_object_or_404(rows, public_id=public_id, endorser=request.user), request.user)
    else:
        _decide(request, [get_object_or_404(rows, public_id=public_id, member=request.user)], act)
    return redirect("endorsements")


@login_required
@require_POST
def endorsed_skill(request: Request) -> HttpResponse:
    """Accept or hide everything about one skill."""
    rows = Endorsement.objects.visible_to(request.viewer).of(request.user)
    key = request.POST.get("key", "").replace("\x00", "")
    _decide(request, list(rows.filter(key=key)), request.POST.get("act"))
    return redirect("endorsements")


def connection_or_404(request: Request, handle: str) -> Member:
    """A connection of the viewer's; anybody else has no such page."""
    others = Member.objects.visible_to(request.viewer).exclude(pk=request.user.pk)
    member = get_object_or_404(others, handle=handle)
    if not Connection.objects.between(request.user, member).exists():
        raise Http404
    return member


def _near(
    request: Request, skills: Sequence[Vouched], rows: Sequence[Recommendation] = ()
) -> dict[int, Beside]:
    """How near those who vouch are; asked only where somebody does."""
    people = {one.endorser_id for skill in skills for one in skill.endorsements}
    people |= {row.author_id for row in rows}
    return degrees_beside(request.viewer, people) if people else {}


def _decide(request: Request, rows: list[Endorsement], act: str | None) -> None:
    if act == "hide":
        acts.hide(request.user, rows)
    elif act == "accept":
        acts.accept(request.user, rows)


def _endorse_page(request: Request, member: Member, refusal: Refused | None, form: str) -> HttpResponse:
    skills = [skill for skill in vouched(member, request.viewer) if skill.listed]
    said = {
        row.key: row
        for row in Endorsement.objects.visible_to(request.viewer).filter(member=member, endorser=request.user)
    }
    context = {
        "member": member,
        "skills": [(skill, said.get(skill.key)) for skill in skills],
        "others": [row for key, row in said.items() if key not in {skill.key for skill in skills}],
        "mine": Skill.objects.of(request.user),
        "asked": EndorsementRequest.objects.filter(asker=member, asked=request.user).exclude(key__in=said),
        "refusal": refusal,
        "refused_form": form if refusal else "",
        "typed": request.POST,
    }
    return render(request, "vouching/endorse.html", context, status=422 if refusal else 200)
