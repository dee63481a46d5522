"""Which wishes an address may carry: a list refuses what it does not know (b17)."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

from kith.web.views.errors import bad_request

View = TypeVar("View", bound=Callable[..., HttpResponse])


def only(keys: Iterable[str]) -> Callable[[View], View]:
    """Answer 400 to a key of the query that is not listed; so no address names a column or a lookup."""
    known = frozenset(keys)

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *positional: Any, **named: Any) -> HttpResponse:
            if not known.issuperset(request.GET):
                return bad_request(request)
            return view(request, *positional, **named)

        answer.query_keys = known  # type: ignore[attr-defined]
        return answer  # type: ignore[return-value]

    return decorate
