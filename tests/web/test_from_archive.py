"""The page of contacts who are here: one step each, and nothing that tells a member from an address of nobody."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kith.contacts.models import Contact, ImportProgress, ImportRun
from kith.desk.models import FoundHere
from kith.members.actions import join
from kith.members.models import Member
from kith.network.actions.choices import choose
from kith.network.actions.connections import connect
from kith.network.models import Invitation
from tests.desk.test_from_archive import contact_of, findable
from tests.safety.pages import chanceless

SignIn = Callable[[Member], Client]
HTMX = {"HX-Request": "true"}
PAGE = "/network/from-archive/"


def body(client: Client, path: str = PAGE) -> str:
    return client.get(path).content.decode()


def test_each_stands_with_what_ties_and_three_steps(ada: Member, bo: Member, signed_in: SignIn) -> None:
    contact_of(ada, findable(bo).email, last_talk_on="2024-03-01", in_touch_on="2024-03-01")
    words = body(signed_in(ada))
    for said in (
        "Bo Ferreira",
        "last in March 2024",
        "in your contacts as Somebody",
        "/people/bo-ferreira/connect/",
    ):
        assert said in words
    assert "/people/bo-ferreira/follow/" in words and "/people/bo-ferreira/not-now/" in words
    assert "connect with all" not in words.lower()


def test_today_the_network_and_the_import_lead_there(ada: Member, bo: Member, signed_in: SignIn) -> None:
    client = signed_in(ada)
    contact_of(ada, bo.email)
    done = ImportRun.objects.create(owner=ada, file_name="a.zip", finished_at=timezone.now(), report={})
    ImportProgress.objects.create(run=done)
    pages = ("/today/", "/network/", reverse("import_run", args=[done.public_id]))
    for path in pages:
        assert "of your archive is here" not in body(client, path)
    findable(bo)
    for path in pages:
        assert "1 person of your archive is here" in body(client, path)


def test_not_now_is_answered_in_place_and_without_javascript(
    ada: Member, bo: Member, mal: Member, signed_in: SignIn
) -> None:
    contact_of(ada, findable(bo).email)
    contact_of(ada, findable(mal).email)
    client = signed_in(ada)
    assert "Mal Grey" in body(client)
    answer = client.post("/people/bo-ferreira/not-now/", headers=HTMX)
    assert "is not offered again" in answer.content.decode() and "Undo" in answer.content.decode()
    assert client.post("/people/mal-grey/not-now/").status_code == 302
    assert FoundHere.objects.filter(put_off_at__isnull=False).count() == 2
    client.post("/people/bo-ferreira/not-now/", {"back": "yes"})
    assert "Nobody to offer" not in body(client) and FoundHere.objects.get(member=bo).put_off_at is None


def test_a_member_who_did_not_opt_in_is_told_from_nobody_by_no_byte(
    ada: Member, bo: Member, signed_in: SignIn
) -> None:
    client = signed_in(ada)
    contact = contact_of(ada, "nobody@example.org")
    pages = (PAGE, "/network/", "/today/", "/people/bo-ferreira/", "/people/bo-ferreira/connect/")

    def everything() -> list[bytes]:
        return [chanceless(client.get(path)) for path in pages]

    with_nobody = everything()
    Contact.objects.filter(pk=contact.pk).update(email=bo.email)
    assert everything() == with_nobody and not FoundHere.objects.exists()


def test_connecting_from_the_page_takes_them_off_it(ada: Member, bo: Member, signed_in: SignIn) -> None:
    contact_of(ada, findable(bo).email)
    client = signed_in(ada)
    client.post("/people/bo-ferreira/connect/", {"note": "We met in Bergen."})
    assert Invitation.objects.get().was_blind
    assert "Nobody to offer" in body(client)


def test_a_page_of_them_keeps_its_ceiling(
    ada: Member, signed_in: SignIn, django_assert_max_num_queries: Callable
) -> None:
    people = [findable(join(email=f"q{n}@example.org", name=f"Person {n}")) for n in range(40)]
    for number, one in enumerate(people):
        contact_of(ada, one.email)
        connect(one, people[number - 1])
    client = signed_in(ada)
    words = body(client)
    assert words.count("data-row ") == 25 and "?show=50" in words
    with django_assert_max_num_queries(17):
        assert body(client, f"{PAGE}?show=50").count("data-row ") == 40


def test_an_address_one_has_in_ones_contacts_need_not_be_typed(
    ada: Member, bo: Member, mal: Member, signed_in: SignIn
) -> None:
    for one in (bo, mal):
        contact_of(ada, one.email)
        choose(one, may_invite="email")
    findable(bo)
    client = signed_in(ada)
    assert 'value="bo@example.org"' in body(client, "/people/bo-ferreira/connect/")
    assert "mal@example.org" not in body(client, "/people/mal-grey/connect/"), "did not opt in"
