"""Taking everything out, and leaving for good."""

from typing import cast

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from kith.archive import erasure
from kith.archive.export import actions
from kith.archive.models import Export, KeptTie
from kith.core.refusal import Refused
from kith.web.accounts.again import sure_it_is_you
from kith.web.partial import is_partial
from kith.web.requests import Request

SHOWN = 200  # ties listed on their page


@login_required
def leave(request: Request) -> HttpResponse:
    """A full copy, what came along from elsewhere, and the way out."""
    return _leave_page(request)


@require_POST
@sure_it_is_you
def take_out(request: Request) -> HttpResponse:
    """Have everything put into one file."""
    try:
        actions.ask_for_export(request.user)
    except Refused as refusal:
        return _leave_page(request, refusal=str(refusal))
    return redirect("leave")


@login_required
def export(request: Request, public_id: str) -> HttpResponse:
    """One export, whatever became of it; the moving part alone for htmx."""
    found = get_object_or_404(Export.objects.visible_to(request.viewer), public_id=public_id)
    if is_partial(request):
        return render(request, "leaving/_export.html", {"export": found})
    return _leave_page(request, shown=found)


@never_cache
@sure_it_is_you
def export_file(request: Request, public_id: str) -> HttpResponse:
    """The file itself: for its owner alone, for a week (b38)."""
    found = get_object_or_404(Export.objects.visible_to(request.viewer).standing(), public_id=public_id)
    try:
        file = actions.path_of(found).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    made_on = timezone.localtime(found.finished_at).date()
    answer = FileResponse(file, as_attachment=True, filename=f"kith-export-{made_on}.zip")
    return cast(HttpResponse, answer)


@login_required
def came_along(request: Request) -> HttpResponse:
    """What stood between the owner and others at another house."""
    ties = KeptTie.objects.visible_to(request.viewer)
    return render(
        request, "leaving/came_along.html", {"ties": ties[:SHOWN], "count": ties.count(), "shown": SHOWN}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sure_it_is_you
def leave_for_good(request: Request) -> HttpResponse:
    """Erase the account: the handle is typed, the browser signed out, and the worker does the rest."""
    member, typed, refusal = request.user, request.POST.get("handle", ""), ""
    if request.method == "POST":
        try:
            if typed.strip().lstrip("@").casefold() != member.handle.casefold():
                raise Refused(
                    _("Handle: type %(handle)s, so that nobody leaves by a slip.") % {"handle": member.handle}
                )
            erasure.begin(member)
            logout(request)
            return render(request, "leaving/gone.html")
        except Refused as problem:
            refusal = str(problem)
    alone = member.is_host and not erasure.other_hosts(member).exists()
    context = {"member": member, "typed": typed, "refusal": refusal, "alone": alone}
    return render(request, "leaving/for_good.html", context, status=422 if refusal else 200)


def _leave_page(request: Request, *, refusal: str = "", shown: Export | None = None) -> HttpResponse:
    context = {
        "export": shown or Export.objects.visible_to(request.viewer).first(),
        "kept": KeptTie.objects.visible_to(request.viewer).count(),
        "refusal": refusal,
    }
    return render(request, "leaving/leave.html", context, status=422 if refusal else 200)
