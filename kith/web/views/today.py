"""Today: what to do now, each thing with one next step."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kith.contacts.models import Contact
from kith.core.refusal import Refused
from kith.desk.actions import answer_step, undo_answer
from kith.desk.figures import figures
from kith.desk.from_archive import offers
from kith.desk.models import Answer
from kith.desk.today import today_for
from kith.web.partial import is_partial
from kith.web.requests import Request
from kith.web.views.contacts import own
from kith.web.views.invitations import received_by

LATER = {"1": 1, "7": 7, "30": 30, "90": 90}


@login_required
@require_safe
def today(request: Request) -> HttpResponse:
    return _today(request)


@login_required
@require_POST
def answer_today(request: Request, public_id: str) -> HttpResponse:
    """Done, later, not this one, or undo; htmx gets the day anew."""
    person = own(request, public_id)
    kind, said = request.POST.get("kind", ""), request.POST.get("answer", "")
    try:
        if said == "undo":
            undo_answer(person, kind)
            return _today(request) if is_partial(request) else redirect("today")
        said, _sign, days = said.partition("-")
        answer = answer_step(person, kind, said, days=LATER.get(days, 7))
    except Refused as problem:
        return _today(request, refusal=problem)
    if is_partial(request):
        return _today(request, answered=answer)
    return redirect(f"{reverse('today')}?answered={person.public_id}.{kind}#answered")


def _today(request: Request, answered: Answer | None = None, refusal: Refused | None = None) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    now = timezone.localtime()
    opened = asked.get("open", "")
    context = {
        "day": today_for(request.viewer, now.date(), opened),
        "opened": opened,
        "hour": now.hour,
        "answered": answered or _answered(request),
        "refusal": refusal,
        "figures": figures(request.viewer),
        "here_count": len(offers(request.viewer)),
        "asking_count": received_by(request.viewer).waiting().count(),
    }
    template = "_today.html" if is_partial(request) else "today.html"
    return render(request, template, context, status=422 if refusal and not is_partial(request) else 200)


def _answered(request: Request) -> Answer | None:
    """Without JavaScript the address says which answer can be undone."""
    public_id, _dot, kind = request.GET.get("answered", "").partition(".")
    person = Contact.objects.visible_to(request.viewer).filter(public_id=public_id).first() if kind else None
    if person is None:
        return None
    return (
        Answer.objects.visible_to(request.viewer)
        .filter(contact=person, kind=kind)
        .select_related("contact")
        .first()
    )
