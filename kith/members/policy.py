"""Who is looking: made once a request, asked by every list."""

from dataclasses import dataclass
from functools import cached_property

from kith.members.models import Block, Member


@dataclass(frozen=True)
class Viewer:
    """The one a page is drawn for; nobody signed in has no member."""

    member: Member | None

    @property
    def is_host(self) -> bool:
        return self.member is not None and self.member.is_host and not self.member.is_held

    @cached_property
    def hidden_ids(self) -> frozenset[int]:
        """Members hidden from this one by a block of either side (b28)."""
        if self.member is None:
            return frozenset()
        pairs = Block.objects.standing()
        mine = pairs.filter(blocker=self.member).values_list("blocked_id", flat=True)
        theirs = pairs.filter(blocked=self.member).values_list("blocker_id", flat=True)
        return frozenset(mine.union(theirs, all=True))
