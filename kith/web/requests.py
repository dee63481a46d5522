"""A request as the middleware leaves it."""

from django.http import HttpRequest

from kith.members.models import Member
from kith.members.policy import Viewer


class Request(HttpRequest):
    """Knows who is looking; `user` is a member wherever a page asks to sign in first."""

    viewer: Viewer
    user: Member
