"""Clues: what one may wonder about whoever invites, of the eight the source names (FAK, S-38); never a verdict.

Shown to the one who is invited, only where three come together, each measured against this house, and never of anybody
whom the host's roster knows. Each rests on a fact of its own, and on nothing but what the invited one is shown.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from pyroaring import BitMap

from kith.members.models import Member, RosterEntry
from kith.members.policy import Viewer
from kith.network.adjacency import as_rows, fetch_adjacency
from kith.network.models import Invitation, InvitationWord
from kith.profiles.countries import country_of
from kith.profiles.models import Education, Position
from kith.profiles.periods import side_by_side, slip
from kith.profiles.shown import ShownProfile, rows_shown, shown_work
from kith.profiles.strength import is_thin
from kith.trust.models import Usual
from kith.trust.spoken_for import speaks_for
from kith.trust.usual import Alike, alike, is_usual, median_of, undated, usual

TOGETHER = 3  # fewer are shown to nobody
FIFTH = 5  # a fifth of what half of the others have is far fewer
MANY = 500  # connections; nobody with more has few
NAMED = 2  # odd dates that one clue names


@dataclass(frozen=True)
class Clue:
    """One thing that may be wondered about, and why, in a sentence."""

    name: str
    why: str


@dataclass(frozen=True)
class Wonder:
    """Clues that come together, at least three, and what speaks for the person."""

    clues: Sequence[Clue]
    speaks: Sequence[str]


def wonders(viewer: Viewer, invitations: Iterable[Invitation], tied: Collection[int]) -> dict[int, Wonder]:
    """By sender, of open invitations to the viewer; `tied` are members something ties the viewer to (desk.ties)."""
    me, figures = viewer.member, usual()
    asked = [row for row in invitations if me and row.recipient_id == me.pk and row.is_open]
    if me is None or figures is None or not asked:
        return {}
    page = _Page(viewer, me, figures, asked, tied)
    found = {row.sender: clues for row in asked if len(clues := page.clues(row)) >= TOGETHER}
    known = set(_rostered([sender.pk for sender in found])) if found else set()
    enough = {sender: clues for sender, clues in found.items() if sender.pk not in known}
    speaking = speaks_for(viewer, list(enough))
    return {sender.pk: Wonder(clues, speaking[sender.pk]) for sender, clues in enough.items()}


def is_rostered(member: Member) -> bool:
    """Whether the host's roster knows this member: then nobody is shown clues about them."""
    return _rostered([member.pk]).exists()


def few(shown: ShownProfile, count: int, figures: Usual, now: datetime) -> Alike | None:
    """Members alike, if half of them have at least five times as many connections (FAK-01); else None."""
    others = median_of(figures, alike(shown, now))
    return others if others and others.median >= max(FIFTH, FIFTH * count) else None


def thin(shown: ShownProfile, figures: Usual, now: datetime) -> bool:
    """No summary, no position that says what was done, where most others here say something (FAK-04)."""
    return is_thin(shown) and not is_usual(figures, "thin", alike(shown, now))


def odd(shown: ShownProfile, figures: Usual, now: datetime) -> list[str]:
    """Dates left out of a job held now, two full jobs at once, dates that cannot be: one clue (FAK-05)."""
    if is_usual(figures, "dates", alike(shown, now)):
        return []
    return _dates(shown.positions, timezone.localdate(now))


def connections_seen(viewer: Viewer, member_ids: Iterable[int]) -> dict[int, int]:
    """How many connections of each the viewer could ever meet; whoever has over 500 is left out."""
    keys = list(member_ids)
    theirs = fetch_adjacency(keys)
    small = {key: held for key, held in theirs.items() if len(held) <= MANY}
    people = BitMap.union(BitMap(), *small.values())
    rows = (
        Member.objects.visible_to(viewer).filter(pk__in=as_rows(people)) if people else Member.objects.none()
    )
    seen = BitMap(rows.values_list("pk", flat=True))
    return {key: len(small.get(key, BitMap()) & seen) for key in keys if key in small or key not in theirs}


@dataclass
class _Page:
    """Everything the clues of one page rest on, each asked once."""

    viewer: Viewer
    me: Member
    figures: Usual
    asked: list[Invitation]
    tied: Collection[int]
    now: datetime = field(default_factory=timezone.now)

    def __post_init__(self) -> None:
        senders = [row.sender for row in self.asked]
        self.shown = shown_work([*senders, self.me], self.viewer)
        self.counts = connections_seen(self.viewer, [sender.pk for sender in senders])
        self.explained = self._explained([row for row in self.asked if not row.note])
        self.schools = self._schools([sender for sender in senders if self._lives_elsewhere(sender)])

    def clues(self, invitation: Invitation) -> list[Clue]:
        sender = invitation.sender
        sentences = {
            "few": self._few(self.shown[sender.pk]),
            "place": self._place(sender),
            "note": self._note(invitation),
            "thin": self._thin(self.shown[sender.pk]),
            "dates": " ".join(odd(self.shown[sender.pk], self.figures, self.now)[:NAMED]),
        }
        return [Clue(name, why) for name, why in sentences.items() if why]

    def _few(self, shown: ShownProfile) -> str:
        count = self.counts.get(shown.member.pk)
        others = None if count is None else few(shown, count, self.figures, self.now)
        if others is None:
            return ""
        said = _(
            "They have far fewer connections here than others who came when they did: half have %(n)s or more."
        )
        if others.by_work:
            said = _(
                "They have far fewer connections here than others who came when they did and have worked as long: "
                "half have %(n)s or more."
            )
        return said % {"n": f"{others.median:,}"}

    def _place(self, sender: Member) -> str:
        """Never alone: three clues are shown, or none (FAK-02)."""
        if not self._lives_elsewhere(sender) or self._meets(sender):
            return ""
        said = {"theirs": sender.place, "yours": self.me.place}
        return _("Their place is %(theirs)s, yours is %(yours)s, and nothing known here ties you.") % said

    def _note(self, invitation: Invitation) -> str:
        unexplained = not invitation.note and invitation.pk not in self.explained
        if not unexplained or is_usual(self.figures, "note", ["all"]):
            return ""
        return _("They ask without a note, so they do not say why.")

    def _thin(self, shown: ShownProfile) -> str:
        if not thin(shown, self.figures, self.now):
            return ""
        if not shown.positions:
            return _("Their profile shows you no summary and no position.")
        return _("Their profile shows you no summary, and no position says what they did.")

    def _lives_elsewhere(self, sender: Member) -> bool:
        """In a country that is not the viewer's and not one of this house's, where nothing ties the two."""
        theirs, mine = country_of(sender.place), country_of(self.me.place)
        return bool(theirs and mine and theirs != mine) and not (
            sender.pk in self.tied or theirs in self.figures.countries
        )

    def _meets(self, sender: Member) -> bool:
        """Whether work or school ever brought the two to one country, employer or school."""
        mine, theirs = self.shown[self.me.pk], self.shown[sender.pk]
        schools = self.schools.get(self.me.pk, set()) & self.schools.get(sender.pk, set())
        return bool(_countries(mine) & _countries(theirs) or _employers(mine) & _employers(theirs) or schools)

    def _explained(self, noteless: list[Invitation]) -> set[int]:
        """Those whose senders said why when they were asked."""
        if not noteless:
            return set()
        said = InvitationWord.objects.filter(invitation__in=noteless, author=F("invitation__sender"))
        return set(said.values_list("invitation_id", flat=True))

    def _schools(self, elsewhere: list[Member]) -> dict[int, set[Any]]:
        found: dict[int, set[Any]] = {}
        if elsewhere:
            rows = rows_shown(Education, self.viewer).filter(member__in=[*elsewhere, self.me])
            for row in rows.exclude(school=None).select_related("school__merged_into"):
                found.setdefault(row.member_id, set()).add(row.school and row.school.stands_for.pk)
        return found


def _rostered(member_ids: Iterable[int]) -> Any:
    return RosterEntry.objects.filter(claimed_by__in=list(member_ids)).values_list("claimed_by_id", flat=True)


def _countries(shown: ShownProfile) -> set[str]:
    places = [shown.member.place, *(row.place for row in shown.positions)]
    return {code for code in map(country_of, places) if code}


def _employers(shown: ShownProfile) -> set[int]:
    return {row.organisation.stands_for.pk for row in shown.positions if row.organisation}


def _dates(positions: Sequence[Position], today: date) -> list[str]:
    missing = [_("“%(title)s”, held now, has no dates.") % {"title": row.title} for row in undated(positions)]
    both = [
        _("“%(one)s” at %(there)s and “%(other)s” at %(elsewhere)s ran side by side for a year or more.")
        % {"one": one.title, "there": one.organisation, "other": other.title, "elsewhere": other.organisation}
        for one, other in side_by_side(positions, today)
    ]
    slips = [f"“{row.title}”: {why}" for row in positions if (why := slip(row, today))]
    return missing + both + slips
