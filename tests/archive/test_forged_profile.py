"""What a hand-made copy would show to others goes through the same rules as what is typed (b44, b45, b46)."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from kith.archive.actions import import_now
from kith.archive.reading.model import Refused
from kith.contacts.models import ImportRun
from kith.members.models import Member
from kith.members.organisations import find_or_make
from kith.notifications.models import Preference
from kith.profiles.models import ContactField, Position, Profile, Skill
from tests.archive.test_take_in import exported, repacked

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def forged(ada: Member, tmp_path: Path) -> Callable[..., Path]:
    """A copy of Ada's in which a table's one line says something else."""

    def make(table: str, **says: Any) -> Path:
        Member.objects.filter(pk=ada.pk).update(headline="Planner", place="Oslo")
        Profile.objects.create(member=ada, summary="Words.")
        Position.objects.create(
            member=ada, title="Planner", organisation=find_or_make("Acme"), start_year=2019, start_month=2
        )
        Skill.objects.create(member=ada, name="Planning", key="planning")
        ContactField.objects.create(member=ada, kind="phone", value="123", audience="members")
        report = {"profile": {"headline": "Planner", "skills": [{"name": "Planning"}]}}
        ImportRun.objects.create(owner=ada, file_name="x", finished_at=timezone.now(), report=report)
        Preference.objects.create(member=ada, kind="announcement", channel="page", choice="off")

        def change(name: str, content: bytes) -> bytes:
            if name != f"mine/{table}.jsonl":
                return content
            line = json.loads(content)
            assert set(says) <= set(line)
            return json.dumps(line | says).encode() + b"\n"

        return repacked(exported(ada, tmp_path), change)

    return make


DIRTY = "Ev\u202eil\r\nEMAIL:x@example.org" + "e" + "\u0301" * 20


@pytest.mark.parametrize(
    ("table", "column", "model", "owner"),
    [
        ("account", "headline", Member, "pk"),
        ("account", "place", Member, "pk"),
        ("profile", "pronunciation", Profile, "member"),
        ("positions", "title", Position, "member"),
        ("skills", "name", Skill, "member"),
        ("contact_fields", "value", ContactField, "member"),
    ],
)
def test_a_line_is_cleaned_as_if_it_were_typed(
    forged: Callable[..., Path], bo: Member, table: str, column: str, model: Any, owner: str
) -> None:
    import_now(bo, forged(table, **{column: DIRTY}))
    kept = getattr(model.objects.get(**{owner: bo.pk}), column)
    assert kept.startswith("Evil EMAIL:x@example.org") and "\u202e" not in kept and "\n" not in kept
    assert len(kept) < 40


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("profile", {"summary": "x" * 4_001}),
        ("positions", {"description": "x" * 4_001}),
        ("positions", {"title": "\u200b"}),
        ("skills", {"name": ""}),
        ("contact_fields", {"value": " \n "}),
        ("contact_fields", {"audience": ""}),
        ("positions", {"start_month": 77}),
        ("positions", {"start_year": 12}),
        ("imports", {"report": "x"}),
        ("imports", {"report": {"profile": "x"}}),
        ("imports", {"report": {"profile": {"positions": "x", "skills": [5]}}}),
        ("imports", {"report": {"profile": {"positions": [{"title": 5}]}}}),
        ("notice_preferences", {"choice": "xyz"}),
        ("notice_preferences", {"channel": "drum"}),
    ],
)
def test_what_no_form_takes_no_copy_brings(
    forged: Callable[..., Path], bo: Member, table: str, says: dict[str, Any]
) -> None:
    copy = forged(table, **says)
    with pytest.raises(Refused) as refusal:
        import_now(bo, copy)
    assert f"“{next(iter(says))}”" in str(refusal.value)
    assert not Skill.objects.filter(member=bo).exists()
