import pytest

from kith.members.models import Member
from kith.members.policy import Viewer
from kith.profiles.json_ld import person
from kith.profiles.public import go_private, go_public, is_public, profile_at
from kith.profiles.shown import shown_profile
from tests.profiles.full import fill_in, show_to_all

pytestmark = pytest.mark.django_db
HERE = "https://kith.example/people/ada-lund/"


def test_machines_read_a_person_with_work_and_schools(ada: Member) -> None:
    fill_in(ada)
    show_to_all(ada)
    go_public(ada)
    said = person(shown_profile(ada, Viewer(None)), HERE)
    assert (said["@type"], said["name"], said["jobTitle"]) == ("Person", "Ada Lund", "Founder")
    assert said["worksFor"] == {"@type": "Organization", "name": "Vale & Tide; Partners"}
    assert said["alumniOf"] == [{"@type": "EducationalOrganization", "name": "Fjord Institute"}]
    assert said["knowsAbout"] == ["Buffers that last", "Planning", "Forecasting"]
    assert said["sameAs"] == ["https://ada.example/"]
    assert said["email"] == ["me@ada.example"]
    assert "birthDate" not in said and "telephone" not in said


def test_what_is_for_members_is_not_said_to_machines(ada: Member) -> None:
    fill_in(ada)
    go_public(ada)
    said = person(shown_profile(ada, Viewer(None)), HERE)
    assert set(said) == {
        "@context", "@type", "@id", "url", "name", "description", "homeLocation", "email"
    }  # fmt: skip


def test_the_page_is_off_until_its_owner_turns_it_on_and_off_again_at_once(ada: Member) -> None:
    assert not is_public(ada) and profile_at(ada.handle, Viewer(None)) is None
    go_public(ada)
    go_public(ada)
    assert is_public(ada) and profile_at(ada.handle, Viewer(None))
    go_private(ada)
    assert not is_public(ada) and profile_at(ada.handle, Viewer(None)) is None
