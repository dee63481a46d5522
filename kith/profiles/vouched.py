"""What others vouch for on a profile: endorsements by skill, recommendations, and what nobody endorses (END-07)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network.models import Connection
from kith.profiles.actions.endorsements import role_now
from kith.profiles.models import Endorsement, Recommendation, Skill
from kith.profiles.shown import rows_shown

NOBODY_FROM = 20  # connections, before a skill nobody endorses says something


@dataclass
class Vouched:
    """One skill and who vouches for it, the newest first; `listed` is False for a proposal."""

    name: str
    key: str
    listed: bool = True
    endorsements: list[Endorsement] = field(default_factory=list)

    @property
    def shown(self) -> list[Endorsement]:
        return [one for one in self.endorsements if one.hidden_at is None]

    @property
    def is_proposal(self) -> bool:
        """Never listed, and none of it hidden yet: its owner has not said anything."""
        return not self.listed and len(self.shown) == len(self.endorsements)


def vouched(member: Member, viewer: Viewer) -> list[Vouched]:
    """Every listed skill in its order with the endorsements this viewer sees; the owner sees hidden ones and proposals."""
    found = {row.key: Vouched(row.name, row.key) for row in rows_shown(Skill, viewer).filter(member=member)}
    rows = Endorsement.objects.visible_to(viewer).of(member).select_related("endorser__profile")
    is_own = viewer.member == member
    for row in rows if is_own else rows.shown():
        if is_own:
            found.setdefault(row.key, Vouched(row.name, row.key, listed=False))
        if row.key in found:
            found[row.key].endorsements.append(row)
    return list(found.values())


def recommended(member: Member, viewer: Viewer) -> tuple[list[Recommendation], set[int]]:
    """Approved ones of this member, and which of them are mutual (REC-02: marked as such)."""
    rows = list(
        Recommendation.objects.visible_to(viewer)
        .shown()
        .filter(subject=member)
        .select_related("author__profile")
    )
    back = (
        Recommendation.objects.visible_to(viewer)
        .shown()
        .filter(author=member, subject__in=[row.author_id for row in rows])
    )
    returned = set(back.values_list("subject_id", flat=True))
    return rows, {row.pk for row in rows if row.author_id in returned}


def unvouched(member: Member, skills: Sequence[Vouched]) -> list[Vouched]:
    """Listed skills nobody vouches for, once a member has connections enough for that to say something (END-07)."""
    if Connection.objects.of(member).count() < NOBODY_FROM:
        return []
    return [skill for skill in skills if skill.listed and not skill.endorsements]


__all__ = ["Vouched", "recommended", "role_now", "unvouched", "vouched"]
