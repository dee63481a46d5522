"""A profile as a JSON Resume, version 1.0.0: exactly what its viewer sees."""

from typing import Any

from kith.profiles.models import ContactField
from kith.profiles.shown import ShownProfile
from kith.profiles.work import partial_date, works_for

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"


def json_resume(shown: ShownProfile, address: str, photo_address: str = "") -> dict[str, Any]:
    """JSON-ready; specialties stand apart from skills, under a key of their own (E-21)."""
    return _said(
        {
            "$schema": SCHEMA,
            "basics": _basics(shown, address, photo_address),
            "work": [
                _said(
                    {
                        "name": works_for(row),
                        "position": row.title,
                        "location": row.place,
                        "startDate": partial_date(row.start_year, row.start_month),
                        "endDate": partial_date(row.end_year, row.end_month),
                        "summary": row.description,
                    }
                )
                for row in shown.positions
            ],
            "education": [
                _said(
                    {
                        "institution": row.school.stands_for.name if row.school else "",
                        "studyType": row.degree,
                        "area": row.field,
                        "startDate": partial_date(row.start_year),
                        "endDate": partial_date(row.end_year),
                        "description": row.description,
                    }
                )
                for row in shown.education
            ],
            "skills": [{"name": row.name} for row in shown.skills],
            "languages": [_said({"language": row.name, "fluency": row.level}) for row in shown.languages],
            "specialties": [row.text for row in shown.specialties],
            "meta": {"canonical": address, "version": "v1.0.0"},
        }
    )


def _basics(shown: ShownProfile, address: str, photo_address: str) -> dict[str, Any]:
    assert shown.card
    return _said(
        {
            "name": shown.card.name,
            "label": shown.card.headline,
            "image": photo_address,
            "email": _first(shown, ContactField.Kind.EMAIL),
            "phone": _first(shown, ContactField.Kind.PHONE),
            "url": address,
            "summary": shown.summary,
            "location": _said({"city": shown.card.place}),
            "profiles": [_said({"network": row.label, "url": row.url}) for row in shown.links],
        }
    )


def _first(shown: ShownProfile, kind: ContactField.Kind) -> str:
    return next((row.value for row in shown.contact if row.kind == kind), "")


def _said(facts: dict[str, Any]) -> dict[str, Any]:
    """Without what nobody said."""
    return {key: value for key, value in facts.items() if value}
