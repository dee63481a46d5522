"""Who is looking: made once a request, asked by every list."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import Value

from kith.members.models import Block, Member


@dataclass(frozen=True)
class Viewer:
    """The one a page is drawn for; nobody signed in has no member."""

    member: Member | None

    @property
    def is_host(self) -> bool:
        return self.member is not None and self.member.is_host and not self.member.is_held

    @property
    def hidden_ids(self) -> frozenset[int]:
        """Members hidden from this one by a block of either side (b28)."""
        return frozenset(member_id for member_id, by_block in self._away if by_block)

    @property
    def out_of_sight_ids(self) -> frozenset[int]:
        """Those, and whoever is suspended now: nobody is counted or reached through them."""
        return frozenset(member_id for member_id, _by_block in self._away)

    @cached_property
    def _away(self) -> frozenset[tuple[int, bool]]:
        if self.member is None:
            return frozenset()
        pairs, by_block = Block.objects.standing(), Value(True)
        mine = pairs.filter(blocker=self.member).values_list("blocked_id", by_block)
        theirs = pairs.filter(blocked=self.member).values_list("blocker_id", by_block)
        suspended = Member.objects.suspended().exclude(pk=self.member.pk).values_list("pk", Value(False))
        return frozenset(mine.union(theirs, suspended, all=True))
