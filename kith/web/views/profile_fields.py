"""The fields of each part's form: their names, words and kinds, filled from a row or from what was typed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from kith.profiles.actions.rows import MODELS
from kith.profiles.models import Audience, ContactField, Profile, Section
from kith.profiles.typed import CONTACT
from kith.web.views.profile_parts import AUDIENCE_WORDS, CARD

Choices = Sequence[tuple[Any, Any]]
MONTH_CHOICES: Choices = (("", _("month")), *MONTHS.items())


@dataclass(frozen=True)
class Field:
    """One field; `kind` chooses how it is drawn: line, text, year, choice, tick or organisation."""

    name: str
    label: Any
    kind: str = "line"
    hint: Any = ""
    choices: Choices = ()
    needed: bool = False


@dataclass(frozen=True)
class FilledField:
    """A field with what stands in it."""

    field: Field
    value: Any
    wrong: bool = False


DATES = (
    Field("start_month", _("From, month"), "choice", choices=MONTH_CHOICES),
    Field("start_year", _("From, year"), "year"),
    Field("end_month", _("Until, month"), "choice", choices=MONTH_CHOICES),
    Field("end_year", _("Until, year"), "year"),
)
DESCRIPTION = Field("description", _("What came of it"), "text", _("Two or three lines; optional."))
FIELDS: dict[str, tuple[Field, ...]] = {
    CARD: (
        Field("name", _("Name"), needed=True),
        Field("pronunciation", _("How to say it"), hint=_("As you would spell it out: AH-da loond.")),
        Field(
            "headline", _("Headline"), hint=_("One line beside your name everywhere; up to 220 characters.")
        ),
        Field("place", _("Place")),
    ),
    Section.SUMMARY: (
        Field(
            "summary", _("Summary"), "long", _("Up to 4,000 characters. An empty line starts a paragraph.")
        ),
    ),
    Section.BIRTHDAY: (
        Field("day", _("Day"), "year"),
        Field("month", _("Month"), "choice", choices=MONTH_CHOICES),
    ),
    Section.SPECIALTIES: (
        Field("text", _("What you are good at"), hint=_("Say it as a friend would pass it on."), needed=True),
    ),
    Section.POSITIONS: (
        Field("title", _("Title"), needed=True),
        Field("organisation", _("Organisation"), "organisation"),
        Field("place", _("Place")),
        *DATES,
        Field("current", _("I still do this"), "tick"),
        DESCRIPTION,
    ),
    Section.EDUCATION: (
        Field("school", _("School"), "organisation", needed=True),
        Field("degree", _("Degree")),
        Field("field", _("Subject")),
        Field("start_year", _("From, year"), "year"),
        Field("end_year", _("Until, year"), "year"),
        DESCRIPTION,
    ),
    Section.SKILLS: (
        Field("name", _("Skill"), hint=_("Several at once: put commas between them."), needed=True),
    ),
    Section.LANGUAGES: (
        Field("name", _("Language"), needed=True),
        Field("level", _("How well"), hint=_("In your words: fluent, I can follow, at home.")),
    ),
    Section.LINKS: (
        Field("url", _("Address"), "address", needed=True),
        Field("label", _("What it is")),
    ),
    CONTACT: (
        Field("kind", _("Kind"), "choice", choices=ContactField.Kind.choices),
        Field("value", _("How to reach you"), needed=True),
        Field(
            "audience",
            _("Who may see it"),
            "choice",
            choices=[(audience.value, words[0]) for audience, words in AUDIENCE_WORDS.items()],
        ),
    ),
}


def is_untouched(part: str, typed: Mapping[str, str]) -> bool:
    """Nothing was written into the form of a new row; choices and ticks stand in it from the beginning."""
    written = (field for field in FIELDS.get(part, ()) if field.kind not in ("choice", "tick"))
    return part in MODELS and not any(typed.get(field.name, "").strip() for field in written)


def filled(
    part: str, kept: Mapping[str, Any], typed: Mapping[str, str] | None, wrong: str
) -> list[FilledField]:
    """The form's fields with what is kept, or with what was typed when that was refused."""
    return [
        FilledField(
            field,
            typed.get(field.name, "") if typed is not None else kept.get(field.name, ""),
            field.name == wrong,
        )
        for field in FIELDS[part]
    ]


def kept_of_row(row: Any, part: str) -> dict[str, Any]:
    """What the row holds, as its form shows it."""
    kept: dict[str, Any] = {field.name: getattr(row, field.name, "") for field in FIELDS[part]}
    for name in ("organisation", "school"):
        if kept.get(name):
            kept[name] = kept[name].name
    if part == Section.POSITIONS:
        kept["current"] = row.end_year is None
    return {name: "" if value is None else value for name, value in kept.items()}


def kept_of_profile(profile: Profile, part: str) -> dict[str, Any]:
    """What the card, the summary or the birthday hold."""
    if part == CARD:
        owner = profile.member
        return {"name": owner.name, "headline": owner.headline, "place": owner.place,
                "pronunciation": profile.pronunciation}  # fmt: skip
    return {
        "summary": profile.summary,
        "day": profile.birthday_day or "",
        "month": profile.birthday_month or "",
    }


def new_row(part: str) -> dict[str, Any]:
    """What an empty form begins with."""
    if part == CONTACT:
        return {"audience": Audience.ME.value}
    return {"current": True} if part == Section.POSITIONS else {}
