"""One's account: where one signs in from and how, and the code by mail that says it is still you."""

import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification_by_code import EmailVerificationProcess
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import get_adapter as provider_adapter
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from kith.members import guesses
from kith.web.accounts import doors
from kith.web.accounts.again import is_fresh
from kith.web.requests import Request

AGAIN_SECONDS, AGAIN_TRIES, KEPT = 15 * 60, 3, "again_code"


@login_required
def settings(request: Request) -> HttpResponse:
    """Everything about one's account on one page."""
    member = request.user
    ways = {way.type: way.wrap() for way in Authenticator.objects.filter(user=member)}
    codes = ways.get(Authenticator.Type.RECOVERY_CODES)
    changing = EmailVerificationProcess.resume(request)
    return render(
        request,
        "settings.html",
        {
            "member": member,
            "changing_to": changing.email if changing else "",
            "has_app": Authenticator.Type.TOTP in ways,
            "passkeys": Authenticator.objects.filter(user=member, type=Authenticator.Type.WEBAUTHN).count(),
            "has_codes": codes is not None,
            "codes_left": len(codes.get_unused_codes()) if codes else 0,
            "has_second_step": is_mfa_enabled(member),
            "sessions": UserSession.objects.purge_and_list(member),
            "providers": provider_adapter().list_providers(request),
            "connected": SocialAccount.objects.filter(user=member).exists(),
        },
    )


@require_POST
@login_required
def keep_address(request: Request) -> HttpResponse:
    """Drop a change of address that waits for its code; the code opens nothing any more (b8)."""
    changing = EmailVerificationProcess.resume(request)
    if changing:
        changing.abort()
        messages.success(request, _("Your address stays as it is."))
    return redirect("settings")


@require_http_methods(["GET", "POST"])
@login_required
def again_by_code(request: Request) -> HttpResponse:
    """Whoever has neither password nor second step says once more who they are by a code that is mailed."""
    if is_fresh(request):
        return resume_request(request) or redirect("settings")
    if get_adapter().get_reauthentication_methods(request.user)[0]["id"] != "mailed_code":
        return redirect(get_adapter().get_reauthentication_methods(request.user)[0]["url"])
    kept = request.session.get(KEPT) or {}
    refusal = ""
    if request.method == "POST" and "send" in request.POST:
        request.session[KEPT] = kept = _mail_code(request)
    elif request.method == "POST":
        try:
            _check(request, kept)
            return resume_request(request) or redirect("settings")
        except ValidationError as problem:
            refusal = problem.messages[0]
            kept = request.session.get(KEPT) or {}
    context = {"sent": bool(kept), "refusal": refusal, "next": request.GET.get("next", "")}
    return render(request, "account/again_by_code.html", context, status=422 if refusal else 200)


def _mail_code(request: Request) -> dict[str, object]:
    doors.count_letter(request, request.user.email)
    adapter = get_adapter()
    code = adapter.generate_login_code()
    adapter.send_mail("account/email/again_code", request.user.email, {"code": code})
    return {"code": code, "at": time.time(), "email": request.user.email, "tries": 0}


def _check(request: Request, kept: dict[str, object]) -> None:
    """Count the guess, compare, use the code up; raises ValidationError if it is not right."""
    wrong = get_adapter().validation_error("incorrect_code")
    with doors.checked(request, request.user.email, mailed=True):
        stale = not kept or time.time() - float(str(kept["at"])) > AGAIN_SECONDS
        if stale or kept["email"] != request.user.email:
            request.session.pop(KEPT, None)
            raise wrong
        if not compare_user_code(actual=request.POST.get("code", ""), expected=str(kept["code"])):
            _count_try(request, kept)
            raise wrong
        request.session.pop(KEPT, None)
        if not guesses.spend(f"again:{request.user.pk}:{kept['at']}:{kept['code']}"):
            raise wrong
    record_authentication(request, request.user, method="code", reauthenticated=True)


def _count_try(request: Request, kept: dict[str, object]) -> None:
    tries = int(str(kept["tries"])) + 1
    if tries >= AGAIN_TRIES:
        request.session.pop(KEPT, None)
    else:
        request.session[KEPT] = {**kept, "tries": tries}
