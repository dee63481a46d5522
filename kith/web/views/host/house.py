"""The house: settings, brand, organisations."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kith.core import colour
from kith.core.branding import Brand, brand, folder
from kith.core.host import SETTINGS
from kith.core.models import HostSetting
from kith.core.refusal import Refused
from kith.members import house
from kith.web.requests import Request
from kith.web.views.host.gate import host_only

YEAR = "private, max-age=31536000, immutable"


@host_only
@require_http_methods(["GET", "HEAD", "POST"])
def host_settings(request: Request) -> HttpResponse:
    """Everything the host may decide, by group, with its default; one form each."""
    refusal = None
    if request.method == "POST":
        if (setting := SETTINGS.get(request.POST.get("name", ""))) is None:
            raise Http404
        try:
            if "reset" in request.POST:
                house.reset_setting(request.user, setting)
            else:
                house.change_setting(request.user, setting, request.POST.get("value", ""))
            messages.success(request, _("Kept: %(label)s") % {"label": setting.label})
            return redirect("host_settings")
        except Refused as problem:
            refusal = problem
    context = {"groups": _groups(request, refusal), "refusal": refusal}
    return render(request, "host/settings.html", context, status=422 if refusal else 200)


@host_only
@require_http_methods(["GET", "HEAD", "POST"])
def host_brand(request: Request) -> HttpResponse:
    """Name, colours and logo, with a look at them."""
    own, refusal = brand(), None
    typed: dict[str, Any] = {"name": own.name, "light": own.light, "dark": own.dark}
    if request.method == "POST":
        typed = {name: request.POST.get(name, "") for name in ("name", "light", "dark")}
        try:
            house.choose_brand(request.user, **typed, logo=request.FILES.get("logo"))
            messages.success(request, _("Every page shows it from now on."))
            return redirect("host_brand")
        except Refused as problem:
            refusal = problem
    context = {"brand": own, "typed": typed, "refusal": refusal}
    return render(request, "host/brand.html", context, status=422 if refusal else 200)


@host_only
@require_POST
def host_brand_logo_remove(request: Request) -> HttpResponse:
    house.remove_logo(request.user)
    return redirect("host_brand")


@require_safe
def brand_css(request: HttpRequest) -> HttpResponse:
    """The accent as tokens, after the stylesheets that set Kith's own; its address changes with it."""
    own = brand()
    tag = f'"{own.light}{own.dark}"'.replace("#", "")
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(_stylesheet(own), content_type="text/css; charset=utf-8")
    response["ETag"] = tag
    response["Cache-Control"] = "private, max-age=60"
    return response


@require_safe
def brand_logo(request: HttpRequest, name: str) -> HttpResponse:
    """The logo that is in use; an old one's address is gone with it."""
    own = brand()
    if not own.logo or name != own.logo.removesuffix(".png"):
        raise Http404
    try:
        picture = (folder() / own.logo).read_bytes()
    except FileNotFoundError:
        raise Http404 from None
    response = HttpResponse(picture, content_type="image/png")
    response["Cache-Control"] = YEAR
    return response


def _stylesheet(own: Brand) -> str:
    if not own.light:
        return "/* Kith's own colours */\n"
    soft = colour.soft(own.light, colour.LIGHT), colour.soft(own.dark, colour.DARK)
    return (
        "@layer tokens {\n  :root {\n"
        f"    --kith: light-dark({own.light}, {own.dark});\n"
        f"    --kith-soft: light-dark({soft[0]}, {soft[1]});\n"
        f"    --on-kith: light-dark({colour.LIGHT.ink}, {colour.DARK.ink});\n"
        "  }\n}\n"
    )


def _groups(request: Request, refusal: Refused | None) -> dict[str, list[dict[str, Any]]]:
    """Settings under their group's words, each with the value to show and whether the host chose it."""
    kept = dict(HostSetting.objects.values_list("name", "value"))
    groups: dict[str, list[dict[str, Any]]] = {}
    for setting in SETTINGS.values():
        value = kept.get(setting.name, setting.default)
        if refusal and refusal.field == setting.name:
            value = request.POST.get("value", "")
        words = {str(choice): said for choice, said in setting.choices}
        row = {
            "setting": setting,
            "value": value,
            "chosen": setting.name in kept,
            "default": words.get(str(setting.default), setting.default),
            "choices": [(str(choice), said, choice == value) for choice, said in setting.choices],
        }
        groups.setdefault(str(setting.group) or _("Other"), []).append(row)
    return groups
