"""Editing one's own profile in place, part by part; each address is a page too where no script runs."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.core.refusal import Refused
from kith.profiles import actions
from kith.profiles.actions.rows import MODELS
from kith.profiles.known import organisations_known
from kith.profiles.models import BY_OTHERS, Audience, Profile, ProfileRow, Section
from kith.profiles.shown import shown_profile
from kith.profiles.strength import WARN_FROM, is_long_list
from kith.web.partial import is_partial
from kith.web.requests import Request
from kith.web.views.profile import page_of
from kith.web.views.profile_fields import filled, is_untouched, kept_of_profile, kept_of_row, new_row
from kith.web.views.profile_parts import AUDIENCE_WORDS, CARD, PARTS

NOT_TO = {Section.PUBLIC_PHOTO: Audience.ME} | dict.fromkeys(BY_OTHERS, Audience.WEB)  # never offered


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_section(request: Request, part: str) -> HttpResponse:
    """The form of one part; sending it keeps the part, or adds a row to it. “Done” adds what was begun, too."""
    if request.method == "POST":
        done = "done" in request.POST
        try:
            if not (done and is_untouched(part, request.POST)):
                _keep(request, part)
        except Refused as problem:
            return _editing(request, part, refusal=problem)
        return _editing_again(request, part) if part in MODELS and not done else _as_shown(request, part)
    return _as_shown(request, part) if "done" in request.GET else _editing(request, part)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_row(request: Request, part: str, public_id: str) -> HttpResponse:
    """One row's form; sending it changes the row."""
    row = _own_row(request, part, public_id)
    if request.method == "POST":
        try:
            actions.change_row(row, part, request.POST)
            return _editing_again(request, part)
        except Refused as problem:
            return _editing(request, part, row, problem)
    return _editing(request, part, row)


@login_required
@require_POST
def move_row(request: Request, part: str, public_id: str) -> HttpResponse:
    """One place up or down."""
    row = _own_row(request, part, public_id)
    actions.move_row(row, part, -1 if request.POST.get("by") == "up" else 1)
    return _editing_again(request, part, stays=True)


@login_required
@require_POST
def remove_row(request: Request, part: str, public_id: str) -> HttpResponse:
    actions.remove_row(_own_row(request, part, public_id), part)
    return _editing_again(request, part)


@login_required
@require_POST
def profile_audience(request: Request, part: str) -> HttpResponse:
    """Who may see a part from now on; answers where it was asked."""
    try:
        actions.set_audience(request.user, part, request.POST.get("audience", ""))
    except Refused as problem:
        if request.POST.get("mode") == "table":
            return _table(request, problem)
        return _editing(request, part, refusal=problem)
    mode = request.POST.get("mode")
    if mode in ("table", "photo"):
        return redirect("audiences" if mode == "table" else "profile_photo")
    return _editing_again(request, part) if mode == "edit" else _as_shown(request, part)


@login_required
@require_safe
def audiences(request: Request) -> HttpResponse:
    """Every part and who may see it, in one table."""
    return _table(request)


@login_required
@require_safe
def organisations(request: Request) -> HttpResponse:
    """Names of organisations that profiles here name, while somebody types one."""
    words = request.GET.get("organisation", "") or request.GET.get("school", "")
    known = organisations_known(request.viewer, words)
    return render(request, "profile/_organisations.html", {"organisations": known})


def _keep(request: Request, part: str) -> None:
    typed, owner = request.POST, request.user
    if part == CARD:
        names = ("name", "pronunciation", "headline", "place")
        actions.edit_card(owner, **{name: typed.get(name, "") for name in names})
    elif part == Section.SUMMARY:
        actions.write_summary(owner, typed.get("summary", ""))
    elif part == Section.BIRTHDAY:
        actions.set_birthday(owner, day=typed.get("day", ""), month=typed.get("month", ""))
    elif part == Section.SKILLS:
        actions.add_skills(owner, typed.get("name", ""))
    elif part in MODELS:
        actions.add_row(owner, part, typed)
    else:
        raise Http404


def _editing(
    request: Request,
    part: str,
    row: ProfileRow | None = None,
    refusal: Refused | None = None,
    stays: bool = False,
) -> HttpResponse:
    """The part as a form: alone for htmx, on a page of its own for everybody else."""
    if part == Section.PUBLIC_PHOTO:
        return redirect("profile_photo")
    if part in BY_OTHERS:
        return redirect(part)
    profile = Profile.objects.filter(member=request.user).first() or Profile(member=request.user)
    shown = shown_profile(request.user, request.viewer)
    kept = (
        kept_of_row(row, part) if row else new_row(part) if part in MODELS else kept_of_profile(profile, part)
    )
    context = page_of(request, shown) | {
        "part": {"part": PARTS.get(part), "audience": shown.audiences.get(part)},
        "name": part,
        "title": PARTS[part].title if part in PARTS else _("Name and headline"),
        "row": row,
        "rows": getattr(shown, part) if part in MODELS and not row else None,
        "fields": filled(part, kept, request.POST if refusal else None, refusal.field if refusal else ""),
        "refusal": refusal,
        "stays": stays,  # the keyboard stays on the button that was pressed
        "long_list": part == Section.SPECIALTIES and is_long_list(len(shown.specialties)),
        "warn_from": WARN_FROM.value,
    }
    template = "profile/_edit.html" if is_partial(request) else "profile/section.html"
    return render(request, template, context, status=422 if refusal else 200)


def _editing_again(request: Request, part: str, stays: bool = False) -> HttpResponse:
    """The part's form anew, after something in it was kept."""
    if not is_partial(request):
        return redirect("profile_section", part)
    request.method = "GET"
    return _editing(request, part, stays=stays)


def _as_shown(request: Request, part: str) -> HttpResponse:
    """The part as it is read; without a script, the whole page at that place."""
    if not is_partial(request) or part not in (*PARTS, CARD):
        return redirect(reverse("member", args=[request.user.handle]) + f"#{part}")
    context = page_of(request, shown_profile(request.user, request.viewer))
    parts = {shown.part.name: shown for shown in [*context["main"], *context["side"]]}
    context |= {"name": part, "part": parts.get(part), "came_back": True}
    return render(request, "profile/_came_back.html", context)


def _table(request: Request, refusal: Refused | None = None) -> HttpResponse:
    shown = shown_profile(request.user, request.viewer)
    rows: list[dict[str, Any]] = [
        {
            "name": section.value,
            "title": section.label,
            "audience": shown.audiences[section.value],
            "not_to": NOT_TO.get(section),
        }
        for section in Section
    ]
    context = page_of(request, shown) | {
        "rows": rows,
        "refusal": refusal,
        "audiences": AUDIENCE_WORDS.items(),
    }
    return render(request, "profile/audiences.html", context, status=422 if refusal else 200)


def _own_row(request: Request, part: str, public_id: str) -> ProfileRow:
    """A row of the viewer's own; anybody else's does not exist."""
    if part not in MODELS:
        raise Http404
    rows = MODELS[part].objects.visible_to(request.viewer).select_related("member")
    row: ProfileRow = get_object_or_404(rows, public_id=public_id)
    return row
