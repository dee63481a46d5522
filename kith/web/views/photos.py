"""Photo and banner: choosing, cropping, taking away, and the pictures themselves."""

from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.core.refusal import Refused
from kith.profiles.models import Section
from kith.profiles.photos import (
    MOST_BYTES,
    SIZES,
    Crop,
    photo_for,
    remove_banner,
    remove_photo,
    set_banner,
    set_photo,
)
from kith.profiles.shown import shown_profile
from kith.web.limited import limited
from kith.web.requests import Request
from kith.web.views.profile_parts import AUDIENCE_WORDS

PUT = {"photo": set_photo, "banner": set_banner}
TAKE_AWAY = {"photo": remove_photo, "banner": remove_banner}
KEPT_SECONDS = 3600  # in the browser alone; a block or a changed audience is felt after that at the latest


@require_safe
def photo(request: Request, key: str, size: str) -> HttpResponse:
    """One picture, asked for anew by each viewer; its key changes with every upload."""
    content = photo_for(request.viewer, key, size) if size in SIZES else None
    if content is None:
        raise Http404
    etag = f'"{key}-{size}"'
    response = HttpResponse(content, content_type="image/webp")
    response["ETag"] = etag
    response["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    return get_conditional_response(request, etag=etag, response=response) or response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("photo", 30, timedelta(hours=1))
def profile_photo(request: Request, what: str = "photo") -> HttpResponse:
    """Choose a picture and which part of it is kept; without a script the middle is taken."""
    refusal = None
    if request.method == "POST":
        try:
            PUT[what](request.user, _uploaded(request), _crop(request))
            return redirect("member", request.user.handle)
        except Refused as problem:
            refusal = problem
    shown = shown_profile(request.user, request.viewer)
    context = {
        "what": what,
        "shown": shown,
        "refusal": refusal,
        "audience": shown.audiences[Section.PUBLIC_PHOTO],
        "audiences": [(value, words) for value, words in AUDIENCE_WORDS.items() if value != "me"],
        "has_one": shown.card and (shown.card.photo_key if what == "photo" else shown.card.banner_key),
    }
    return render(request, "profile/photo.html", context, status=422 if refusal else 200)


@login_required
@require_POST
def remove_picture(request: Request, what: str = "photo") -> HttpResponse:
    """Take photo or banner away, files and all."""
    TAKE_AWAY[what](request.user)
    messages.success(request, _("Your photo is gone.") if what == "photo" else _("Your banner is gone."))
    return redirect("member", request.user.handle)


def _uploaded(request: Request) -> bytes:
    file = request.FILES.get("file")
    if file is None:
        raise Refused(_("Choose a picture first."), "file")
    if file.size is None or file.size > MOST_BYTES:
        raise Refused(_("This file is larger than 10 MB. Choose a smaller one."), "file")
    content: bytes = file.read()
    return content


def _crop(request: Request) -> Crop | None:
    """The crop the page chose; anything that is no number is no crop."""
    try:
        left, top, width = (float(request.POST[name]) for name in ("left", "top", "width"))
    except (KeyError, ValueError):
        return None
    numbers = all(-1e6 < number < 1e6 for number in (left, top, width))  # neither endless nor no number
    return Crop(left, top, width) if numbers and width > 0 else None
