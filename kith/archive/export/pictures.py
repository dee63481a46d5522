"""Photo and banner as the files they are here."""

from collections.abc import Iterator

from kith.members.models import Member
from kith.profiles.models import Profile
from kith.profiles.photos import BANNER_SIZES, PHOTO_SIZES, photo_path


def pictures_of(member: Member) -> Iterator[tuple[str, bytes]]:
    """Name in the export and bytes of each picture that is there."""
    banner = Profile.objects.filter(member=member).values_list("banner_key", flat=True).first()
    for key, sizes in ((member.photo_key, PHOTO_SIZES), (banner, BANNER_SIZES)):
        for size in sizes if key else ():
            path = photo_path(str(key), size)
            if path.exists():
                yield picture_name(size), path.read_bytes()


def picture_name(size: str) -> str:
    """Where a picture of this size lies in an export."""
    return f"mine/files/photo-{size}.webp" if size in PHOTO_SIZES else f"mine/files/{size}.webp"
