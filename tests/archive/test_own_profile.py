"""What an archive says of its owner, kept with the import and gone with it."""

from datetime import date

import pytest

from kith.archive import actions, uploads
from kith.archive.own_profile import newest_run, own_profile
from kith.archive.reading.dates import month_or_year
from kith.archive.reading.model import Archive, Owner
from kith.contacts.models import ImportRun
from kith.members.models import Member
from kith.members.policy import Viewer

pytestmark = pytest.mark.thorough


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Oct 2023", (2023, 10)),
        ("2013", (2013, None)),
        ("septembre 2016", (2016, 9)),
        ("2024-02", (2024, 2)),
        ("02/2024", (2024, 2)),
        ("13/2024", (2024, None)),
        ("Winter 2009", (2009, None)),
        ("some day", (None, None)),
        ("", (None, None)),
    ],
)
def test_months_and_years_are_known_as_far_as_they_are_written(
    written: str, known: tuple[int | None, int | None]
) -> None:
    assert month_or_year(written) == known


def archive(**profile: list[dict[str, str]]) -> Archive:
    return Archive(Owner(), era=2026, as_of=date(2026, 1, 1), kind="complete", profile=profile)


def test_an_odd_date_gives_its_year_and_stays_readable() -> None:
    row = {
        "Title": "Sailor",
        "Company Name": "",
        "Started On": "Spring 1999",
        "Finished On": "when the ice came",
    }
    said = own_profile(archive(positions=[row]))["positions"][0]
    assert (said["start_year"], said["start_month"], said["end_year"]) == ("1999", "", "")
    assert said["description"] == "Spring 1999 – when the ice came"


def test_websites_come_as_links_and_rows_that_say_nothing_do_not_come() -> None:
    said = own_profile(
        archive(
            profile=[{"Websites": "[COMPANY:https://www.example.com,https://two.example/a?b=1]"}],
            positions=[{"Title": "", "Company Name": "", "Started On": "", "Finished On": ""}],
            skills=[{"Name": " "}],
        )
    )
    assert said == {
        "links": [
            {"url": "https://www.example.com", "label": "Company"},
            {"url": "https://two.example/a?b=1", "label": ""},
        ],
    }


@pytest.mark.django_db(transaction=True)
def test_an_import_keeps_what_it_says_of_its_owner_until_it_is_taken_back(ada: Member) -> None:
    actions.import_now(ada, uploads.SAMPLE)
    run = newest_run(Viewer(ada))
    assert run and run.report
    said = run.report["profile"]
    assert [row["title"] for row in said["positions"]][:2] == ["Founder & Principal", "Head of Operations"]
    assert (said["positions"][3]["start_year"], said["positions"][3]["end_year"]) == ("2013", "2017")
    assert len(said["skills"]) == 26 and len(said["languages"]) == 4 and len(said["links"]) == 2
    actions.ask_to_take_back(run)
    actions.take_back(ImportRun.objects.get(pk=run.pk))
    assert newest_run(Viewer(ada)) is None
    run.refresh_from_db()
    assert run.report is None
