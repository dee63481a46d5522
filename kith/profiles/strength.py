"""What would make a profile stronger: named next steps with their reason, instead of a bar (PRO-02, PRO-03)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.core.host import Setting
from kith.profiles.models import Position, Section
from kith.profiles.shown import ShownProfile

WARN_FROM = Setting(
    "specialties_warn_from",
    6,
    label=gettext_lazy("Say that a list of specialties is long, from"),
    hint=gettext_lazy("What emphasizes everything emphasizes nothing; one to three say most."),
    least=2,
    most=100,
    group=gettext_lazy("Profiles"),
)
BETWEEN = re.compile(r"[,;.!?•·|\n]|(?<!\w)[-–—*](?!\w)|\band\b|&", re.IGNORECASE)
FEW_WORDS = 4  # of one thing in a list; prose runs longer


@dataclass(frozen=True)
class Step:
    """One thing to do next, why it is worth doing, and the section where it is done."""

    name: str
    title: str
    why: str
    section: str


def next_steps(shown: ShownProfile) -> list[Step]:
    """What is worth doing next, the most telling first; nothing left is a complete profile."""
    steps = [
        _long_list(shown),
        _list_in_summary(shown),
        *_missing(shown),
        _thin_positions(shown.positions),
        _photo(shown),
    ]
    return [step for step in steps if step]


def is_long_list(count: int, warn_from: int | None = None) -> bool:
    """Whether so many specialties say less than a few would; skills are not counted (S-02, E-21)."""
    return count >= (WARN_FROM.value if warn_from is None else warn_from)


def longest_list(text: str) -> int:
    """How many short things a text names in a row: lists of specialties hide in summaries (PRO-04)."""
    longest = 0
    for part in re.split(r":|\n\s*\n", text):  # what announces a list is no thing in it
        run = 0
        for piece in filter(None, (piece.split() for piece in BETWEEN.split(part))):
            run = run + 1 if len(piece) <= FEW_WORDS else 0
            longest = max(longest, run)
    return longest


def is_thin(shown: ShownProfile) -> bool:
    """No summary, and positions of title, organisation and years alone (PRO-03)."""
    return not shown.summary and all(_is_bare(position) for position in shown.positions)


def _long_list(shown: ShownProfile) -> Step | None:
    count = len(shown.specialties)
    if not is_long_list(count):
        return None
    return Step(
        "long-list",
        _("Choose the three things you are best at"),
        ngettext(
            "You name %(n)d specialty. Emphasizing everything emphasizes nothing: people remember one to three.",
            "You name %(n)d specialties. Emphasizing everything emphasizes nothing: people remember one to three.",
            count,
        )
        % {"n": count},
        Section.SPECIALTIES,
    )


def _list_in_summary(shown: ShownProfile) -> Step | None:
    count = longest_list(shown.summary)
    if not is_long_list(count):
        return None
    return Step(
        "list-in-summary",
        _("Name one to three things instead of a list"),
        _(
            "Your summary names %(n)s things in a row. Emphasizing everything emphasizes nothing: put the best "
            "of them under “What I am uniquely good at”, and what you can do besides under skills."
        )
        % {"n": count},
        Section.SUMMARY,
    )


def _missing(shown: ShownProfile) -> list[Step | None]:
    card = shown.card
    return [
        None
        if shown.specialties
        else Step(
            "specialties",
            _("Say what you are uniquely good at"),
            _("It is what people remember and pass on when somebody asks who could help."),
            Section.SPECIALTIES,
        ),
        None
        if card and card.headline
        else Step(
            "headline",
            _("Write a headline"),
            _("It stands beside your name wherever you appear."),
            "card",
        ),
        None
        if shown.summary
        else Step(
            "summary",
            _("Write a summary"),
            _("Without one, titles and years have to speak for you. Five sentences are enough."),
            Section.SUMMARY,
        ),
        None
        if shown.positions
        else Step(
            "positions",
            _("Add what you do now"),
            _("People look for somebody who works where you do, or did."),
            Section.POSITIONS,
        ),
    ]


def _thin_positions(positions: Sequence[Position]) -> Step | None:
    bare = [position for position in positions if _is_bare(position)]
    if not bare:
        return None
    return Step(
        "bare-positions",
        _("Say what you did as %(title)s") % {"title": bare[0].title},
        ngettext(
            "%(n)d position is only a title, an organisation and years: a line on what came of it tells more.",
            "%(n)d positions are only a title, an organisation and years: a line on what came of it tells more.",
            len(bare),
        )
        % {"n": len(bare)},
        Section.POSITIONS,
    )


def _photo(shown: ShownProfile) -> Step | None:
    if shown.card and shown.card.photo_key:
        return None
    return Step(
        "photo",
        _("Add a photo"),
        _("Who has met you once recognises you by it."),
        Section.PUBLIC_PHOTO,
    )


def _is_bare(position: Position) -> bool:
    return not position.description
