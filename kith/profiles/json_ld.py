"""A public page's Person for machines: schema.org in JSON-LD."""

from typing import Any

from kith.profiles.models import ContactField
from kith.profiles.shown import ShownProfile
from kith.profiles.work import work_now, works_for


def person(shown: ShownProfile, address: str, photo_address: str = "") -> dict[str, Any]:
    """JSON-ready; says nothing that is not shown."""
    assert shown.card
    now = work_now(shown)
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Person",
        "@id": address,
        "url": address,
        "name": shown.card.name,
        "description": shown.card.headline or shown.summary,
        "image": photo_address,
        "homeLocation": _named("Place", shown.card.place),
        "jobTitle": now.title if now else "",
        "worksFor": _named("Organization", works_for(now)),
        "alumniOf": [
            _named("EducationalOrganization", row.school.stands_for.name)
            for row in shown.education
            if row.school
        ],
        "knowsAbout": [row.text for row in shown.specialties] + [row.name for row in shown.skills],
        "knowsLanguage": [row.name for row in shown.languages],
        "email": [row.value for row in shown.contact if row.kind == ContactField.Kind.EMAIL],
        "sameAs": [row.url for row in shown.links],
    }
    return {key: value for key, value in facts.items() if value}


def _named(kind: str, name: str) -> dict[str, str] | None:
    return {"@type": kind, "name": name} if name else None
