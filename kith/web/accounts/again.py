"""Saying once more who one is, before what cannot be taken back: `sure_it_is_you`."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def is_fresh(request: HttpRequest) -> bool:
    """Whether the member proved who they are in this session within ten minutes, at sign-in or since."""
    records = get_authentication_records(request, request.user)
    newest = max((float(record.get("at", 0)) for record in records), default=0.0)
    return time.time() - newest < app_settings.REAUTHENTICATION_TIMEOUT


def sure_it_is_you(view: View) -> View:
    """Ask for password, second step, passkey or a mailed code first, unless that was just done (b8)."""

    @wraps(view)
    def asked(request: HttpRequest, *positional: Any, **named: Any) -> HttpResponse:
        if is_fresh(request):
            return view(request, *positional, **named)
        return suspend_request(request, get_adapter().get_reauthentication_methods(request.user)[0]["url"])

    return login_required(asked)
