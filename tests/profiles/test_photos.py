"""Pictures as people and attackers send them (b47)."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image

from kith.core.refusal import Refused
from kith.members.models import Block, Member
from kith.members.policy import Viewer
from kith.profiles.models import Profile
from kith.profiles.photos import (
    MOST_BYTES,
    Crop,
    photo_for,
    photo_path,
    remove_banner,
    remove_photo,
    set_banner,
    set_photo,
)

RED, BLUE = (200, 20, 20), (20, 20, 200)


@pytest.fixture(autouse=True)
def media(tmp_path: Path) -> Path:
    """A folder of its own for each test."""
    before, settings.MEDIA_ROOT = settings.MEDIA_ROOT, tmp_path
    yield tmp_path
    settings.MEDIA_ROOT = before


def picture(kind: str = "JPEG", size: tuple[int, int] = (640, 480), **how: object) -> bytes:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    kept = BytesIO()
    image.save(kept, kind, **how)
    return kept.getvalue()


def png_that_says(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header claims a size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


def shown(member: Member, size: str = "large") -> Image.Image:
    return Image.open(photo_path(member.photo_key, size))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_what_cameras_make_becomes_two_squares(kind: str, ada: Member) -> None:
    set_photo(ada, picture(kind))
    assert (shown(ada).format, shown(ada).size) == ("WEBP", (512, 512))
    assert shown(ada, "small").size == (96, 96)
    assert Member.objects.get(pk=ada.pk).photo_key == ada.photo_key


def test_where_and_with_what_it_was_taken_is_gone(ada: Member) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Secretcam"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (59.0, 54.0, 40.0)
    upload = picture(exif=exif.tobytes(), comment=b"at home")
    assert Image.open(BytesIO(upload)).getexif().get_ifd(0x8825)
    set_photo(ada, upload)
    for size in ("large", "small"):
        content = photo_path(ada.photo_key, size).read_bytes()
        assert not shown(ada, size).getexif()
        assert not {"exif", "icc_profile", "xmp", "comment"} & set(shown(ada, size).info)
        assert b"Secretcam" not in content
        assert b"at home" not in content


@pytest.mark.parametrize(("kind", "side"), [("JPEG", 512), ("PNG", 512), ("PNG", 4_200), ("WEBP", 512)])
def test_a_picture_taken_sideways_stands_upright(kind: str, side: int, ada: Member) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right: what was left is on top
    set_photo(ada, picture(kind, size=(side, side), exif=exif.tobytes()))
    top, bottom = shown(ada).getpixel((256, 20)), shown(ada).getpixel((256, 490))
    assert top[0] > top[2]
    assert bottom[2] > bottom[0]


def test_the_crop_is_what_is_kept_and_the_middle_without_one(ada: Member) -> None:
    set_photo(ada, picture(size=(800, 400)), Crop(left=0, top=0, width=0.5))
    left, right = shown(ada).getpixel((5, 5)), shown(ada).getpixel((505, 505))
    assert left[0] > left[2] and right[0] > right[2]
    set_photo(ada, picture(size=(800, 400)))
    left, right = shown(ada).getpixel((5, 5)), shown(ada).getpixel((505, 505))
    assert left[0] > left[2] and right[2] > right[0]


@pytest.mark.parametrize(
    "crop", [Crop(9, 9, 9), Crop(-9, -9, -9), Crop(0.99, 0.99, 0.5), Crop(0, 0, 0), Crop(0, 0, 1e-9)]
)
def test_a_crop_beyond_the_edge_is_pushed_back(crop: Crop, ada: Member) -> None:
    set_photo(ada, picture(), crop)
    set_banner(ada, picture(), crop)
    assert shown(ada).size == (512, 512)


def test_a_banner_is_four_times_as_wide_as_high(ada: Member) -> None:
    set_banner(ada, picture(size=(1000, 1000)))
    key = Profile.objects.get(member=ada).banner_key
    assert Image.open(photo_path(key, "banner")).size == (1500, 375)


def test_what_was_see_through_is_white(ada: Member) -> None:
    kept = BytesIO()
    Image.new("RGBA", (200, 200), (0, 0, 0, 0)).save(kept, "PNG")
    set_photo(ada, kept.getvalue())
    assert min(shown(ada).getpixel((100, 100))) > 250


@pytest.mark.parametrize(
    ("upload", "says"),
    [
        (b"", "no JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "no JPEG"),
        (b"<!doctype html><script>alert(1)</script>", "no JPEG"),
        (picture()[:400], "no JPEG"),
        (picture("GIF"), "no JPEG"),
        (picture("BMP"), "no JPEG"),
        (png_that_says(30_000, 30_000), "million pixels"),
        (png_that_says(6_000, 5_001), "30 million pixels"),
        (png_that_says(500, 500), "no JPEG"),
        (b"\0" * (MOST_BYTES + 1), "10 MB"),
        (picture(size=(95, 400)), "at least 96 pixels"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
    ],
    ids=[
        "nothing",
        "svg",
        "html",
        "cut",
        "gif",
        "bmp",
        "30k",
        "over 30MP",
        "hollow",
        "long",
        "narrow",
        "heic",
    ],
)
@pytest.mark.parametrize("put", [set_photo, set_banner])
def test_what_is_no_photo_is_refused_in_one_sentence(
    put: Callable, upload: bytes, says: str, ada: Member, media: Path
) -> None:
    with pytest.raises(Refused, match=says) as refused:
        put(ada, upload)
    assert refused.value.field == "file"
    assert not list(media.rglob("*.webp"))
    assert Member.objects.get(pk=ada.pk).photo_key == ""


def test_a_picture_that_is_also_something_else_is_only_a_picture_after(ada: Member) -> None:
    set_photo(ada, picture() + b"<script>alert(1)</script>PK\x03\x04%PDF-1.7")
    content = photo_path(ada.photo_key, "large").read_bytes()
    assert b"script" not in content
    assert b"%PDF" not in content


def test_a_new_photo_drops_the_old_files_once_it_is_sure(
    ada: Member, media: Path, django_capture_on_commit_callbacks: Callable
) -> None:
    set_photo(ada, picture())
    old = photo_path(ada.photo_key, "large")
    with django_capture_on_commit_callbacks(execute=True):
        set_photo(ada, picture())
        assert old.exists()
    assert not old.exists()
    assert len(list(media.rglob("*.webp"))) == 2


def test_a_photo_and_a_banner_taken_away_leave_no_file(
    ada: Member, media: Path, django_capture_on_commit_callbacks: Callable
) -> None:
    set_photo(ada, picture())
    set_banner(ada, picture())
    with django_capture_on_commit_callbacks(execute=True):
        remove_photo(ada)
        remove_banner(ada)
    assert not list(media.rglob("*.webp"))


def test_a_photo_is_for_members_who_are_not_blocked(ada: Member, bo: Member, mal: Member) -> None:
    set_photo(ada, picture())
    Block.objects.create(blocker=ada, blocked=mal)
    seen = [bool(photo_for(Viewer(viewer), ada.photo_key, "small")) for viewer in (ada, bo, mal, None)]
    assert seen == [True, True, False, False]
    assert photo_for(Viewer(bo), "", "small") is None
    assert photo_for(Viewer(bo), "../../secret", "small") is None
