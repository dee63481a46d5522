"""Who is looking: made once a request, asked by every list."""

from dataclasses import dataclass

from kith.members.models import Member


@dataclass(frozen=True, slots=True)
class Viewer:
    """The one a page is drawn for; nobody signed in has no member."""

    member: Member | None

    @property
    def is_host(self) -> bool:
        return self.member is not None and self.member.is_host
