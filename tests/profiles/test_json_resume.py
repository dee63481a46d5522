import json
import re
from typing import Any

import pytest

from kith.members.models import Member
from kith.members.policy import Viewer
from kith.profiles.json_resume import json_resume
from kith.profiles.shown import shown_profile
from tests.profiles.full import fill_in

pytestmark = pytest.mark.django_db
HERE = "https://kith.example/people/ada-lund/"
DATE = re.compile(r"^([1-2][0-9]{3}-[0-1][0-9]-[0-3][0-9]|[1-2][0-9]{3}-[0-1][0-9]|[1-2][0-9]{3})$")
# What version 1.0.0 of the schema names of the parts we write; its top level and all parts allow further keys.
SHAPE: dict[str, Any] = {
    "$schema": str,
    "basics": {
        "name": str,
        "label": str,
        "image": str,
        "email": str,
        "phone": str,
        "url": str,
        "summary": str,
        "location": {"city": str},
        "profiles": [{"network": str, "url": str}],
    },
    "work": [
        {"name": str, "position": str, "location": str, "startDate": DATE, "endDate": DATE, "summary": str}
    ],
    "education": [
        {
            "institution": str,
            "area": str,
            "studyType": str,
            "startDate": DATE,
            "endDate": DATE,
            "description": str,
        }
    ],
    "skills": [{"name": str}],
    "languages": [{"language": str, "fluency": str}],
    "specialties": [str],
    "meta": {"canonical": str, "version": str},
}


def fits(said: Any, shape: Any) -> bool:
    if isinstance(shape, dict):
        return isinstance(said, dict) and all(key in shape and fits(said[key], shape[key]) for key in said)
    if isinstance(shape, list):
        return isinstance(said, list) and all(fits(row, shape[0]) for row in said)
    return isinstance(said, str) and (shape is str or bool(shape.match(said)))


def resume(member: Member, viewer: Member | None) -> dict[str, Any]:
    return json.loads(json.dumps(json_resume(shown_profile(member, Viewer(viewer)), HERE)))


def test_the_file_keeps_the_schema_and_says_what_the_viewer_sees(ada: Member, bo: Member) -> None:
    fill_in(ada)
    said = resume(ada, bo)
    assert fits(said, SHAPE)
    assert said["work"] == [
        {"name": "Vale & Tide; Partners", "position": "Founder", "startDate": "2023"},
        {
            "name": "Halvorsen Freight",
            "position": "Analyst",
            "location": "Drammen",
            "startDate": "2013-03",
            "endDate": "2017",
            "summary": "Pricing",
        },
    ]
    assert said["basics"]["email"] == "me@ada.example"
    assert said["basics"]["location"] == {"city": "Ålesund, Norway"}


def test_specialties_are_not_skills(ada: Member, bo: Member) -> None:
    fill_in(ada)
    said = resume(ada, bo)
    assert said["specialties"] == ["Buffers that last"]
    assert [row["name"] for row in said["skills"]] == ["Planning", "Forecasting"]


def test_an_empty_profile_is_a_name_and_an_address(bo: Member) -> None:
    said = resume(bo, bo)
    assert fits(said, SHAPE)
    assert said["basics"] == {"name": "Bo Ferreira", "url": HERE}
    assert set(said) == {"$schema", "basics", "meta"}
