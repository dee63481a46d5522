"""The parts of a profile's page: their order, their words, and what of them is shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls.converters import StringConverter
from django.utils.translation import gettext_lazy as _

from kith.profiles.models import Audience, Section
from kith.profiles.shown import ShownProfile
from kith.profiles.typed import CONTACT

CARD = "card"


@dataclass(frozen=True)
class Part:
    """One part of the page; `empty` is what its owner reads while there is nothing in it."""

    name: str
    title: Any
    empty: Any
    side: bool = False

    @property
    def template(self) -> str:
        return f"profile/shown/{self.name}.html"


@dataclass(frozen=True)
class ShownPart:
    """A part as one viewer gets it."""

    part: Part
    content: Any
    audience: Audience | None = None  # only for its owner


PARTS = {
    part.name: part
    for part in (
        Part(
            Section.SPECIALTIES,
            _("What I am uniquely good at"),
            _("One to three things you do better than most. It is what people remember and pass on."),
        ),
        Part(
            Section.SUMMARY,
            _("Summary"),
            _("Who you are and whom you help, in your own words. Five sentences are enough."),
        ),
        Part(Section.POSITIONS, _("Positions"), _("What you do now and did before, and what came of it.")),
        Part(Section.EDUCATION, _("Education"), _("Schools and courses people may know you from.")),
        Part(
            Section.SKILLS,
            _("Skills"),
            _("What you can do. Connections will be able to endorse these."),
            True,
        ),
        Part(Section.LANGUAGES, _("Languages"), _("Those you can work in."), True),
        Part(Section.LINKS, _("Links"), _("Where else to read or see you."), True),
        Part(CONTACT, _("Contact"), _("Ways to reach you, each for whom you choose."), True),
        Part(Section.BIRTHDAY, _("Birthday"), _("Day and month, so that somebody can wish you well."), True),
    )
}


class PartConverter(StringConverter):
    """In an address: the name of a part, nothing else."""

    regex = "|".join((CARD, CONTACT, *Section.values))


AUDIENCE_WORDS = {
    Audience.ME: (_("Only me"), _("Nobody else sees it here.")),
    Audience.MEMBERS: (_("Members"), _("Everybody let in here, but nobody you blocked or who blocked you.")),
    Audience.WEB: (_("Everyone on the web"), _("Members, and anybody at all once your public page is on.")),
}


def shown_parts(shown: ShownProfile) -> Iterator[ShownPart]:
    """Every part with something in it; for the owner also the empty ones."""
    for part in PARTS.values():
        content = getattr(shown, part.name)
        if content or shown.is_own:
            yield ShownPart(part, content, shown.audiences.get(part.name))
