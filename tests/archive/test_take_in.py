"""Everything out, and in again: identical in an empty desk, added to a full one, nothing twice (d19)."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.archive.actions import import_now
from kith.archive.export.tables import MINE
from kith.archive.export.zip import write_zip
from kith.archive.models import KeptTie
from kith.archive.reading.model import Refused
from kith.contacts import actions as contacts
from kith.contacts.models import Contact, ImportRun, Note, Talk
from kith.members.actions import join
from kith.members.models import Block, JoinLink, Member
from kith.notifications.models import Notification
from kith.profiles import photos
from kith.profiles.models import Profile, Skill
from tests.archive.worlds import World

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]
SAMPLE = Path(__file__).parent.parent / "data" / "sample-archive.zip"


def exported(member: Member, folder: Path, name: str = "out.zip") -> Path:
    path = folder / name
    path.unlink(missing_ok=True)
    write_zip(Member.objects.get(pk=member.pk), path, "Kith", lambda step, share: None)
    return path


def mine(path: Path) -> dict[str, Any]:
    """Everything under mine/, parsed."""
    with zipfile.ZipFile(path) as archive:
        return {
            name: [json.loads(line) for line in archive.read(name).splitlines()]
            if name.endswith(".jsonl")
            else archive.read(name)
            for name in archive.namelist()
            if name.startswith("mine/")
        }


def outcome(member: Member) -> dict[str, dict[str, int]]:
    run = ImportRun.objects.filter(owner=member, kind="kith").order_by("-pk")[0]
    counts: dict[str, dict[str, int]] = (run.report or {})["counts"]
    return counts


def picture(size: tuple[int, int]) -> bytes:
    from io import BytesIO

    from PIL import Image

    kept = BytesIO()
    Image.effect_noise(size, 40).save(kept, "PNG")
    return kept.getvalue()


def test_the_sample_archive_comes_back_identical_elsewhere(ada: Member, bo: Member, tmp_path: Path) -> None:
    import_now(ada, SAMPLE, {"bodies": True, "phone_book": True, "birthdays": True, "headline": True})
    out = exported(ada, tmp_path)
    import_now(bo, out)
    assert mine(exported(bo, tmp_path, "again.zip")) == mine(out)
    assert Contact.objects.owned_by(bo).exclude(search_text="").count() > 1_000
    shown = (
        "name",
        "sort_name",
        "search_text",
        "sent_count",
        "received_count",
        "in_touch_on",
        "last_exchange_at",
    )
    both = [list(Contact.objects.owned_by(owner).order_by("pk").values_list(*shown)) for owner in (ada, bo)]
    assert both[0] == both[1]


@settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 10**9))
def test_any_small_world_comes_back_identical(tmp_path: Path, seed: int) -> None:
    try:
        with transaction.atomic():
            one, other = (join(email=f"{name}@example.org", name=name.title()) for name in ("one", "other"))
            World(one, seed).fill()
            out = exported(one, tmp_path)
            import_now(other, out)
            assert mine(exported(other, tmp_path, "again.zip")) == mine(out)
            import_now(other, out)
            assert mine(exported(other, tmp_path, "thrice.zip")) == mine(out), (
                "the same twice changes nothing"
            )
            raise _Enough
    except _Enough:
        pass


class _Enough(Exception):
    """Roll the world back."""


def test_pictures_come_back_bit_by_bit(ada: Member, bo: Member, tmp_path: Path) -> None:
    photos.set_photo(ada, picture((600, 700)))
    photos.set_banner(ada, picture((1600, 500)))
    out = exported(ada, tmp_path)
    import_now(bo, out)
    found = mine(exported(bo, tmp_path, "again.zip"))
    assert found == mine(out)
    assert {name for name in found if "files" in name} == {
        "mine/files/photo-large.webp",
        "mine/files/photo-small.webp",
        "mine/files/banner.webp",
    }


def test_into_a_full_desk_is_added_and_what_stands_stays(ada: Member, bo: Member, tmp_path: Path) -> None:
    bea = Contact.objects.create(owner=ada, name="Bea Quist", slug="bea", good_fit_for="trains")
    contacts.write_note(bea, "theirs")
    contacts.log_talk(bea, kind="call", held_on=bea_day())
    Contact.objects.create(owner=ada, name="Cal Ode")
    Profile.objects.create(
        member=ada, summary="A", pronunciation="ay-da", public_since="2026-01-01T00:00:00Z"
    )
    Skill.objects.create(member=ada, name="Planning", key="planning")
    here = Contact.objects.create(owner=bo, name="Beatrix Quist", slug="bea", typed_fields=["name"])
    contacts.write_note(here, "mine")
    Profile.objects.create(member=bo, summary="B")
    import_now(bo, exported(ada, tmp_path))
    here.refresh_from_db()
    assert (here.name, here.good_fit_for, here.talk_count) == ("Beatrix Quist", "trains", 1)
    assert set(Note.objects.filter(contact=here).values_list("text", flat=True)) == {"mine", "theirs"}
    assert set(Contact.objects.owned_by(bo).values_list("name", flat=True)) == {"Beatrix Quist", "Cal Ode"}
    profile = Profile.objects.get(member=bo)
    assert (profile.summary, profile.pronunciation, profile.public_since) == ("B", "ay-da", None)
    assert Skill.objects.filter(member=bo).exists()
    counts = outcome(bo)
    assert counts["mine/contacts.jsonl"] == {"added": 1, "left": 1}
    assert counts["mine/profile.jsonl"] == {"added": 1, "left": 1}


def bea_day() -> Any:
    from datetime import date

    return date(2026, 1, 5)


def test_the_same_file_twice_changes_nothing(ada: Member, bo: Member, tmp_path: Path) -> None:
    World(ada, 7, most=6).fill()
    Contact.objects.create(owner=bo, name="Somebody here")
    out = exported(ada, tmp_path)
    import_now(bo, out)
    once = mine(exported(bo, tmp_path, "once.zip"))
    import_now(bo, out)
    assert mine(exported(bo, tmp_path, "twice.zip")) == once
    assert all(count["added"] == 0 for path, count in outcome(bo).items() if path.startswith("mine/"))


def test_ties_come_along_to_read_and_tie_nobody(ada: Member, bo: Member, mal: Member, tmp_path: Path) -> None:
    from django.utils import timezone

    Block.objects.create(blocker=ada, blocked=mal)
    JoinLink.objects.create(made_by=ada, token_hash="x", until=timezone.now(), email="cy@example.org")
    Notification.objects.create(recipient=ada, actor=bo, kind="announcement", event="a")
    blocks, notices = Block.objects.count(), Notification.objects.count()
    out = exported(ada, tmp_path)
    import_now(bo, out)
    import_now(bo, out)
    told = Notification.objects.exclude(kind="import")  # that it is in is told to its owner
    assert (Block.objects.count(), told.count()) == (blocks, notices)
    kept = {tie.kind: tie.line for tie in KeptTie.objects.owned_by(bo)}
    assert kept["blocks"]["name"] == "Mal Grey" and kept["join_links"]["email"] == "cy@example.org"
    assert {"blocks", "join_links", "notices"} <= set(kept)
    assert KeptTie.objects.owned_by(bo).count() == len(kept)
    import_now(mal, exported(bo, tmp_path, "further.zip"))
    assert KeptTie.objects.owned_by(mal).filter(kind="blocks").count() == 1


def test_nobody_blocked_stands_in_the_notices_of_a_copy(ada: Member, mal: Member, tmp_path: Path) -> None:
    Notification.objects.create(recipient=ada, actor=mal, kind="x", event="a")
    Block.objects.create(blocker=mal, blocked=ada)
    with zipfile.ZipFile(exported(ada, tmp_path)) as archive:
        assert archive.read("ties/notices.jsonl") == b""
        assert "Mal" not in archive.read("ties/blocks.jsonl").decode()


def repacked(path: Path, change: Callable[[str, bytes], bytes | None], *, resign: bool = True) -> Path:
    """The same copy with something else in it; hashes made right again, as a forger would."""
    other = path.with_name("forged.zip")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(other, "w", zipfile.ZIP_DEFLATED) as new:
        manifest = json.loads(old.read("manifest.json"))
        for name in old.namelist():
            if name == "manifest.json" or (content := change(name, old.read(name))) is None:
                continue
            new.writestr(name, content)
            if resign:
                manifest["sha256"][name] = hashlib.sha256(content).hexdigest()
        changed = change("manifest.json", json.dumps(manifest).encode())
        if changed is not None:
            new.writestr("manifest.json", changed)
    return other


def only(name: str, old: str, new: str) -> Callable[[str, bytes], bytes]:
    return lambda path, content: content.replace(old.encode(), new.encode()) if path == name else content


CONTACTS = "mine/contacts.jsonl"
FORGED: dict[str, tuple[Callable[[str, bytes], bytes | None], str]] = {
    "a newer version": (only("manifest.json", '"version": 1', '"version": 2'), "this Kith reads version 1"),
    "another format": (only("manifest.json", "kith-export", "sith-export"), ""),
    "a missing file": (lambda name, content: None if name == CONTACTS else content, "is missing"),
    "a long name": (only(CONTACTS, "Bea Quist", "B" * 301), "longer than 300 characters"),
    "a number for a name": (only(CONTACTS, '"Bea Quist"', "7"), "it is no text"),
    "a NUL": (only(CONTACTS, "Bea Quist", "Bea\\u0000"), "no row of an export"),
    "half a sign": (only(CONTACTS, "Bea Quist", "Bea\\ud800"), "no row of an export"),
    "no JSON": (only(CONTACTS, "{", "("), "no row of an export"),
    "endless depth": (only(CONTACTS, '"Bea Quist"', "[" * 5_000), "no row of an export"),
    "a day that is none": (only("mine/talks.jsonl", "2026-01-05", "2026-02-30"), "it is no date"),
    "a kind that is none": (only("mine/talks.jsonl", '"call"', '"telepathy"'), "no such choice"),
    "a contact that is none": (
        only("mine/talks.jsonl", '"contact": 1', '"contact": 9'),
        "a line that is not there",
    ),
    "a contact by its truth": (
        only("mine/talks.jsonl", '"contact": 1', '"contact": true'),
        "no number of a line",
    ),
    "a column of tomorrow": (only(CONTACTS, '"name"', '"aura"'), "does not know it"),
    "a ring of merges": (only(CONTACTS, '"merged_into": null', '"merged_into": 1'), "it leads to nobody"),
    "an address that runs": (
        only("mine/links.jsonl", "https://a.example", "javascript:alert(1)"),
        "no address",
    ),
    "an audience that is none": (
        only("mine/profile.jsonl", '{"skills": "me"}', '{"skills": "all"}'),
        "audience",
    ),
    "a year of 9 digits": (only("mine/talks.jsonl", "2026-01-05", "999999999-01-05"), "it is no date"),
    "the same contact twice": (
        lambda name, content: content * 2 if name == CONTACTS else content,
        "contradicts itself",
    ),
}


@pytest.mark.parametrize("case", FORGED)
def test_a_forged_copy_is_refused_with_one_sentence_and_writes_nothing(
    case: str, ada: Member, bo: Member, tmp_path: Path
) -> None:
    from kith.profiles.models import Link

    bea = Contact.objects.create(owner=ada, name="Bea Quist", slug="bea")
    contacts.log_talk(bea, kind="call", held_on=bea_day())
    Link.objects.create(member=ada, url="https://a.example")
    Profile.objects.create(member=ada, audiences={"skills": "me"})
    change, sentence = FORGED[case]
    forged = repacked(exported(ada, tmp_path), change)
    with pytest.raises(Refused) as refusal:
        import_now(bo, forged)
    assert sentence in str(refusal.value) and "\n" not in str(refusal.value)
    owned = [table.model for table in MINE if table.owner == "owner"]
    assert not any(model._default_manager.filter(owner=bo).exists() for model in owned)
    assert not Talk.objects.owned_by(bo).exists() and not Link.objects.filter(member=bo).exists()


def test_a_copy_cut_off_anywhere_is_refused(ada: Member, bo: Member, tmp_path: Path) -> None:
    World(ada, 3).fill()
    whole = exported(ada, tmp_path).read_bytes()
    for share in (0.1, 0.5, 0.9, 0.999):
        cut = tmp_path / "cut.zip"
        cut.write_bytes(whole[: int(len(whole) * share)])
        with pytest.raises(Refused):
            import_now(bo, cut)
    assert not Contact.objects.owned_by(bo).exists()


def test_a_hidden_file_in_a_copy_is_refused(ada: Member, bo: Member, tmp_path: Path) -> None:
    out = exported(ada, tmp_path)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("mine/extra.jsonl", "{}")
    with pytest.raises(Refused, match="does not name"):
        import_now(bo, out)


def test_a_picture_with_something_behind_it_is_drawn_anew(ada: Member, bo: Member, tmp_path: Path) -> None:
    photos.set_photo(ada, picture((600, 700)))
    forged = repacked(
        exported(ada, tmp_path),
        lambda name, content: content + b"<script>" if name.endswith(".webp") else content,
    )
    import_now(bo, forged)
    bo.refresh_from_db()
    assert b"<script>" not in photos.photo_path(bo.photo_key, "large").read_bytes()
