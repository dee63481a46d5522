"""Which clues a member shows others, and how to mend each: always told to them, whether or not three come together."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network.models import Invitation
from kith.profiles.countries import country_of
from kith.profiles.models import Position
from kith.profiles.shown import shown_work
from kith.trust.clues import FIFTH, connections_seen, few, odd, thin
from kith.trust.models import Usual
from kith.trust.usual import Alike, is_usual, usual


@dataclass(frozen=True)
class Mendable:
    """What others may wonder about, and what mends it."""

    name: str
    why: str
    mend: str


def own_clues(member: Member) -> list[Mendable] | None:
    """As any member sees one; None while there is nothing in this house to measure against."""
    figures = usual()
    if figures is None:
        return None
    shown, now = shown_work([member])[member.pk], timezone.now()
    count = connections_seen(Viewer(member), [member.pk]).get(member.pk)
    found = [
        _few(count, few(shown, count, figures, now)) if count is not None else None,
        _place(member, figures),
        _note(member, figures),
        _thin(shown.positions) if thin(shown, figures, now) else None,
        _dates(odd(shown, figures, now)),
    ]
    return [one for one in found if one]


def _few(count: int, others: Alike | None) -> Mendable | None:
    if others is None:
        return None
    why = _("You have %(count)s connections here; half of those who came when you did have %(n)s or more.")
    if others.by_work:
        why = _(
            "You have %(count)s connections here; half of those who came when you did and have worked as long "
            "have %(n)s or more."
        )
    mend = _("Connect with people you know. From %(least)s on, nobody wonders.")
    said = {"count": count, "n": f"{others.median:,}", "least": others.median // FIFTH + 1}
    return Mendable("few", why % said, mend % said)


def _place(member: Member, figures: Usual) -> Mendable | None:
    country = country_of(member.place)
    if not country or country in figures.countries:
        return None
    why = _(
        "Your place is %(place)s, and few here live in that country. People whom nothing ties to you may wonder."
    )
    return Mendable("place", why % {"place": member.place}, _("Say in your note what brings you to them."))


def _note(member: Member, figures: Usual) -> Mendable | None:
    sent = Invitation.objects.sent_by(member).asks_still().filter(email_hash="", note="")
    count = sent.exclude(words__author=member).count()
    if not count or is_usual(figures, "note", ["all"]):
        return None
    why = ngettext(
        "%(n)s invitation of yours waits without a note.",
        "%(n)s invitations of yours wait without a note.",
        count,
    )
    return Mendable("note", why % {"n": count}, _("Say in the next one, in a sentence, why you ask."))


def _thin(positions: Sequence[Position]) -> Mendable:
    mend = _("Write a summary, or a line on what came of one position, and let members see it.")
    if not positions:
        return Mendable("thin", _("Your profile shows members no summary and no position."), mend)
    why = _("Your profile shows members no summary, and no position says what you did.")
    return Mendable("thin", why, mend)


def _dates(sentences: list[str]) -> Mendable | None:
    return Mendable("dates", " ".join(sentences), _("Look at these dates again.")) if sentences else None
