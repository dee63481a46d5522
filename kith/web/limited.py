"""How often one member, or one visitor's address, may press a button."""

import ipaddress
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kith.core.limits import take, wait_seconds
from kith.web.views.errors import too_often

View = TypeVar("View", bound=Callable[..., HttpResponse])


def limited(name: str, at_most: int, within: timedelta) -> Callable[[View], View]:
    """Let a view's forms be sent so often in a while; beyond that 429 with the time to wait. Reading is free."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *positional: Any, **named: Any) -> HttpResponse:
            key = f"{name} {sender(request)}"
            if request.method == "POST" and not take(key, at_most=at_most, within=within):
                return too_often(request, wait_seconds(key, within=within))
            return view(request, *positional, **named)

        return answer  # type: ignore[return-value]

    return decorate


def sender(request: HttpRequest) -> str:
    """Whose budget: the member's, or that of a visitor's address, an IPv6 one by its /64 (b2)."""
    member: Any = request.user
    if member.is_authenticated:
        return f"member {member.pk}"
    return f"address {network_of(address_of(request))}"


def address_of(request: HttpRequest) -> str:
    """The visitor's address as our outermost proxy saw it; what visitors claim before that counts for nothing."""
    proxies = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    if proxies and len(seen) >= proxies and seen[-proxies]:
        return str(seen[-proxies])
    return str(request.META.get("REMOTE_ADDR", ""))


def network_of(address: str) -> str:
    """An address as far as one customer of a provider is told apart."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return str(found.ipv4_mapped)
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(found)
