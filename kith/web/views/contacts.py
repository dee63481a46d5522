"""Contacts: the list, one person, and what can be changed about them."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.contacts import actions
from kith.contacts.models import Contact, Talk
from kith.core.refusal import Refused
from kith.core.text import fold
from kith.desk.contacts import MOST, PAGE, Wanted, counts, fitting, page_of, wanted_contacts
from kith.desk.models import Answer
from kith.desk.timeline import FIRST, timeline
from kith.web.asked import only
from kith.web.partial import is_partial
from kith.web.requests import Request

CANDIDATES = 12  # people offered to merge with
WORDS = 300  # signs of what is looked for


@login_required
@require_safe
@only({*Wanted.__slots__, "after", "show"})
def contacts(request: Request) -> HttpResponse:
    """The list; the address holds everything, so that coming back finds the same row."""
    wanted = Wanted.from_query(request.GET.dict())
    found = wanted_contacts(request.viewer, wanted, timezone.localdate())
    after = Contact.objects.visible_to(request.viewer).filter(public_id=request.GET.get("after", "")).first()
    is_more = after is not None and is_partial(request)
    already = _number(request.GET.get("show", ""))
    page = page_of(found, wanted.sort, after, PAGE if after else max(PAGE, min(already, MOST)))
    drawn = already + len(page.rows) if is_more else len(page.rows)
    query = wanted.query()
    here = wanted.query(show=str(drawn)) if PAGE < drawn <= MOST else query
    context = {"wanted": wanted, "query": query, "here": here, "page": page, "after": after, "drawn": drawn}
    if is_more:
        response = render(request, "_contacts_rows.html", context)
        stay = here
    else:
        total = counts(request.viewer)
        narrow = bool(wanted.q or wanted.filters)
        matches, spoken = fitting(found) if narrow else (total.all, total.a)
        context |= {"counts": total, "narrow": narrow, "matches": matches, "spoken": spoken}
        response = render(request, "_contacts.html" if is_partial(request) else "contacts.html", context)
        stay = query
    if is_partial(request):
        response["HX-Replace-Url"] = reverse("contacts") + (f"?{stay}" if stay else "")
    response["Vary"] = "HX-Request"
    return response


@login_required
@require_safe
def contact(request: Request, public_id: str) -> HttpResponse:
    """One person and everything between you."""
    person = own(request, public_id)
    if person.merged_into:
        return redirect("contact", person.merged_into.public_id)
    return contact_page(request, person)


def contact_page(
    request: Request, person: Contact, refusal: Refused | None = None, form: str = ""
) -> HttpResponse:
    """The page, or its moving part for htmx; after a refusal with what was typed."""
    entries = timeline(request.viewer, person)
    shown = entries if "all" in request.GET else entries[:FIRST]
    step = request.GET.get("step", "") or request.POST.get("step", "")
    context = {
        "contact": person,
        "entries": shown,
        "older": len(entries) - len(shown),
        "total": len(entries),
        "behind": Contact.objects.visible_to(request.viewer).filter(merged_into=person),
        "kinds": Talk.Kind.choices,
        "today": timezone.localdate(),
        "step": step if step in Answer.Kind.values else "",
        "list": _list(request),
        "refusal": str(refusal) if refusal else "",
        "refused_field": refusal.field if refusal else "",
        "refused_form": form,
        "typed": request.POST if refusal else {},
    }
    template = "_contact.html" if is_partial(request) else "contact.html"
    return render(request, template, context, status=422 if refusal and not is_partial(request) else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_contact(request: Request, public_id: str) -> HttpResponse:
    """What the owner types here wins over every later archive."""
    person = own(request, public_id)
    typed = {name: request.POST.get(name, getattr(person, name)) for name in actions.LIMITS}
    refusal = None
    if request.method == "POST":
        try:
            actions.edit_contact(person, **typed)
            return redirect("contact", person.public_id)
        except Refused as problem:
            refusal = problem
            person.refresh_from_db()
    context = {"contact": person, "typed": typed, "refusal": refusal}
    return render(request, "contact_edit.html", context, status=422 if refusal else 200)


@login_required
@require_POST
def let_go(request: Request, public_id: str) -> HttpResponse:
    person = own(request, public_id)
    actions.let_go(person)
    messages.success(request, _("%(name)s is let go: Today no longer proposes them.") % {"name": person.name})
    return redirect("contact", person.public_id)


@login_required
@require_POST
def take_up_again(request: Request, public_id: str) -> HttpResponse:
    person = own(request, public_id)
    actions.take_up_again(person)
    return redirect("contact", person.public_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def merge_contact(request: Request, public_id: str) -> HttpResponse:
    """Choose who is the same person, then let them stand behind this one."""
    person = own(request, public_id)
    refusal = None
    if request.method == "POST":
        other = own(request, request.POST.get("other", ""))
        try:
            actions.merge_contacts(person, other)
            messages.success(request, _("Merged. It can be undone on this page."))
            return redirect("contact", person.public_id)
        except Refused as problem:
            refusal = problem
    words = request.GET.get("q", person.name)[:WORDS]
    candidates = Contact.objects.visible_to(request.viewer).listed().exclude(pk=person.pk).exclude(name="")
    for word in fold(words).split():
        candidates = candidates.filter(search_text__contains=word)
    context = {
        "contact": person,
        "words": words,
        "candidates": candidates.order_by("sort_name", "pk")[:CANDIDATES],
        "refusal": refusal,
    }
    return render(request, "contact_merge.html", context, status=422 if refusal else 200)


@login_required
@require_POST
def undo_merge(request: Request, public_id: str) -> HttpResponse:
    """Make two of one again; the address names the one that stands behind."""
    person = own(request, public_id)
    kept = person.merged_into or person
    try:
        actions.undo_merge(person)
        messages.success(request, _("They are two contacts again."))
    except Refused as problem:
        messages.error(request, str(problem))
    return redirect("contact", kept.public_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove_contact(request: Request, public_id: str) -> HttpResponse:
    """Asks first: nothing brings them back but a later archive."""
    person = own(request, public_id)
    if request.method == "POST":
        actions.remove(person)
        messages.success(request, _("%(name)s is removed.") % {"name": person.name})
        return redirect("contacts")
    return render(request, "contact_remove.html", {"contact": person})


def own(request: Request, public_id: str) -> Contact:
    """A contact of the viewer's; anybody else's does not exist."""
    rows = Contact.objects.visible_to(request.viewer).select_related("merged_into", "owner")
    return get_object_or_404(rows, public_id=public_id.replace("\x00", ""))


def contact_address(person: Contact, anchor: str = "", **query: str) -> str:
    """Where a contact's page is, at a place on it."""
    asked = urlencode({name: value for name, value in query.items() if value})
    return (
        reverse("contact", args=[person.public_id])
        + (f"?{asked}" if asked else "")
        + (f"#{anchor}" if anchor else "")
    )


def _list(request: Request) -> str:
    """The list one came from, as far as it is one: its wishes and how much of it was drawn."""
    said = {name: str(value) for name, value in QueryDict(request.GET.get("list", "")).dict().items()}
    shown = _number(said.get("show", ""))
    return Wanted.from_query(said).query(show=str(shown) if shown else "")


def _number(text: str) -> int:
    return min(int(text[:9]), 100_000) if text.isascii() and text.isdigit() else 0
