"""Whom a visitor may walk in as, and what stands on their profiles; the new member's is empty."""

from kith.demo.faces import Look
from kith.members.models import Member
from kith.profiles import actions
from kith.profiles.models import Audience, Section
from kith.profiles.public import go_public

CAST = {
    "consultant": ("Ingrid Sæther-Vale", "ingrid@demo.example"),
    "new": ("Noor Haddad", "noor@demo.example"),
    "host": ("Hana Okafor", "hana@demo.example"),
}
LOOKS = {
    CAST["consultant"][1]: Look("f", skins=(0, 1), fair=True),
    CAST["host"][1]: Look("f", skins=(6, 7)),
}


def give_profiles(people: dict[str, Member]) -> None:
    """The consultant has begun hers, so that her archive has something to add; the host's is whole."""
    _consultant(people["consultant"])
    _host(people["host"])


def _consultant(ingrid: Member) -> None:
    actions.add_row(ingrid, Section.SPECIALTIES, {"text": "Planning routines that survive Tuesdays"})
    actions.add_row(ingrid, Section.SPECIALTIES, {"text": "Finding the buffer nobody owns"})
    actions.add_row(
        ingrid,
        Section.POSITIONS,
        {
            "title": "Founder & Principal",
            "organisation": "Vale & Tide Advisory",
            "place": "Oslo, Norway",
            "start_year": "2023",
            "current": "on",
        },
    )
    actions.add_skills(ingrid, "Operations Management, Inventory Management")
    actions.add_row(ingrid, Section.LANGUAGES, {"name": "Norwegian", "level": "Native"})
    actions.set_birthday(ingrid, day="14", month="3")


def _host(hana: Member) -> None:
    actions.edit_card(
        hana,
        name=hana.name,
        pronunciation="HAH-na oh-KAH-for",
        headline="Keeps this house: questions, ideas and complaints to me",
        place="Lagos and Oslo",
    )
    actions.write_summary(
        hana,
        "I started this community because the people I wanted to introduce to each other kept missing each other.\n\n"
        "If something here is odd, tell me. If you know somebody who belongs here, tell me too.",
    )
    actions.add_row(hana, Section.SPECIALTIES, {"text": "Introducing people who should have met long ago"})
    actions.add_row(
        hana,
        Section.POSITIONS,
        {
            "title": "Head of community",
            "organisation": "Open Harbour Foundation",
            "place": "Oslo",
            "start_year": "2019",
            "start_month": "9",
            "current": "on",
        },
    )
    actions.add_row(
        hana,
        Section.EDUCATION,
        {"school": "University of Saltmere", "degree": "MA", "field": "Facilitation", "end_year": "2012"},
    )
    actions.add_skills(hana, "Facilitation, Mentoring, Hosting")
    actions.add_row(hana, Section.LINKS, {"url": "https://harbour.example/", "label": "The foundation"})
    for section in (Section.SUMMARY, Section.SPECIALTIES, Section.POSITIONS, Section.PUBLIC_PHOTO):
        actions.set_audience(hana, section, Audience.WEB)
    go_public(hana)
