"""Leaving for good: no word of theirs is left anywhere, and nobody else's things move (b36, b37, d22, G16)."""

import os
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import connection, models
from django.utils import timezone

from kith.archive import erasure, uploads
from kith.archive.actions import import_now, receive
from kith.archive.export import actions as exports
from kith.archive.export.tables import MINE
from kith.archive.export.ties import TIES, Tie
from kith.archive.models import Export
from kith.archive.tasks import erase_member, sweep
from kith.contacts import actions as contacts
from kith.contacts.models import Contact
from kith.core.mail import send_letter
from kith.core.refusal import Refused
from kith.members.models import AuditEntry, Block, HostField, Member, MemberField, Organisation, RosterEntry
from kith.members.organisations import find_or_make
from kith.network.actions.connections import connect, disconnect
from kith.network.adjacency import appear_in_paths, differences
from kith.network.models import Invitation
from kith.notifications.models import Notification
from kith.ops import erased
from kith.profiles.photos import SIZES, photo_path
from tests.archive.worlds import World

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
WORD = "kanari7x"
SAMPLE = uploads.SAMPLE


def tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select table_name from information_schema.tables"
            " where table_schema = 'public' and table_type = 'BASE TABLE' order by 1"
        )
        return [name for (name,) in cursor.fetchall()]


def everything() -> dict[str, Counter[str]]:
    """Every row of every table as text."""
    found = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f'select t::text from "{table}" t')
            found[table] = Counter(row for (row,) in cursor.fetchall())
    return found


def hits(word: str) -> list[str]:
    """Wherever a word still stands: every column of every table, sessions unpacked, names and bytes of files."""
    found = [
        f"{table}: {row[:200]}"
        for table, rows in everything().items()
        for row in rows
        if word.lower() in row.lower()
    ]
    found += [f"session {s.pk}" for s in Session.objects.all() if word in str(s.get_decoded())]
    for path in Path(settings.MEDIA_ROOT).rglob("*"):
        if word in path.name or (path.is_file() and word.encode() in path.read_bytes()):
            found.append(str(path))
    lists = Path(settings.DATA_DIR) / erased.FILE
    return [*found, *([str(lists)] if lists.exists() and word in lists.read_text() else [])]


def tie(of: Tie, member: Member, other: Member, nth: int) -> None:
    """A row of a table of ties with the word in every text."""
    row: Any = of.model()
    for column in of.model._meta.concrete_fields:
        if column.primary_key:
            continue
        if column.name == of.owner:
            setattr(row, column.name, member)
        elif column.related_model is Member and not column.null:
            setattr(row, column.name, other)
        elif column.related_model is HostField:
            setattr(row, column.name, HostField.objects.get_or_create(key="year", label="Year")[0])
        elif column.related_model is Invitation:
            setattr(row, column.name, Invitation.objects.filter(sender=member)[0])
        elif isinstance(column, models.IntegerField | models.BooleanField) and not column.has_default():
            setattr(row, column.name, 1)
        elif isinstance(column, models.DateTimeField) and not column.null:
            setattr(row, column.name, timezone.now())
        elif isinstance(column, models.GenericIPAddressField):
            setattr(row, column.name, "192.0.2.7")
        elif isinstance(column, models.JSONField):
            setattr(row, column.name, {"said": WORD})
        elif isinstance(column, models.CharField | models.TextField) and not column.choices:
            setattr(row, column.name, f"{nth}{WORD}"[: column.max_length])
    if isinstance(row, AuditEntry):
        row.verb, row.detail = "member_joined", {}  # the log holds numbers and keys alone
    row.save()


@pytest.fixture
def known(ada: Member) -> Member:
    """Ada with the word in everything she has."""
    Member.objects.filter(pk=ada.pk).update(
        email=f"{WORD}@example.org", name=f"Ada {WORD}", handle=WORD, sort_name=WORD
    )
    ada.refresh_from_db()
    return ada


def fill(member: Member, other: Member) -> None:
    World(member, word=WORD).fill()
    for nth, of in enumerate(TIES):
        if of.model is not RosterEntry and "import" not in of.name and of.name != "exports_brought_in":
            tie(of, member, other, nth)
    RosterEntry.objects.create(
        email=member.email, email_hash="h", name=WORD, fields={"year": WORD}, claimed_by=member
    )
    send_letter(member.email, WORD, WORD)
    send_letter("bo@example.org", "Somebody asks", f"{member.email} asks to be let in")
    session = SessionStore()
    session["_auth_user_id"], session["typed"] = str(member.pk), WORD
    session.create()
    member.photo_key, member.profile.banner_key = WORD, f"b{WORD}"
    member.save()
    member.profile.save()
    for key in (WORD, f"b{WORD}"):
        for size in SIZES:
            photo_path(key, size).parent.mkdir(parents=True, exist_ok=True)
            photo_path(key, size).write_bytes(WORD.encode())
    exports.make(exports.ask_for_export(member))
    run = receive(member, f"{WORD}.zip", iter([SAMPLE.read_bytes()]))
    uploads.path_of(run).write_bytes(WORD.encode())


def test_no_word_of_theirs_is_left_and_nobody_else_has_moved(known: Member, bo: Member, hana: Member) -> None:
    contacts.write_note(Contact.objects.create(owner=bo, name="Bea Quist"), "a note")
    find_or_make("Everybody’s Works")
    connect(bo, hana)  # from here on both have a place for connections
    disconnect(bo, hana)
    appear_in_paths(bo.pk, shown=True)
    before = everything()
    fill(known, bo)
    connect(known, hana)
    assert len(hits(WORD)) > 40
    address, public_id = known.email, known.public_id
    began = time.monotonic()
    erasure.begin(known)
    erase_member(member_id=known.pk)
    assert time.monotonic() - began < 60
    assert differences() == []
    assert hits(WORD) == [] and hits(address) == [] and hits(public_id) == []
    after = everything()
    moved = {
        table: [*(after[table] - before[table]), *(before[table] - after[table])]
        for table in before
        if after[table] != before[table]
    }
    roster = moved.pop("members_rosterentry")
    assert len(roster) == 1 and RosterEntry.objects.get().email == ""  # the keyed hash alone stays
    assert all(row.endswith(",,)") for row in moved.pop("members_auditentry"))  # neither actor nor subject
    gone_with_her = {"members_member", "account_emailaddress"}
    beside = {"procrastinate_jobs", "procrastinate_events", "members_hostfield", "core_budget"}
    assert {table for table in moved if table not in gone_with_her | beside} == set()


def test_every_table_of_theirs_was_in_that_world(known: Member, bo: Member) -> None:
    fill(known, bo)
    empty = [
        owned.name
        for owned in (*MINE, *TIES)
        if not owned.model._default_manager.filter(**{owned.owner: known.pk}).exists()
    ]
    erasure.erase(known)  # files are not rolled back
    assert empty == []


def test_notices_about_them_go_and_the_log_forgets_who(known: Member, bo: Member, hana: Member) -> None:
    Notification.objects.create(recipient=bo, actor=known, kind="x", event="1")
    Notification.objects.create(
        recipient=bo, kind="x", event="2", subject_type="members.Member", subject_id=known.pk
    )
    kept = Notification.objects.create(recipient=bo, actor=hana, kind="x", event="3")
    entry = AuditEntry.objects.create(actor=hana, verb="member_let_in", subject=known)
    Block.objects.create(blocker=bo, blocked=known)
    erasure.erase(known)
    assert list(Notification.objects.filter(recipient=bo)) == [kept]
    entry.refresh_from_db()
    assert entry.subject is None and entry.actor == hana
    assert not Block.objects.exists()


def test_what_others_noted_about_them_is_theirs(known: Member, bo: Member) -> None:
    about = Contact.objects.create(owner=bo, name=known.name, email=known.email)
    contacts.write_note(about, f"{known.name} likes trains")
    erasure.erase(known)
    assert Contact.objects.get(pk=about.pk).name == f"Ada {WORD}"


def test_an_organisation_others_name_stays(known: Member, bo: Member) -> None:
    from kith.profiles.models import Position

    shared, own = find_or_make("Shared Works"), find_or_make("Own Works")
    for member, organisation in ((known, shared), (bo, shared), (known, own)):
        Position.objects.create(member=member, organisation=organisation, title="x")
    erasure.erase(known)
    assert list(Organisation.objects.values_list("name", flat=True)) == ["Shared Works"]


def test_the_host_fields_of_others_stay(known: Member, bo: Member) -> None:
    field = HostField.objects.create(key="year", label="Year")
    for member in (known, bo):
        MemberField.objects.create(member=member, field=field, value="2001")
    erasure.erase(known)
    assert MemberField.objects.get().member == bo


def test_the_last_host_cannot_leave_and_two_cannot_leave_at_once(hana: Member, bo: Member) -> None:
    with pytest.raises(Refused, match="only host"):
        erasure.begin(hana)
    Member.objects.filter(pk=bo.pk).update(host_since=timezone.now())
    erasure.begin(hana)
    with pytest.raises(Refused, match="only host"):
        erasure.begin(Member.objects.get(pk=bo.pk))


def test_erasing_twice_is_erasing_once(known: Member) -> None:
    erasure.erase(known)
    erasure.erase(known)
    erase_member(member_id=known.pk)
    assert AuditEntry.objects.filter(verb="member_erased").count() == 1


def test_an_older_backup_brings_nobody_back(known: Member, bo: Member) -> None:
    """The database is as before the erasure, the list is not."""
    erasure.remember(known)
    assert erasure.replay() == 1
    assert list(Member.objects.all()) == [bo] and erasure.replay() == 0


def test_the_list_names_nobody_and_survives_a_torn_line(known: Member, tmp_path: Path) -> None:
    erased.add(tmp_path, erasure.mark_of(known.public_id))
    text = (tmp_path / erased.FILE).read_text()
    assert known.public_id not in text and WORD not in text
    with (tmp_path / erased.FILE).open("a") as file:
        file.write('{"mark": "torn')
    erased.add(tmp_path, "second")
    erased.add(tmp_path, "second")
    assert erased.marks(tmp_path) == {erasure.mark_of(known.public_id), "second"}


def test_an_export_whose_owner_left_meanwhile_leaves_no_file(known: Member) -> None:
    export = exports.ask_for_export(known)
    stale = Export.objects.select_related("owner").get(pk=export.pk)
    erasure.erase(known)
    before = set(exports.folder().glob("*")) if exports.folder().exists() else set()
    exports.make(stale)
    assert set(exports.folder().glob("*")) == before


def test_a_whole_desk_is_gone_within_seconds(known: Member) -> None:
    import_now(known, SAMPLE, {"bodies": True, "phone_book": True, "birthdays": True})
    began = time.monotonic()
    erasure.erase(known)
    assert time.monotonic() - began < 20
    assert not Contact.objects.exists()


def test_files_a_crash_left_go_at_night(known: Member) -> None:
    yesterday = time.time() - 25 * 3600
    Member.objects.filter(pk=known.pk).update(photo_key="kept0000")
    left = [
        exports.folder() / "left.zip",
        Path(settings.UPLOADS_DIR) / "left.upload",
        photo_path("left0000", "small"),
    ]
    kept = [photo_path("kept0000", "small"), exports.folder() / "today.zip"]
    for path in (*left, *kept):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
        if path.name != "today.zip":
            os.utime(path, (yesterday, yesterday))
    sweep(timestamp=0)
    assert not any(path.exists() for path in left) and all(path.exists() for path in kept)
    for path in kept:
        path.unlink()
