"""The demo community: made only in a fresh house on loopback, and gone without a trace."""

from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from kith.contacts.models import ImportRun
from kith.demo import actions
from kith.members.actions import join, walk_in_roles
from kith.members.models import Member

pytestmark = pytest.mark.django_db


def uploads() -> set[str]:
    folder = Path(settings.UPLOADS_DIR)
    return {entry.name for entry in folder.iterdir()} if folder.exists() else set()


def test_a_fresh_house_gets_its_cast_and_the_sample_on_its_way() -> None:
    assert actions.build()
    assert set(walk_in_roles()) == set(actions.CAST)
    assert all(member.demo_at for member in Member.objects.all())
    assert [member.name for member in Member.objects.hosts()] == [actions.CAST["host"][0]]
    run = ImportRun.objects.get()
    assert (run.owner, run.state) == (walk_in_roles()["consultant"], "reading")
    assert not actions.build()


def test_a_house_somebody_lives_in_or_that_others_reach_gets_no_demo(ada: Member) -> None:
    assert not actions.build()
    Member.objects.all().delete()
    with override_settings(BOUND_TO_LOOPBACK=False):
        assert not actions.build()


def test_removing_the_demo_leaves_only_who_is_real() -> None:
    before = uploads()
    actions.build()
    real = join(email="siri@example.org", name="Siri Haugen", as_host=True)
    assert actions.remove() == len(actions.CAST)
    assert list(Member.objects.all()) == [real]
    assert not walk_in_roles() and not ImportRun.objects.exists()
    assert uploads() == before
