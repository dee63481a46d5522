"""Organisations members named: how often, which may be the same, merged and parted."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kith.core.refusal import Refused
from kith.core.text import fold
from kith.members.models import Organisation
from kith.members.organisations import LONGEST, merge_organisations, part_organisations
from kith.profiles.organisations import look_alikes, named_often
from kith.web.requests import Request
from kith.web.views.host.gate import host_only

MOST = 200


@host_only
@require_safe
def host_organisations(request: Request) -> HttpResponse:
    words = request.GET.get("q", "")[:160]
    context = {"rows": named_often(words, MOST), "pairs": look_alikes(30), "words": words, "most": MOST}
    return render(request, "host/organisations.html", context)


@host_only
@require_POST
def host_organisation_merge(request: Request, public_id: str) -> HttpResponse:
    """The one in the address stays; the other, chosen by id or by its name, stands behind it."""
    kept = get_object_or_404(Organisation.objects.standing(), public_id=public_id)
    name = request.POST.get("name", "")
    if name.strip():
        other = Organisation.objects.filter(key=fold(name)[:LONGEST]).first()
        if other is None:
            messages.error(
                request, _("Name: no organisation here is called “%(name)s”.") % {"name": name[:60]}
            )
            return redirect("host_organisations")
    else:
        other = get_object_or_404(
            Organisation, public_id=request.POST.get("other", "")[:16].replace("\x00", "")
        )
    try:
        merge_organisations(kept, other, actor=request.user)
        said = _("%(other)s now stands behind %(kept)s. It can be undone below.")
        messages.success(request, said % {"other": other.name, "kept": kept.name})
    except Refused as problem:
        messages.error(request, str(problem))
    return redirect("host_organisations")


@host_only
@require_POST
def host_organisation_part(request: Request, public_id: str) -> HttpResponse:
    spelling = get_object_or_404(Organisation, public_id=public_id)
    try:
        part_organisations(spelling, actor=request.user)
        messages.success(request, _("%(name)s stands for itself again.") % {"name": spelling.name})
    except Refused as problem:
        messages.error(request, str(problem))
    return redirect("host_organisations")
