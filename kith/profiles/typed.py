"""What was typed about one row, made fit to be kept, or refused in one sentence: section by section."""

from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from kith.core.refusal import Refused, line_of, text_of
from kith.core.text import fold
from kith.members.organisations import find_or_make
from kith.profiles.models import Audience, ContactField, Section

Typed = Mapping[str, str]
Fields = dict[str, Any]

DESCRIPTION_LIMIT = 4_000
CONTACT = "contact"  # a part of the page like a section, but each of its rows has its own audience


def number_of(text: str, label: str, field: str) -> int | None:
    """A whole number as typed, none for nothing."""
    text = text.strip()
    if not text:
        return None
    if not text.isdecimal() or len(text) > 9:
        raise Refused(_("%(label)s: a number, please.") % {"label": label}, field)
    return int(text)


def position(typed: Typed) -> Fields:
    """Odd dates are kept and named to their owner; only impossible ones are refused."""
    title = _needed(typed, "title", 160, _("Title"))
    start_year = _year(typed, "start_year", _("From"))
    end_year = _year(typed, "end_year", _("Until"))
    fields = {
        "title": title,
        "place": line_of(typed.get("place", ""), 120, _("Place"), "place"),
        "description": text_of(
            typed.get("description", ""), DESCRIPTION_LIMIT, _("Description"), "description"
        ),
        "start_year": start_year,
        "start_month": _month(typed, "start_month", start_year, _("From")),
        "end_year": end_year,
        "end_month": _month(typed, "end_month", end_year, _("Until")),
    }
    if typed.get("current"):
        fields |= {"end_year": None, "end_month": None}
    elif end_year is None:
        raise Refused(_("Until: give the year it ended, or tick that you still do this."), "end_year")
    return fields | {"organisation": find_or_make(typed.get("organisation", ""))}


def education(typed: Typed) -> Fields:
    school = line_of(typed.get("school", ""), 160, _("School"), "school")
    if not school:
        raise Refused(_("School: please give its name."), "school")
    return {
        "degree": line_of(typed.get("degree", ""), 160, _("Degree"), "degree"),
        "field": line_of(typed.get("field", ""), 160, _("Subject"), "field"),
        "description": text_of(
            typed.get("description", ""), DESCRIPTION_LIMIT, _("Description"), "description"
        ),
        "start_year": _year(typed, "start_year", _("From")),
        "end_year": _year(typed, "end_year", _("Until")),
        "school": find_or_make(school, label=_("School"), field="school"),
    }


def specialty(typed: Typed) -> Fields:
    text = _needed(typed, "text", 120, _("What you are good at"))
    return {"text": text, "key": _key(text, "text")}


def skill(typed: Typed) -> Fields:
    name = _needed(typed, "name", 80, _("Skill"))
    return {"name": name, "key": _key(name, "name")}


def language(typed: Typed) -> Fields:
    name = _needed(typed, "name", 60, _("Language"))
    return {"name": name, "level": line_of(typed.get("level", ""), 60, _("How well"), "level")}


def link(typed: Typed) -> Fields:
    """Only http and https (b40); an address without either is taken for https."""
    url = _needed(typed, "url", 500, _("Address"))
    if "://" not in url and not url.lower().startswith(("javascript:", "data:", "vbscript:", "mailto:")):
        url = f"https://{url}"
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        raise Refused(_("Address: only one that starts with http:// or https://."), "url") from None
    return {"url": url, "label": line_of(typed.get("label", ""), 80, _("What it is"), "label")}


def contact(typed: Typed) -> Fields:
    kind, audience = typed.get("kind", ""), typed.get("audience", "")
    if kind not in ContactField.Kind.values:
        raise Refused(_("Kind: choose e-mail, phone, address or messenger."), "kind")
    if audience not in Audience.values:
        raise Refused(_("Choose who may see it: only you, members, or everyone on the web."), "audience")
    value = _needed(typed, "value", 254, _("How to reach you"))
    if kind == ContactField.Kind.EMAIL:
        try:
            validate_email(value)
        except ValidationError:
            raise Refused(
                _("E-mail: “%(email)s” is not an address.") % {"email": value[:60]}, "value"
            ) from None
    return {"kind": kind, "value": value, "audience": audience}


FITTED: dict[str, Callable[[Typed], Fields]] = {
    Section.POSITIONS: position,
    Section.EDUCATION: education,
    Section.SPECIALTIES: specialty,
    Section.SKILLS: skill,
    Section.LANGUAGES: language,
    Section.LINKS: link,
    CONTACT: contact,
}


def _needed(typed: Typed, field: str, limit: int, label: str) -> str:
    text = line_of(typed.get(field, ""), limit, label, field)
    if not text:
        raise Refused(_("%(label)s: please fill this in.") % {"label": label}, field)
    return text


def _key(text: str, field: str) -> str:
    """Folded, to tell what is the same; signs that fold to nothing stand for themselves."""
    key = fold(text) or text
    if len(key) > len(text) + 20:
        raise Refused(_("Please write this in fewer letters."), field)
    return key[:80] if field == "name" else key[:120]


def _year(typed: Typed, field: str, label: str) -> int | None:
    year = number_of(typed.get(field, ""), label, field)
    if year is not None and not 1000 <= year <= 9999:
        raise Refused(_("%(label)s: a year in four digits, such as 2019.") % {"label": label}, field)
    return year


def _month(typed: Typed, field: str, year: int | None, label: str) -> int | None:
    month = number_of(typed.get(field, ""), label, field)
    if month is None:
        return None
    if not 1 <= month <= 12:
        raise Refused(_("%(label)s: a month from 1 to 12.") % {"label": label}, field)
    if year is None:
        raise Refused(_("%(label)s: a month needs its year.") % {"label": label}, field)
    return month
