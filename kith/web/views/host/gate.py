"""Who may open the console, and how its long lists go on."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpResponse

from kith.web.requests import Request

Named = ParamSpec("Named")
View = Callable[Concatenate[Request, Named], HttpResponse]
PAGE = 50


def host_only(view: View[Named]) -> View[Named]:
    """To anybody but a host the page does not exist; whoever is not signed in is asked to."""

    @wraps(view)
    def gated(request: Request, /, *args: Named.args, **named: Named.kwargs) -> HttpResponse:
        if not request.viewer.is_host:
            raise Http404
        return view(request, *args, **named)

    return login_required(gated)


def page_of(
    rows: QuerySet[Any], order: Sequence[str], cursor: str, key: str, size: int = PAGE
) -> tuple[list[Any], str]:
    """The rows after the one named by `cursor` (its `key`), and the cursor of the next page or nothing.

    `order` ends with something unique; a leading minus means newest or largest first.
    """
    start = rows.model.objects.filter(**{key: cursor}).first() if _may_be(cursor, key) else None
    if start is not None:
        rows = rows.filter(_beyond(start, order))
    found = list(rows.order_by(*order)[: size + 1])
    more = str(getattr(found[size - 1], key)) if len(found) > size else ""
    return found[:size], more


def _may_be(cursor: str, key: str) -> bool:
    if key == "pk":
        return cursor.isascii() and cursor.isdigit() and len(cursor) < 10
    return bool(cursor) and "\x00" not in cursor


def _beyond(start: Model, order: Sequence[str]) -> Q:
    beyond, same = Q(), Q()
    for name in order:
        field, way = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        beyond |= same & Q(**{f"{field}__{way}": getattr(start, field)})
        same &= Q(**{field: getattr(start, field)})
    return beyond
