"""Filling one's profile from one's archive, tick by tick."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from kith.archive.own_profile import newest_run
from kith.core.refusal import Refused
from kith.profiles.fill import Offer, offers, take
from kith.profiles.models import Section
from kith.web.requests import Request


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def fill_profile(request: Request) -> HttpResponse:
    """What the newest archive says beside what stands here; a POST takes what is ticked."""
    run = newest_run(request.viewer)
    said = (run.report or {})["profile"] if run else {}
    ticks, refusal = request.POST.getlist("take"), None
    if request.method == "POST":
        try:
            taken = take(request.user, said, ticks)
            words = ngettext(
                "%(n)d thing is on your profile now.", "%(n)d things are on your profile now.", taken
            )
            messages.success(request, words % {"n": taken} if taken else _("Nothing was ticked."))
            return redirect("fill_profile")
        except Refused as problem:
            refusal = problem
            request.user.refresh_from_db()
    context = {"run": run, "parts": _by_part(offers(request.user, said)), "ticks": ticks, "refusal": refusal}
    return render(request, "public/fill.html", context, status=422 if refusal else 200)


def _by_part(all_offers: list[Offer]) -> list[dict[str, object]]:
    """Offers under the words of their part of the profile, what is the same apart."""
    names = {
        "headline": _("Headline"),
        "place": _("Place"),
        **{str(key): label for key, label in Section.choices},
    }
    parts = dict.fromkeys(offer.part for offer in all_offers)
    return [
        {
            "part": part,
            "label": names[part],
            "same": [offer for offer in all_offers if offer.part == part and offer.state == "same"],
            "open": (still_open := [o for o in all_offers if o.part == part and o.state != "same"]),
            "new": sum(offer.state == "new" for offer in still_open),
        }
        for part in parts
    ]
