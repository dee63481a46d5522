"""The file: one moment of one member, counted, hashed, and readable without Kith (b38, b54, G17)."""

import csv
import hashlib
import io
import json
import threading
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import vobject
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from kith.archive import erasure
from kith.archive.export import actions, readable
from kith.archive.export import zip as pack
from kith.archive.export.zip import write_zip
from kith.archive.models import Export
from kith.contacts import actions as contacts
from kith.contacts.models import Contact, Note
from kith.members.actions import join
from kith.members.models import Member

pytestmark = pytest.mark.django_db


def quiet(step: str, share: float) -> None:
    pass


def written(member: Member, folder: Path) -> zipfile.ZipFile:
    write_zip(member, folder / "out.zip", "Kith (kith.example.org)", quiet)
    return zipfile.ZipFile(folder / "out.zip")


def table(file: zipfile.ZipFile, name: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.read(name).decode("utf-8-sig"))))


def test_the_manifest_names_counts_and_hashes_every_file(ada: Member, tmp_path: Path) -> None:
    Contact.objects.create(owner=ada, name="Bea Quist")
    with written(ada, tmp_path) as file:
        manifest = json.loads(file.read("manifest.json"))
        names = set(file.namelist()) - {"manifest.json"}
        assert (manifest["format"], manifest["version"]) == ("kith-export", 1)
        assert (manifest["host"], manifest["of"]["name"]) == ("Kith (kith.example.org)", "Ada Lund")
        assert manifest["counts"]["mine/contacts.jsonl"] == 1
        assert manifest["sha256"] == {name: hashlib.sha256(file.read(name)).hexdigest() for name in names}


def test_nothing_of_others_is_in_it(ada: Member, bo: Member, tmp_path: Path) -> None:
    about = Contact.objects.create(owner=bo, name="Ada Lund", email=ada.email)
    contacts.write_note(about, "secret of Bo")
    with written(ada, tmp_path) as file:
        whole = b"".join(file.read(name) for name in file.namelist())
    assert b"secret of Bo" not in whole and b"bo@example.org" not in whole


def test_no_password_key_or_row_number_is_in_it(ada: Member, tmp_path: Path) -> None:
    ada.set_password("correct horse")
    ada.save()
    with written(ada, tmp_path) as file:
        lines = [
            json.loads(line)
            for name in file.namelist()
            if name.endswith(".jsonl")
            for line in file.open(name)
        ]
        whole = b"".join(file.read(name) for name in file.namelist())
    assert ada.password.encode() not in whole and ada.public_id.encode() not in whole
    assert not [line for line in lines if {"id", "pk", "owner", "member", "password", "data"} & set(line)]


def test_people_read_it_without_kith(ada: Member, tmp_path: Path) -> None:
    bea = Contact.objects.create(
        owner=ada, name="=HYPERLINK(1)", email="bea@example.org", company="Acme; & Sons", phones="+47 1, 2"
    )
    contacts.log_talk(bea, kind="call", held_on=date(2026, 1, 5), precision="month", notes="-5 °C\n@home")
    contacts.write_note(bea, "+likes trains")
    with written(ada, tmp_path) as file:
        assert table(file, "readable/contacts.csv")[1][0] == "'=HYPERLINK(1)"
        assert table(file, "readable/talks.csv")[1] == ["'=HYPERLINK(1)", "call", "2026-01", "'-5 °C\n@home"]
        assert table(file, "readable/notes.csv")[1][2] == "'+likes trains"
        card = next(iter(vobject.readComponents(file.read("readable/contacts.vcf").decode())))
        assert (card.fn.value, card.email.value, card.org.value) == (bea.name, bea.email, ["Acme; & Sons"])
        assert [tel.value for tel in card.tel_list] == ["+47 1", "2"]
        assert json.loads(file.read("readable/resume.json"))["basics"]["name"] == "Ada Lund"
        assert "an apostrophe" in file.read("README.txt").decode()


@given(st.text())
def test_a_guarded_cell_runs_nowhere_and_comes_back(cell: str) -> None:
    safe = readable.guarded(cell)
    assert not safe.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert readable.plain(safe) == cell


def test_a_long_table_goes_on_in_a_second_file(
    ada: Member, bo: Member, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kith.archive.actions import import_now

    Contact.objects.bulk_create(Contact(owner=ada, name=f"Person {n}") for n in range(50))
    monkeypatch.setattr(pack, "LARGEST", 2_000)
    with written(ada, tmp_path) as file:
        parts = [name for name in file.namelist() if name.startswith("mine/contacts")]
        counts = json.loads(file.read("manifest.json"))["counts"]
        assert len(parts) > 3 and sum(counts[name] for name in parts) == 50
    import_now(bo, tmp_path / "out.zip")
    assert list(Contact.objects.owned_by(bo).order_by("pk").values_list("name", flat=True)) == [
        f"Person {n}" for n in range(50)
    ]


def test_an_export_that_breaks_leaves_no_file(ada: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    export = actions.ask_for_export(ada)
    before = set(actions.folder().glob("*")) if actions.folder().exists() else set()
    monkeypatch.setattr(pack.Pack, "add_lines", full)
    actions.make(export)
    assert Export.objects.get().failed_at and set(actions.folder().glob("*")) == before


@pytest.mark.django_db(transaction=True)
def test_an_export_is_of_one_moment_whatever_is_written_meanwhile(tmp_path: Path) -> None:
    """The owner goes on writing in another browser while the file is made (fault 21)."""
    ada = join(email="ada@example.org", name="Ada Lund")
    bea = Contact.objects.create(owner=ada, name="Bea Quist")
    wrote = threading.Event()

    def write() -> None:
        for name in ("Late One", "Late Two"):
            contacts.write_note(Contact.objects.create(owner=ada, name=name), "late")
        contacts.write_note(bea, "late")
        connection.close()
        wrote.set()

    def at_contacts(step: str, share: float) -> None:
        if step == "mine/sightings.jsonl":  # contacts are read, notes are not
            thread = threading.Thread(target=write)
            thread.start()
            assert wrote.wait(20)
            thread.join()

    counts = write_zip(ada, tmp_path / "out.zip", "Kith", at_contacts)
    assert (counts["mine/contacts.jsonl"], counts["mine/notes.jsonl"]) == (1, 0)
    assert Note.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_after_an_erasure_no_new_row_of_theirs_comes_in() -> None:
    """Twenty browsers write while the worker erases (fault 21): whoever is late is refused, nothing stays."""
    join(email="hana@example.org", name="Hana Okafor", as_host=True)
    ada = join(email="ada@example.org", name="Ada Lund")
    start = threading.Barrier(21)
    late: list[str] = []

    def write(nth: int) -> None:
        start.wait()
        try:
            for _ in range(5):
                with transaction.atomic():
                    Contact.objects.create(owner_id=ada.pk, name=f"Person {nth}")
        except Exception as problem:  # noqa: BLE001 what a late one gets
            late.append(type(problem).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(nth,)) for nth in range(20)]
    for thread in threads:
        thread.start()
    start.wait()
    erasure.erase(ada)
    for thread in threads:
        thread.join()
    assert set(late) <= {"IntegrityError"}
    assert not Contact.objects.filter(owner_id=ada.pk).exists()
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")


@pytest.mark.django_db(transaction=True)
def test_of_twenty_wishes_at_once_one_becomes_a_file() -> None:
    from kith.core.refusal import Refused

    ada = join(email="ada@example.org", name="Ada Lund")
    start = threading.Barrier(20)
    won: list[int] = []

    def ask() -> None:
        start.wait()
        try:
            won.append(actions.ask_for_export(ada).pk)
        except Refused:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1 == Export.objects.count()
