"""Harvesting: opaque addresses, a thousand people a question, so many profiles a day, no address in any list (b55)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kith.core.host import set_setting
from kith.core.models import Budget
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network import adjacency
from kith.network.models import Connection, NetworkChoices
from kith.profiles import finding
from kith.profiles.finding import page_of, people_found
from tests.network.circle import people

SignIn = Callable[[Member], Client]
HTMX = {"HX-Request": "true"}
pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def thousands(ada: Member) -> Member:
    """Ada among 1,049 others, all of them connections of Bea's."""
    [bea] = people(1, "bea")
    others = [
        Member(
            email=f"n{n}@example.org", name=f"Nia {n:04}", sort_name=f"nia {n:04}", handle=f"nia-{n}",
            public_id=f"nia{n:08}", confirmed_at=timezone.now(),
        )
        for n in range(1_048)
    ]  # fmt: skip
    Member.objects.bulk_create(others)
    pairs = [(bea.pk, other.pk) for other in others]
    Connection.objects.bulk_create(Connection(low_id=min(p), high_id=max(p)) for p in pairs)
    adjacency.rebuild()
    NetworkChoices.objects.create(member=bea, may_browse=NetworkChoices.Browse.MEMBERS)
    return bea


def walk(client: Client, path: str) -> tuple[int, str]:
    """How many people one list gives who goes on to its end, and its last page."""
    count, after, words = 0, "", ""
    for _page in range(100):
        response = client.get(path + (f"?after={after}" if after else ""), headers=HTMX if after else {})
        page, words = response.context["page"], response.content.decode()
        count += len(page.rows)
        if not (after := page.after):
            return count, words
    raise AssertionError("no end")


def test_a_list_of_people_ends_after_a_thousand_and_says_how_to_find_the_others(
    ada: Member, thousands: Member, signed_in: SignIn
) -> None:
    client = signed_in(ada)
    for path in ("/people/", f"/people/{thousands.handle}/connections/"):
        count, words = walk(client, path)
        assert count == 1_000, path
        assert "These are the first 1,000 people. More words find the others." in words
    beyond = Member.objects.get(name="Nia 1040")
    for headers in ({}, HTMX):
        page = client.get(f"/people/?after={beyond.public_id}", headers=headers)
        assert page.context["page"].rows == [] and page.context["page"].is_cut
    assert client.get("/people/?q=1040").context["page"].rows == [beyond]


def test_a_list_that_ends_by_itself_says_nothing_of_a_limit(
    ada: Member, bo: Member, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST", 2)
    page = page_of(people_found(Viewer(ada), ""))
    assert (len(page.rows), page.after, page.is_cut) == (2, "", False)


def test_so_many_profiles_of_others_a_day_then_a_sentence_and_a_time(
    ada: Member, bo: Member, hana: Member, signed_in: SignIn
) -> None:
    set_setting("profiles_a_day", 10)
    set_setting("new_member_days", 0)
    client = signed_in(ada)
    ways = ("/people/bo-ferreira/", "/people/bo-ferreira/card.vcf", "/people/bo-ferreira/resume.json")
    for number in range(10):
        assert client.get(ways[number % 3]).status_code == 200
    for path in ways:
        refused = client.get(path)
        assert refused.status_code == 429 and int(refused["Retry-After"]) > 80_000
        assert (
            "You have opened 10 profiles within a day, as many as the hosts allow."
            in refused.content.decode()
        )
    assert client.get("/people/ada-lund/").status_code == 200, "one's own is nobody else's"
    assert client.get("/people/nobody-here/").status_code == 404
    assert signed_in(bo).get("/people/ada-lund/").status_code == 200
    for _time in range(12):
        assert signed_in(hana).get("/people/bo-ferreira/").status_code == 200
    Budget.objects.update(taken_at=[timezone.now() - timedelta(hours=25)] * 10)
    assert client.get("/people/bo-ferreira/").status_code == 200


def test_a_new_member_opens_a_fifth(ada: Member, bo: Member, signed_in: SignIn) -> None:
    set_setting("profiles_a_day", 10)
    answers = [signed_in(ada).get("/people/bo-ferreira/").status_code for _time in range(3)]
    assert answers == [200, 200, 429]


def test_addresses_of_people_stand_in_no_list_and_find_nobody(
    ada: Member, bo: Member, signed_in: SignIn
) -> None:
    client = signed_in(ada)
    for path in ("/people/", "/people/?q=bo%40example.org", "/people/?q=example", "/people/bo-ferreira/"):
        assert "bo@example.org" not in client.get(path).content.decode().replace('value="bo@example.org"', "")
    for words in ("bo@example.org", "example.org"):
        assert client.get("/people/", {"q": words}).context["page"].rows == []
    assert client.get(f"/people/{bo.pk}/").status_code == 404, "no number opens anything"
    assert not NetworkChoices._meta.get_field("found_by_email").default
