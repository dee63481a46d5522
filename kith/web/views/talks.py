"""Talks and notes about a contact, and the run of cards that back-fills past talks."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kith.contacts import actions
from kith.contacts.models import Contact, Note, Talk
from kith.contacts.when import remember
from kith.core.refusal import Refused
from kith.desk import backfill
from kith.desk.actions import answer_card, answer_step, skip_no_more, undo_card
from kith.desk.contacts import counts
from kith.desk.models import Answer, Card
from kith.web.partial import is_partial
from kith.web.requests import Request
from kith.web.views.contacts import contact_address, contact_page, own


@login_required
@require_POST
def log_talk(request: Request, public_id: str) -> HttpResponse:
    """A talk makes an A contact; when Today asked for it, the step is done with it."""
    person, said = own(request, public_id), request.POST
    try:
        when = remember(
            *(said.get(part, "") for part in ("year", "month", "day")), today=timezone.localdate()
        )
        actions.log_talk(
            person,
            kind=said.get("kind", ""),
            held_on=when.held_on,
            precision=when.precision,
            notes=said.get("notes", ""),
        )
    except Refused as problem:
        return contact_page(request, person, problem, "talk")
    if said.get("step") in Answer.Kind.values:
        answer_step(person, said["step"], "done")
    person.refresh_from_db()
    return _went_well(request, person)


@login_required
@require_POST
def erase_talk(request: Request, public_id: str) -> HttpResponse:
    """Forget a talk logged by mistake."""
    person = own(request, public_id)
    talks = Talk.objects.visible_to(request.viewer)
    actions.erase_talk(get_object_or_404(talks, pk=_number(request, "talk")))
    return redirect(contact_address(person.merged_into or person, "timeline"))


@login_required
@require_POST
def write_note(request: Request, public_id: str) -> HttpResponse:
    """A private line; nobody else sees it."""
    person = own(request, public_id)
    try:
        actions.write_note(person, request.POST.get("text", ""))
    except Refused as problem:
        return contact_page(request, person, problem, "note")
    return _went_well(request, person)


@login_required
@require_POST
def erase_note(request: Request, public_id: str) -> HttpResponse:
    person = own(request, public_id)
    notes = Note.objects.visible_to(request.viewer)
    actions.erase_note(get_object_or_404(notes, pk=_number(request, "note")))
    return redirect(contact_address(person.merged_into or person, "timeline"))


@login_required
@require_safe
def back_fill(request: Request) -> HttpResponse:
    """The next card of the run."""
    return _card(request)


@login_required
@require_POST
def back_fill_answer(request: Request) -> HttpResponse:
    """One press: spoken by call, meeting or video; not yet; skip."""
    said = request.POST
    person = own(request, said.get("contact", ""))
    pressed = said.get("answer", "")
    try:
        if pressed in Talk.Kind.values:
            when = remember(said.get("year", ""), said.get("month", ""), today=timezone.localdate())
            answer_card(person, Card.Said.SPOKEN, talk_kind=pressed, when=when)
        else:
            answer_card(person, pressed if pressed != Card.Said.SPOKEN else "")
    except Refused as problem:
        return _card(request, problem)
    return _card(request) if is_partial(request) else redirect("back_fill")


@login_required
@require_POST
def back_fill_undo(request: Request) -> HttpResponse:
    """Take the last answer back, with the talk it logged."""
    last = (
        Card.objects.visible_to(request.viewer)
        .select_related("contact", "talk")
        .order_by("-answered_at", "-pk")
        .first()
    )
    if last:
        undo_card(last)
    return _card(request) if is_partial(request) else redirect("back_fill")


@login_required
@require_POST
def back_fill_again(request: Request) -> HttpResponse:
    """Go through the skipped ones once more."""
    if not skip_no_more(request.user):
        messages.info(request, _("No card was skipped."))
    return redirect("back_fill")


def _card(request: Request, refusal: Refused | None = None) -> HttpResponse:
    today, deck = timezone.localdate(), backfill.deck(request.viewer)
    context = {
        "deck": deck,
        "counts": counts(request.viewer),
        "refusal": refusal,
        "rest": deck.is_rest and "go" not in request.GET and not refusal,
        "months": MONTHS.items(),
        "month": request.POST.get("month", "") if refusal else "",
    }
    if deck.contact:
        context["years"] = backfill.years(deck.contact, today)
        context["year"] = backfill.likely_year(deck.contact, today)
    template = "_back_fill.html" if is_partial(request) else "back_fill.html"
    return render(request, template, context, status=422 if refusal and not is_partial(request) else 200)


def _went_well(request: Request, person: Contact) -> HttpResponse:
    """The page anew for htmx, a redirect for everybody else."""
    if is_partial(request):
        return contact_page(request, person)
    return redirect(contact_address(person, "timeline"))


def _number(request: Request, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
