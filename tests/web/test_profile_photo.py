"""Uploading a picture, and the pictures themselves."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from kith.members.models import Block, Member
from kith.profiles import actions
from kith.profiles.models import Profile
from kith.profiles.photos import MOST_BYTES, photo_path
from tests.profiles.test_photos import picture

pytestmark = pytest.mark.thorough

SignIn = Callable[[Member], Client]


@pytest.fixture(autouse=True)
def media(tmp_path: Path) -> Iterator[Path]:
    before, settings.MEDIA_ROOT = settings.MEDIA_ROOT, tmp_path
    yield tmp_path
    settings.MEDIA_ROOT = before


def send(client: Client, content: bytes, what: str = "photo", name: str = "me.jpg", **crop: str):
    file = SimpleUploadedFile(name, content, "image/jpeg")
    return client.post(f"/profile/{what}/", {"file": file, **crop})


@pytest.fixture
def address(ada: Member, signed_in: SignIn) -> str:
    """Ada's photo."""
    assert send(signed_in(ada), picture()).status_code == 302
    ada.refresh_from_db()
    return f"/photos/{ada.photo_key}/small.webp"


def test_the_picture_is_served_as_a_picture_and_nothing_else(
    address: str, bo: Member, signed_in: SignIn
) -> None:
    response = signed_in(bo).get(address)
    assert response["Content-Type"] == "image/webp"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == "inline"
    assert response["Cache-Control"].startswith("private, max-age=")
    assert Image.open(BytesIO(response.content)).size == (96, 96)
    assert signed_in(bo).get(address, headers={"If-None-Match": response["ETag"]}).status_code == 304


def test_who_may_not_see_it_gets_no_304_either(
    address: str, ada: Member, bo: Member, mal: Member, signed_in: SignIn
) -> None:
    etag = signed_in(bo).get(address)["ETag"]
    Block.objects.create(blocker=ada, blocked=mal)
    for client in (signed_in(mal), Client()):
        assert client.get(address).status_code == 404
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 404


def test_the_web_sees_a_photo_only_by_opt_in_and_audience(address: str, ada: Member) -> None:
    assert Client().get(address).status_code == 404
    actions.set_audience(ada, "photo", "web")
    assert Client().get(address).status_code == 404
    Profile.objects.update(public_since=timezone.now())
    assert Client().get(address).status_code == 200


@pytest.mark.parametrize("size", ["banner", "huge", "..", "large"])
def test_only_sizes_that_exist_are_served(size: str, address: str, bo: Member, signed_in: SignIn) -> None:
    answer = signed_in(bo).get(address.replace("small", size)).status_code
    assert answer == (200 if size == "large" else 404)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        (
            "evil.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
            "no JPEG, PNG",
        ),
        ("page.jpg", b"<!doctype html><script>alert(1)</script>", "no JPEG, PNG"),
        ("large.jpg", b"x" * (MOST_BYTES + 1), "larger than 10 MB"),
        ("small.png", picture("PNG", (20, 20)), "at least 96 pixels"),
        ("empty.jpg", b"", "Choose a picture first|no JPEG"),
    ],
)
@pytest.mark.parametrize("what", ["photo", "banner"])
def test_what_is_no_picture_is_refused_in_one_sentence(
    what: str, name: str, content: bytes, says: str, ada: Member, signed_in: SignIn, media: Path
) -> None:
    response = send(signed_in(ada), content, what, name)
    assert response.status_code == 422
    assert any(part in response.content.decode() for part in says.split("|"))
    assert not list(media.rglob("*.webp"))


def test_a_file_name_leads_nowhere(ada: Member, signed_in: SignIn, media: Path) -> None:
    assert send(signed_in(ada), picture(), name="../../../../etc/passwd.jpg").status_code == 302
    assert {path.parent.name for path in media.rglob("*.*")} == {"photos"}


@pytest.mark.parametrize(
    "crop",
    [
        {"left": "nan", "top": "inf", "width": "1"},
        {"left": "x"},
        {"left": "0", "top": "0", "width": "-3"},
        {"left": "", "top": "", "width": ""},
    ],
)
def test_a_crop_that_is_none_takes_the_middle(crop: dict, ada: Member, signed_in: SignIn) -> None:
    assert send(signed_in(ada), picture(), **crop).status_code == 302


def test_a_photo_is_taken_away(address: str, ada: Member, signed_in: SignIn) -> None:
    assert signed_in(ada).post("/profile/photo/remove/").status_code == 302
    assert signed_in(ada).get(address).status_code == 404


def test_a_banner_is_shown_on_the_page(ada: Member, bo: Member, signed_in: SignIn) -> None:
    send(signed_in(ada), picture(size=(1600, 900)), "banner", left="0", top="0.2", width="1")
    key = Profile.objects.get().banner_key
    assert photo_path(key, "banner").exists()
    assert f"/photos/{key}/banner.webp" in signed_in(bo).get("/people/ada-lund/").content.decode()
    assert signed_in(bo).get(f"/photos/{key}/banner.webp").status_code == 200


def test_pictures_are_drawn_thirty_times_an_hour_at_most(ada: Member, bo: Member, signed_in: SignIn) -> None:
    client = signed_in(ada)
    answers = [send(client, b"no picture").status_code for _number in range(31)]
    assert answers == [422] * 30 + [429]
    assert send(signed_in(bo), picture()).status_code == 302
