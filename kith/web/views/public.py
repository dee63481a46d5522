"""The public page, and profiles as files: what this viewer sees and not a word more."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kith.members.models import Member
from kith.profiles.json_ld import person
from kith.profiles.json_resume import json_resume
from kith.profiles.opened import allowed, open_profile
from kith.profiles.photos import photo_for
from kith.profiles.public import go_private, go_public, profile_at
from kith.profiles.shown import ShownProfile
from kith.profiles.vcard import vcard
from kith.profiles.work import work_now, works_for
from kith.web.partial import is_partial
from kith.web.requests import Request
from kith.web.views.errors import too_often
from kith.web.views.profile_parts import shown_parts


@require_safe
def public_page(request: Request, handle: str) -> HttpResponse:
    """What anybody on the web gets of a member who opted in; whoever did not is nobody (b14)."""
    return draw_public(request, _seen(request, handle))


def draw_public(request: Request, shown: ShownProfile, **more: object) -> HttpResponse:
    """The public page of what the web sees; its owner, looking as the web, gets it with `more` around it."""
    now, parts = work_now(shown), list(shown_parts(shown))
    address = _address(request, shown)
    context = {
        "shown": shown,
        "main": [part for part in parts if not part.part.side],
        "side": [part for part in parts if part.part.side],
        "now": now,
        "works_for": works_for(now),
        "today": timezone.localdate(),
        "odd": {},
        "address": address,
        "facts": person(shown, address, _photo_address(request, shown)),
    }
    return render(request, "public/page.html", context | more)


@require_safe
def card_file(request: Request, handle: str) -> HttpResponse:
    """The profile for an address book."""
    shown = _seen(request, handle)
    if refusal := harvest_refused(request, shown.member):
        return refusal
    key = shown.card.photo_key if shown.card else ""
    photo = photo_for(request.viewer, key, "large") if key else None
    words = vcard(shown, _address(request, shown), photo)
    return _file(HttpResponse(words, content_type="text/vcard; charset=utf-8"), f"{handle}.vcf")


@require_safe
def resume_file(request: Request, handle: str) -> HttpResponse:
    """The profile as a JSON Resume."""
    shown = _seen(request, handle)
    if refusal := harvest_refused(request, shown.member):
        return refusal
    resume = json_resume(shown, _address(request, shown), _photo_address(request, shown))
    return _file(
        JsonResponse(resume, json_dumps_params={"ensure_ascii": False, "indent": 1}), f"{handle}.json"
    )


@login_required
@require_POST
def switch_public(request: Request) -> HttpResponse:
    """On or off the web; htmx gets the switch alone."""
    on = request.POST.get("on") == "1"
    (go_public if on else go_private)(request.user)
    if is_partial(request):
        return render(request, "public/_switch.html", {"is_public": on})
    messages.success(request, _("Your public page is on.") if on else _("Your public page is off."))
    return redirect("member", request.user.handle)


def harvest_refused(request: Request, person: Member) -> HttpResponse | None:
    """Beyond a day's profiles of others: why, and until when (b55)."""
    seconds = open_profile(request.viewer, person)
    if not seconds:
        return None
    said = _("You have opened %(most)s profiles within a day, as many as the hosts allow.")
    return too_often(request, seconds, said % {"most": f"{allowed(request.viewer):,}"})


def _seen(request: Request, handle: str) -> ShownProfile:
    shown = profile_at(handle, request.viewer)
    if shown is None:
        raise Http404
    return shown


def _address(request: Request, shown: ShownProfile) -> str:
    return request.build_absolute_uri(reverse("member", args=[shown.member.handle]))


def _photo_address(request: Request, shown: ShownProfile) -> str:
    if not shown.card or not shown.card.photo_key:
        return ""
    return request.build_absolute_uri(reverse("photo", args=[shown.card.photo_key, "large"]))


def _file(response: HttpResponse, name: str) -> HttpResponse:
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Robots-Tag"] = "noindex"
    return response
