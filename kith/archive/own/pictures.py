"""Photo and banner of an export: taken as they are when they are plain pictures of ours, else drawn anew."""

from io import BytesIO

from PIL import Image

from kith.archive.export.pictures import picture_name
from kith.archive.reading.kith_export import KithExport
from kith.archive.reading.model import Refused
from kith.core.ids import public_id
from kith.core.refusal import Refused as NoPicture
from kith.members.models import Member
from kith.profiles import photos
from kith.profiles.models import Profile

MOST_BYTES = 2_000_000
HEAD = 20  # of a WebP with nothing but its picture: RIFF, size, WEBP, VP8, size


def take_in(owner: Member, export: KithExport) -> None:
    """Only where there is none yet."""
    if not owner.photo_key:
        _take(owner, export, photos.PHOTO_SIZES)
    if not Profile.objects.filter(member=owner).exclude(banner_key="").exists():
        _take(owner, export, photos.BANNER_SIZES)


def _take(owner: Member, export: KithExport, sizes: dict[str, tuple[int, int]]) -> None:
    read = {size: export.read(picture_name(size), MOST_BYTES) for size in sizes}
    found = {size: content for size, content in read.items() if content}
    if not found:
        return
    if len(found) == len(sizes) and all(_is_plain(content, sizes[size]) for size, content in found.items()):
        _put(owner, found)
        return
    draw = photos.set_photo if sizes is photos.PHOTO_SIZES else photos.set_banner
    try:
        draw(owner, next(iter(found.values())))
    except NoPicture as refusal:
        raise Refused(str(refusal)) from None


def _put(owner: Member, files: dict[str, bytes]) -> None:
    key = public_id()
    for size, content in files.items():
        path = photos.photo_path(key, size)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    if set(files) == set(photos.PHOTO_SIZES):
        owner.photo_key = key
        owner.save(update_fields=["photo_key"])
    else:
        Profile.objects.update_or_create(member=owner, defaults={"banner_key": key})


def _is_plain(content: bytes, size: tuple[int, int]) -> bool:
    """A WebP of that size with one picture in it and nothing else: no place, no time, nothing behind its end."""
    if content[:4] != b"RIFF" or content[8:16] != b"WEBPVP8 ":
        return False
    whole = int.from_bytes(content[4:8], "little") + 8
    picture = int.from_bytes(content[16:20], "little")
    if whole != len(content) or HEAD + picture + picture % 2 != whole:
        return False
    try:
        with Image.open(BytesIO(content), formats=["WEBP"]) as image:
            image.load()
            return image.size == size
    except Exception:  # noqa: BLE001 decoders of damaged files raise whatever they like
        return False
