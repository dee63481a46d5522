"""The pages of taking out and leaving: who gets the file, and what it takes to be erased."""

import time
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kith.archive import actions as imports
from kith.archive import erasure
from kith.archive.export import actions
from kith.archive.models import Export
from kith.contacts.models import Contact, ImportRun
from kith.members.models import Member

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]


@pytest.fixture
def sure(signed_in: SignIn) -> SignIn:
    """A browser whose member has just said who they are."""

    def sign_in(member: Member) -> Client:
        client = signed_in(member)
        session = client.session
        session["account_authentication_methods"] = [
            {"method": "password", "at": time.time(), "reauthenticated": True}
        ]
        session["account_authentication_methods_user"] = str(member.pk)
        session.save()
        return client

    return sign_in


def made(member: Member) -> Export:
    export = actions.ask_for_export(member)
    actions.make(export)
    return Export.objects.get(pk=export.pk)


def address(export: Export) -> str:
    return reverse("export_file", args=[export.public_id])


def test_a_copy_is_asked_for_watched_and_fetched(ada: Member, sure: SignIn) -> None:
    client = sure(ada)
    assert client.post("/leave/copy/").url == "/leave/"
    export = Export.objects.get()
    assert b"waiting its turn" in client.get("/leave/").content
    moving = client.get(reverse("export", args=[export.public_id]), headers={"HX-Request": "true"})
    assert b"<html" not in moving.content and b"hx-get" in moving.content
    actions.make(export)
    assert address(export).encode() in client.get("/leave/").content
    answer = client.get(address(export))
    assert "kith-export-" in answer["Content-Disposition"] and "no-store" in answer["Cache-Control"]
    assert "manifest.json" in ZipFile(BytesIO(b"".join(answer.streaming_content))).namelist()  # type: ignore[attr-defined]


def test_a_thief_of_a_session_is_asked_who_they_are(ada: Member, signed_in: SignIn) -> None:
    thief, export = signed_in(ada), made(ada)
    for answer in (thief.post("/leave/copy/"), thief.get(address(export)), thief.get("/leave/for-good/")):
        assert answer.status_code == 302 and answer.url.startswith("/again/")
    assert thief.post("/leave/for-good/", {"handle": ada.handle}).url.startswith("/again/")
    ada.refresh_from_db()
    assert ada.is_active and Export.objects.count() == 1


def test_a_leaked_link_opens_for_nobody_else(ada: Member, bo: Member, hana: Member, sure: SignIn) -> None:
    export = made(ada)
    assert Client().get(address(export)).url.startswith("/?next=")
    assert [sure(member).get(address(export)).status_code for member in (bo, hana, ada)] == [404, 404, 200]


def test_a_link_dies_after_seven_days_and_the_file_with_it(ada: Member, sure: SignIn) -> None:
    export = made(ada)
    path = actions.path_of(export)
    Export.objects.update(finished_at=timezone.now() - timedelta(days=7, seconds=1))
    assert sure(ada).get(address(export)).status_code == 404
    assert path.exists() and actions.sweep() >= 1 and not path.exists()
    assert b"Make my copy" in sure(ada).get("/leave/").content


def test_a_second_copy_on_one_day_is_refused_with_the_hour(ada: Member, sure: SignIn) -> None:
    client = sure(ada)
    client.post("/leave/copy/")
    answer = client.post("/leave/copy/")
    assert answer.status_code == 422 and b"One file a day" in answer.content
    Export.objects.update(asked_at=timezone.now() - timedelta(hours=25))
    assert client.post("/leave/copy/").status_code == 302
    assert Export.objects.count() == 2


def test_a_copy_that_failed_does_not_count(ada: Member, sure: SignIn) -> None:
    client = sure(ada)
    client.post("/leave/copy/")
    Export.objects.update(failed_at=timezone.now())
    assert b"could not be made" in client.get("/leave/").content
    assert client.post("/leave/copy/").status_code == 302


def test_leaving_takes_the_handle_and_signs_every_browser_out(
    ada: Member, hana: Member, sure: SignIn
) -> None:
    here, elsewhere = sure(ada), sure(ada)
    wrong = here.post("/leave/for-good/", {"handle": "somebody"})
    assert wrong.status_code == 422 and b'value="somebody"' in wrong.content
    assert elsewhere.get("/today/").status_code == 200
    gone = here.post("/leave/for-good/", {"handle": f" {ada.handle.upper()} "})
    assert gone.status_code == 200 and b"You have left" in gone.content
    assert elsewhere.get("/today/").url.startswith("/?next=")
    assert here.get("/today/").url.startswith("/?next=")
    assert not [session for session in Session.objects.all() if session.get_decoded().get("_auth_user_id")]
    erasure.erase(Member.objects.get(pk=ada.pk))
    assert not Member.objects.filter(pk=ada.pk).exists()


def test_the_last_host_hands_over_first(ada: Member, hana: Member, sure: SignIn) -> None:
    client = sure(hana)
    assert b"only host" in client.get("/leave/for-good/").content
    assert client.post("/leave/for-good/", {"handle": hana.handle}).status_code == 422
    assert Member.objects.get(pk=hana.pk).is_active
    Member.objects.filter(pk=ada.pk).update(host_since=timezone.now())
    assert client.post("/leave/for-good/", {"handle": hana.handle}).status_code == 200


def test_whoever_is_held_back_may_take_their_things_and_go(ada: Member, sure: SignIn) -> None:
    Member.objects.filter(pk=ada.pk).update(suspended_at=timezone.now())
    client = sure(ada)
    assert client.post("/leave/copy/").url == "/leave/"
    assert client.post("/leave/for-good/", {"handle": ada.handle}).status_code == 200


def test_a_copy_is_dropped_where_archives_are(ada: Member, bo: Member, sure: SignIn) -> None:
    Contact.objects.create(owner=ada, name="Bea Quist")
    copy = actions.path_of(made(ada)).read_bytes()
    client = sure(bo)
    client.post("/bring-in/", {"archive": SimpleUploadedFile("kith-export.zip", copy)})
    run = ImportRun.objects.get(owner=bo)
    page = reverse("import_run", args=[run.public_id])
    imports.preview(run)
    assert b"everything of Ada Lund" in client.get(page).content
    start = reverse("import_start", args=[run.public_id])
    assert client.post(start).status_code == 422
    assert client.post(start, {"mine": "on"}).url == page
    imports.carry_out(ImportRun.objects.get(pk=run.pk))
    assert b"It is in" in client.get(page).content and b"a copy from Kith" in client.get("/bring-in/").content
    assert Contact.objects.get(owner=bo).name == "Bea Quist"
    assert client.get("/leave/came-along/").status_code == 200


@pytest.mark.parametrize("name", ["README.txt", "mine/contacts.jsonl"])
def test_a_copy_that_was_changed_is_refused_with_a_sentence(
    name: str, ada: Member, bo: Member, sure: SignIn, tmp_path: Path
) -> None:
    Contact.objects.create(owner=ada, name="Bea Quist")
    whole = actions.path_of(made(ada))
    with ZipFile(whole) as old, ZipFile(tmp_path / "changed.zip", "w") as new:
        for entry in old.namelist():
            new.writestr(entry, old.read(entry).replace(b"Bea", b"Eve") + b" " * (entry == name))
    changed = SimpleUploadedFile("changed.zip", (tmp_path / "changed.zip").read_bytes())
    client = sure(bo)
    client.post("/bring-in/", {"archive": changed})
    run = ImportRun.objects.get(owner=bo)
    imports.preview(run)
    page = client.get(reverse("import_run", args=[run.public_id])).content.decode()
    assert "is not what it was when it was made" in page
    assert not Contact.objects.filter(owner=bo).exists()
