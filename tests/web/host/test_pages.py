"""Every page of the console: there for hosts, nowhere for others, in few queries."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from kith.members import joining
from kith.members.actions import join
from kith.members.models import AuditEntry, Member

pytestmark = pytest.mark.django_db

PAGES = [
    "host",
    "host_members",
    "host_invitations",
    "host_roster",
    "host_roster_import",
    "host_announcements",
    "host_organisations",
    "host_brand",
    "host_settings",
    "outbox",
    "host_health",
    "host_audit",
]


@pytest.mark.parametrize("name", PAGES)
def test_the_page_opens_for_a_host_and_is_nowhere_for_a_member(
    name: str, console: Client, ada: Member, signed_in: Callable[[Member], Client]
) -> None:
    page = console.get(reverse(name))
    assert page.status_code == 200
    assert b"</html>" in page.content
    assert signed_in(ada).get(reverse(name)).status_code == 404


def test_a_suspended_host_opens_nothing(console: Client, hana: Member) -> None:
    from django.utils import timezone

    Member.objects.filter(pk=hana.pk).update(suspended_at=timezone.now())
    assert console.get(reverse("host")).status_code == 302


def test_ten_thousand_members_are_listed_page_by_page_in_few_queries(
    console: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    Member.objects.bulk_create(
        Member(email=f"n{n}@example.org", name=f"Nr {n:05}", handle=f"nr-{n}", sort_name=f"nr {n:05}")
        for n in range(10_000)
    )
    with django_assert_max_num_queries(16):
        page = console.get(reverse("host_members"))
    seen = [member.pk for member in page.context["page"]]
    second = console.get(reverse("host_members"), {"after": page.context["more"]})
    assert not set(seen) & {member.pk for member in second.context["page"]}
    found = console.get(reverse("host_members"), {"q": "n77@example.org"})
    assert [member.email for member in found.context["page"]] == ["n77@example.org"]
    waiting = console.get(reverse("host_members"), {"state": "waiting"})
    assert waiting.context["matches"] == 10_000


def test_a_new_place_says_what_a_host_does_first_until_it_is_done(console: Client, hana: Member) -> None:
    begun = console.get("/host/").content.decode()
    assert "Name this place" in begun and "Ask your members in" in begun
    joining.make_join_link(hana)
    assert "Ask your members in" not in console.get("/host/").content.decode()


def test_each_look_at_a_member_is_written_down(console: Client, ada: Member, hana: Member) -> None:
    console.get(reverse("host_members"))
    console.get(reverse("host_member", args=[ada.public_id]))
    assert list(AuditEntry.objects.order_by("pk").values_list("actor", "verb", "subject")) == [
        (hana.pk, "members_listed", None),
        (hana.pk, "member_looked_at", ada.pk),
    ]


@pytest.mark.parametrize("cursor", ["x", "999999999999", "' OR 1=1", "٣"])
@pytest.mark.parametrize("name", ["host_members", "host_audit", "outbox", "host_invitations", "host_roster"])
def test_an_odd_place_in_a_list_is_its_start(console: Client, name: str, cursor: str) -> None:
    assert console.get(reverse(name), {"after": cursor, "q": cursor, "state": cursor}).status_code == 200


def test_a_hosts_page_of_a_member_holds_nothing_of_their_desk(console: Client) -> None:
    from kith.contacts.models import Contact

    cy = join(email="cy@example.org", name="Cy Moreau")
    Contact.objects.create(
        owner=cy, name="Bea Quist", sort_name="bea quist", slug="bea", specialties="canary"
    )
    page = console.get(reverse("host_member", args=[cy.public_id])).content.decode()
    assert "Bea" not in page and "canary" not in page
