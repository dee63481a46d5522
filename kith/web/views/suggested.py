"""People one may know, each with the reason in words; one press and a person is never suggested again."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from kith.desk.ties import ties_of
from kith.members.models import Member
from kith.profiles.actions.suggestions import dismiss_suggestion
from kith.profiles.suggestions import suggestions
from kith.web.partial import is_partial
from kith.web.requests import Request


def suggested(request: Request) -> list[tuple[Member, str]]:
    """Whom to suggest, and why; nobody without a reason that can be said."""
    found = suggestions(request.viewer)
    tied = ties_of(request.viewer, found)
    return [(member, tied[member.pk].sentences[0]) for member in found if not tied[member.pk].is_blind]


@login_required
@require_POST
def dismiss(request: Request, handle: str) -> HttpResponse:
    """Not this person, for good; they never learn of it."""
    others = Member.objects.visible_to(request.viewer).exclude(pk=request.user.pk)
    dismiss_suggestion(request.user, get_object_or_404(others, handle=handle))
    return HttpResponse() if is_partial(request) else redirect("people")
