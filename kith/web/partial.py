"""Whether an answer is the whole page or the part htmx asked for."""

from django.http import HttpRequest


def is_partial(request: HttpRequest) -> bool:
    """True for htmx, but not when it restores a whole page from history."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers
