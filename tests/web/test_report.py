from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.archive.actions import import_now
from kith.contacts.models import MessageVersion
from kith.insights.report import report
from kith.members.actions import join
from kith.members.policy import Viewer
from kith.web.report_tables import Table, tables, to_csv
from tests.insights.world import came_in, wrote
from tests.insights.world import connection as connected

pytestmark = pytest.mark.django_db

SAMPLE = Path(__file__).parent.parent / "data" / "sample-archive.zip"
QUERIES = 40


@pytest.fixture(scope="module")
def with_sample(django_db_setup, django_db_blocker):
    """Ada with the sample archive, brought in once; what tests do on top is undone one by one."""
    with django_db_blocker.unblock(), transaction.atomic():
        ada = join(email="ada@sample.example", name="Ada Lund")
        import_now(ada, SAMPLE)
        yield ada
        transaction.set_rollback(True)


def test_without_an_import_the_page_says_what_to_do_first(ada, signed_in):
    page = signed_in(ada).get("/report/").content.decode()
    assert reverse("bring_in") in page
    assert "unknown" not in page


def test_the_report_of_the_sample_shows_its_numbers_and_every_section(with_sample, signed_in):
    client = signed_in(with_sample)
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/report/").content.decode()
    assert len(asked) <= QUERIES
    for words in ("1,500", "64%", "238 of 372", "1,074", "16 December 2025", "Brightwater Logistics"):
        assert words in page, words
    for anchor in (
        "connections",
        "words",
        "waiting",
        "quiet",
        "invitations",
        "work",
        "endorsements",
        "first-messages",
    ):
        assert f'<section id="{anchor}"' in page
        assert f'href="#{anchor}"' in page
    assert 'style="' not in page
    assert "onclick" not in page


def test_every_address_on_the_report_answers(with_sample, signed_in):
    client = signed_in(with_sample)
    page = client.get("/report/").content.decode()
    found = {part.split('"')[0].replace("&amp;", "&") for part in page.split('href="')[1:]}
    ours = {address.split("?")[0]: address for address in sorted(found) if address.startswith("/report/")}
    assert len(ours) > 40
    for address in ours.values():
        assert client.get(address).status_code == 200, address


def test_the_people_behind_a_figure_are_as_many_as_it_says(with_sample, signed_in):
    client = signed_in(with_sample)
    found = report(Viewer(with_sample))
    figures = [
        found.connections.named,
        found.exchange.both,
        found.exchange.never,
        found.waiting,
        found.quiet.figure,
    ]
    figures += [found.invitations.accepted_with, found.with_company, found.with_title]
    figures += [found.endorsements.endorsers, found.endorsements.given]
    for figure in figures:
        slug = figure.people or "connections"
        page = client.get(f"/report/people/{slug}/")
        assert page.context["page"].paginator.count == figure.value, slug


def test_a_page_of_people_keeps_its_place_in_the_address(with_sample, signed_in):
    client = signed_in(with_sample)
    first = client.get("/report/people/never/")
    second = client.get("/report/people/never/?page=2")
    assert "page=2" in first.content.decode()
    assert not set(first.context["page"]) & set(second.context["page"])
    assert client.get("/report/people/never/?page=nonsense").status_code == 200


def test_which_message_did_well_is_asked_by_month(with_sample, signed_in):
    client = signed_in(with_sample)
    month = client.get("/report/").context["month"]
    page = client.get(f"/report/?month={month:%Y-%m}")
    assert page.context["did_well"][0].text in page.content.decode().replace("&#x27;", "'").replace(
        "<br>", "\n"
    )
    assert client.get("/report/?month=1066-13").status_code == 200


def test_a_version_shows_its_text_its_months_and_whom_it_reached(with_sample, signed_in):
    version = report(Viewer(with_sample)).first_messages.repeated[0]
    response = signed_in(with_sample).get(f"/report/versions/{version.public_id}/")
    assert response.context["page"].paginator.count == version.replies.of
    assert version.text[:40] in response.content.decode()


def test_nobody_else_sees_a_version_or_a_person_behind_a_figure(ada, bo, signed_in):
    came_in(ada)
    version = MessageVersion.objects.create(owner=ada, text="Hello")
    wrote(connected(ada, "Cy Secret"), "me", version=version)
    came_in(bo)
    connected(bo, "Dee")
    client = signed_in(bo)
    assert client.get(f"/report/versions/{version.public_id}/").status_code == 404
    for address in (
        "/report/",
        "/report/people/connections/",
        "/report/people/first-written/",
        "/report/versions.csv",
    ):
        assert "Cy Secret" not in client.get(address).content.decode()
        assert "Hello" not in client.get(address).content.decode()


@pytest.mark.parametrize(
    "address", ["/report/nonsense.csv", "/report/people/nonsense/", "/report/people/quiet-for/?of=x"]
)
def test_what_is_no_table_and_no_figure_is_not_found(ada, signed_in, address):
    assert signed_in(ada).get(address).status_code == 404


def test_every_table_comes_as_csv_with_its_numbers(with_sample, signed_in):
    client = signed_in(with_sample)
    for table in tables(report(Viewer(with_sample))).values():
        answer = client.get(f"/report/{table.slug}.csv")
        assert answer["Content-Type"].startswith("text/csv")
        assert answer["Content-Disposition"] == f'attachment; filename="kith-{table.slug}.csv"'
        assert answer.content.decode("utf-8-sig").startswith(table.heads[0])


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_a_spreadsheet_would_run_is_led_by_an_apostrophe(sign):
    text = to_csv(Table("x", "X", ("Company", "People"), ((f"{sign}cmd|'/C calc'!A0", -3),)))
    assert f"'{sign}cmd" in text
    assert ",-3" in text


def test_unknown_is_written_as_unknown_and_not_as_zero():
    assert "unknown" in to_csv(Table("x", "X", ("Week", "Seen"), (("2026-01-05", None),)))


def test_a_stranger_is_asked_to_sign_in():
    assert Client().get("/report/").status_code == 302
