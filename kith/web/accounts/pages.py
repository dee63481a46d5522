"""How allauth's views are mounted: a refused form answers 422, and what is sensitive asks who one is first."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def page(view: View) -> View:
    """The view as it is, but a form that was refused says so by its status."""

    @wraps(view)
    def answer(request: HttpRequest, *positional: Any, **named: Any) -> HttpResponse:
        response = view(request, *positional, **named)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if request.method == "POST" and response.status_code == 200 and form is not None and form.errors:
            response.status_code = 422
        return response

    return answer
