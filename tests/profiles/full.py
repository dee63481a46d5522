"""A member whose profile says something in every section."""

from kith.members.models import Member
from kith.profiles import actions
from kith.profiles.models import BY_OTHERS, Audience, Section


def fill_in(member: Member) -> None:
    """Ada's working life, with the odd sign in it."""
    actions.edit_card(
        member,
        name="Ada Lund",
        pronunciation="",
        headline='Plans less; "delivers" more',
        place="Ålesund, Norway",
    )
    actions.write_summary(member, "First line,\nsecond; line \\ </script><script>alert(1)</script>")
    actions.add_row(
        member,
        Section.POSITIONS,
        {"title": "Founder", "organisation": "Vale & Tide; Partners", "start_year": "2023", "current": "on"},
    )
    actions.add_row(
        member,
        Section.POSITIONS,
        {
            "title": "Analyst",
            "organisation": "Halvorsen Freight",
            "place": "Drammen",
            "description": "Pricing",
            "start_year": "2013",
            "start_month": "3",
            "end_year": "2017",
        },
    )
    actions.add_row(
        member,
        Section.EDUCATION,
        {
            "school": "Fjord Institute",
            "degree": "MSc",
            "field": "Logistics",
            "start_year": "2011",
            "end_year": "2013",
        },
    )
    actions.add_row(member, Section.SPECIALTIES, {"text": "Buffers that last"})
    actions.add_skills(member, "Planning, Forecasting")
    actions.add_row(member, Section.LANGUAGES, {"name": "Norwegian", "level": "Native"})
    actions.add_row(member, Section.LINKS, {"url": "https://ada.example/", "label": "Notes"})
    actions.add_row(member, "contact", {"kind": "email", "value": "me@ada.example", "audience": "web"})
    actions.add_row(member, "contact", {"kind": "phone", "value": "+47 70 00 00 00", "audience": "members"})
    actions.add_row(member, "contact", {"kind": "address", "value": "Kai 3, Ålesund", "audience": "me"})
    actions.set_birthday(member, day="9", month="3")


def show_to_all(member: Member, *sections: Section) -> None:
    """On the web, what may be there: words of others never are."""
    for section in sections or set(Section) - set(BY_OTHERS):
        actions.set_audience(member, section, Audience.WEB)
