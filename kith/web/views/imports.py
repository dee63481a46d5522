"""Bringing an archive in: upload, preview, progress, outcome, taking it back."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.archive import actions
from kith.archive.reading.model import Refused
from kith.contacts.models import ImportRun
from kith.desk.from_archive import offers
from kith.web.requests import Request

KEEP = 20  # runs listed on the page


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: Request) -> HttpResponse:
    """Where a file is dropped, and what came in before."""
    refusal = ""
    if request.method == "POST":
        upload = request.FILES.get("archive")
        if upload is None:
            refusal = _("File: choose the .zip of your archive or an .xlsx of creator analytics first.")
        else:
            try:
                run = actions.receive(request.user, upload.name or "", upload.chunks())
                return _went_well(request, run)
            except Refused as problem:
                refusal = str(problem)
    runs = ImportRun.objects.visible_to(request.viewer)[:KEEP]
    context = {"runs": runs, "refusal": refusal}
    return render(request, "bring_in.html", context, status=422 if refusal else 200)


@login_required
@require_POST
def sample(request: Request) -> HttpResponse:
    """Try it with the sample archive."""
    return redirect("import_run", actions.receive_sample(request.user).public_id)


@login_required
def import_run(request: Request, public_id: str) -> HttpResponse:
    """One import in whatever state it is; an htmx request gets the moving part alone."""
    run = _own(request, public_id)
    template = "_import_run.html" if request.headers.get("HX-Request") else "import_run.html"
    here_count = len(offers(request.viewer)) if run.state == "done" else 0
    return render(request, template, {"run": run, "here_count": here_count})


@login_required
@require_POST
def start(request: Request, public_id: str) -> HttpResponse:
    """Agree to the preview."""
    run = _own(request, public_id)
    choices = {name: name in request.POST for name in actions.CHOICES}
    if (run.preview or {}).get("is_somebody_else") and "mine" not in request.POST:
        refusal = _("Whose it is: tick that you may bring in this archive, or cancel.")
        context = {"run": run, "refusal": refusal, "typed": choices}
        return render(request, "import_run.html", context, status=422)
    actions.start(run, choices)
    return redirect("import_run", run.public_id)


@login_required
@require_POST
def cancel(request: Request, public_id: str) -> HttpResponse:
    run = _own(request, public_id)
    actions.cancel(run)
    return redirect("import_run", run.public_id)


@login_required
@require_POST
def take_back(request: Request, public_id: str) -> HttpResponse:
    """Undo a finished import whole."""
    run = _own(request, public_id)
    actions.ask_to_take_back(run)
    return redirect("import_run", run.public_id)


def _own(request: Request, public_id: str) -> ImportRun:
    runs = ImportRun.objects.visible_to(request.viewer).select_related("progress", "owner")
    return get_object_or_404(runs, public_id=public_id)


def _went_well(request: Request, run: ImportRun) -> HttpResponse:
    """The upload script is told where to go on; a plain form is sent there."""
    answer = redirect("import_run", run.public_id)
    if request.headers.get("X-Requested-With") == "XMLHttpRequest":
        return HttpResponse(status=201, headers={"Location": answer.url})
    return answer
