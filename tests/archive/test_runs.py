"""An import's life: received, looked at, agreed to, written, cancelled, taken up again after a kill."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from kith.archive import actions, uploads
from kith.archive.reading.model import Refused
from kith.contacts.models import Contact, ImportRun
from kith.members.models import Member
from tests.archive.reading.making import generate

pytestmark = pytest.mark.django_db
SAMPLE = uploads.SAMPLE


@pytest.fixture(scope="module")
def small_zip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of Ingrid, forty rows of connections."""
    few = (
        "--connections",
        "40",
        "--invitations",
        "20",
        "--messages",
        "60",
        "--shares",
        "5",
        "--comments",
        "8",
    )
    return generate(tmp_path_factory.mktemp("small"), "small", *few, "--reactions", "10")[0]


def received(member: Member, path: Path) -> ImportRun:
    return actions.receive(member, path.name, iter([path.read_bytes()]))


def stored_files() -> list[str]:
    folder = Path(settings.UPLOADS_DIR)
    return sorted(entry.name for entry in folder.iterdir()) if folder.exists() else []


def queued(run: ImportRun) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select task_name from procrastinate_jobs where (args->>'run_id')::int = %s order by id", [run.pk]
        )
        return [row[0] for row in cursor.fetchall()]


def test_a_run_goes_from_upload_over_preview_to_done_and_its_file_is_gone(
    ada: Member, small_zip: Path
) -> None:
    before = stored_files()
    run = received(ada, small_zip)
    assert (run.state, queued(run)) == ("reading", ["archive.preview"])
    assert len(stored_files()) == len(before) + 1
    actions.preview(run)
    assert run.state == "ready" and run.preview["found"]["connections"]["rows"] == 40
    assert not Contact.objects.exists()
    assert actions.start(run, {})
    assert queued(run) == ["archive.preview", "archive.import"]
    run.refresh_from_db()
    actions.carry_out(run)
    assert ImportRun.objects.get().state == "done"
    assert stored_files() == before
    assert Contact.objects.exists()


def test_of_two_agreements_one_wins(ada: Member, small_zip: Path) -> None:
    run = received(ada, small_zip)
    actions.preview(run)
    assert actions.start(run, {}) and not actions.start(run, {"bodies": True})
    assert ImportRun.objects.get().choices["bodies"] is False


def test_a_worker_killed_while_writing_leaves_nothing_and_the_run_starts_again(
    ada: Member, small_zip: Path
) -> None:
    run = received(ada, small_zip)
    actions.preview(run)
    actions.start(run, {})
    run.refresh_from_db()

    class Killed(BaseException):
        pass

    for step in ("people", "ties", "messages", "deeds", "derive"):
        entry = "after_import" if step == "derive" else "write"
        with mock.patch(f"kith.archive.writing.{step}.{entry}", side_effect=Killed), pytest.raises(Killed):
            actions.carry_out(run)
        run = ImportRun.objects.get()
        assert run.state == "importing" and not Contact.objects.exists()
    actions.carry_out(run)
    assert ImportRun.objects.get().state == "done"


def test_a_task_that_runs_twice_writes_once(ada: Member, small_zip: Path) -> None:
    run = received(ada, small_zip)
    actions.preview(run)
    actions.start(run, {})
    actions.carry_out(ImportRun.objects.get())
    count = Contact.objects.count()
    actions.carry_out(ImportRun.objects.get())
    actions.preview(ImportRun.objects.get())
    assert Contact.objects.count() == count


def test_cancelling_before_agreement_deletes_the_file(ada: Member, small_zip: Path) -> None:
    before = stored_files()
    run = received(ada, small_zip)
    actions.preview(run)
    actions.cancel(run)
    assert ImportRun.objects.get().state == "cancelled"
    assert stored_files() == before
    assert not actions.start(run, {})


def test_cancelling_while_it_is_read_stops_the_worker_at_its_next_step(ada: Member, small_zip: Path) -> None:
    run = received(ada, small_zip)
    actions.cancel(run)
    with mock.patch("kith.archive.progress.connection.copy", return_value=connection):
        with mock.patch.object(connection, "close"):
            actions.preview(run)
    assert ImportRun.objects.get().state == "cancelled"
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.zip", b""),
        ("page.zip", b"<!doctype html><title>Sign in</title>"),
        ("paper.pdf", b"%PDF-1.7 nothing"),
        ("cut.zip", SAMPLE.read_bytes()[:5000]),
        ("noise.xlsx", bytes(range(256)) * 8),
    ],
)
def test_what_is_no_archive_is_refused_by_one_sentence_and_leaves_nothing(
    name: str, content: bytes, ada: Member, signed_in: Callable[[Member], Client]
) -> None:
    before = stored_files()
    answer = signed_in(ada).post("/bring-in/", {"archive": SimpleUploadedFile(name, content)})
    if answer.status_code == 302:  # found out only when it is read
        run = ImportRun.objects.get()
        actions.preview(run)
        assert run.state == "failed" and run.failure.endswith(".")
    else:
        assert answer.status_code == 422
        assert b'role="alert"' in answer.content
        assert not ImportRun.objects.exists()
    assert stored_files() == before


def test_an_upload_over_the_limit_is_refused_naming_it(ada: Member, settings: object) -> None:
    before = stored_files()
    settings.UPLOAD_MAX_BYTES = 1_000_000  # type: ignore[attr-defined]
    with pytest.raises(Refused, match="1 MB"):
        actions.receive(ada, "big.zip", (b"0" * 600_000 for _ in range(2)))
    assert stored_files() == before


def test_somebody_elses_archive_needs_a_word(
    ada: Member, small_zip: Path, signed_in: Callable[[Member], Client]
) -> None:
    run = received(ada, small_zip)
    actions.preview(run)
    browser = signed_in(ada)
    answer = browser.post(f"/bring-in/{run.public_id}/start/", {"bodies": "on"})
    assert answer.status_code == 422 and "Whose it is" in answer.content.decode()
    assert 'name="bodies" checked' in answer.content.decode()
    assert ImportRun.objects.get().state == "ready"
    assert browser.post(f"/bring-in/{run.public_id}/start/", {"mine": "on"}).status_code == 302
    assert ImportRun.objects.get().state == "importing"


def test_an_upload_by_script_is_told_where_to_go(
    ada: Member, small_zip: Path, signed_in: Callable[[Member], Client]
) -> None:
    upload = SimpleUploadedFile("archive.zip", small_zip.read_bytes())
    answer = signed_in(ada).post(
        "/bring-in/", {"archive": upload}, headers={"X-Requested-With": "XMLHttpRequest"}
    )
    assert answer.status_code == 201
    assert answer["Location"] == f"/bring-in/{ImportRun.objects.get().public_id}/"


def test_a_workbook_comes_in_and_goes_back(ada: Member) -> None:
    from kith.contacts.models import AnalyticsDay, AnalyticsPost

    book = Path(__file__).parent.parent / "data" / "analytics.xlsx"
    actions.import_now(ada, book)
    days = AnalyticsDay.objects.owned_by(ada)
    assert days.count() == 365
    assert sum(days.values_list("impressions", flat=True)) == 151_133
    once = AnalyticsPost.objects.owned_by(ada).count()
    actions.import_now(ada, book)
    assert (days.count(), AnalyticsPost.objects.owned_by(ada).count()) == (365, once)
    for run in ImportRun.objects.all():
        actions.take_back(run)
    assert not days.exists() and not AnalyticsPost.objects.exists()


def test_the_sample_asks_nobody_whose_it_is_and_proposes_no_strangers_headline(
    ada: Member, signed_in: Callable[[Member], Client]
) -> None:
    run = actions.receive_sample(ada)
    actions.preview(run)
    page = signed_in(ada).get(f"/bring-in/{run.public_id}/").content.decode()
    assert 'name="mine"' not in page
    assert 'name="headline" >' in page and 'name="place" >' in page


def test_a_lone_file_is_previewed_without_an_owner_and_without_zeros(
    ada: Member, signed_in: Callable[[Member], Client]
) -> None:
    rows = b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\nBo,Lind,,,Acme,CEO,11 Oct 2026\n"
    run = actions.receive(ada, "Connections.csv", iter([rows]))
    actions.preview(run)
    page = signed_in(ada).get(f"/bring-in/{run.public_id}/").content.decode()
    assert "it does not say whose it is" in page
    assert "invitations," not in page and 'name="bodies"' not in page


def test_without_scripts_a_moving_import_shows_itself_anew(
    ada: Member, small_zip: Path, signed_in: Callable[[Member], Client]
) -> None:
    run = received(ada, small_zip)
    page = signed_in(ada).get(f"/bring-in/{run.public_id}/").content.decode()
    assert '<noscript><meta http-equiv="refresh"' in page


def test_what_nobody_foresaw_ends_the_run_and_names_no_person_in_the_log(
    ada: Member, small_zip: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = stored_files()
    run = received(ada, small_zip)
    actions.preview(run)
    actions.start(run, {})
    with mock.patch("kith.archive.writing.deeds.write", side_effect=ValueError("Bea Quist wrote something")):
        actions.carry_out(ImportRun.objects.get())
    run = ImportRun.objects.get()
    assert (run.state, run.failure) == ("failed", "Something broke on our side.")
    assert not Contact.objects.exists() and stored_files() == before
    assert "ValueError" in caplog.text and "Bea" not in caplog.text


def test_an_upload_nobody_answers_for_a_week_is_deleted(ada: Member, small_zip: Path) -> None:
    before = stored_files()
    run = received(ada, small_zip)
    actions.preview(run)
    assert actions.forget_unanswered() == 0
    ImportRun.objects.update(previewed_at=timezone.now() - timedelta(days=8))
    assert actions.forget_unanswered() == 1
    assert ImportRun.objects.get().state == "cancelled" and stored_files() == before


def test_a_finished_import_is_taken_back_by_the_worker_and_asked_for_once(
    ada: Member, small_zip: Path, signed_in: Callable[[Member], Client]
) -> None:
    actions.import_now(ada, small_zip)
    run = ImportRun.objects.get()
    page, press = f"/bring-in/{run.public_id}/", f"/bring-in/{run.public_id}/take-back/"
    browser = signed_in(ada)
    assert browser.post(press).status_code == browser.post(press).status_code == 302
    assert queued(run) == ["archive.take_back"]
    assert "Going back" in browser.get(page).content.decode()
    assert Contact.objects.exists()
    actions.take_back(ImportRun.objects.get())
    assert "still here" in browser.get(page).content.decode()
    assert not Contact.objects.exists()
