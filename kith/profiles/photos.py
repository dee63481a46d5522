"""Photo and banner: whatever was uploaded becomes a small WebP of ours, without a trace of the file it was."""

import warnings
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from PIL import Image, ImageCms, ImageOps

from kith.core.ids import public_id
from kith.core.refusal import Refused
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.profiles.models import Profile
from kith.profiles.shown import shows_photo

MOST_BYTES = 10_000_000
MOST_PIXELS = 60_000_000  # of a JPEG, which is decoded at about the size that is needed
MOST_PIXELS_WHOLE = 30_000_000  # of the others, which have to be decoded whole
LEAST_SIDE = 96
ENOUGH = 2048  # pixels of the shorter side
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
PHOTO_SIZES = {"large": (512, 512), "small": (96, 96)}
BANNER_SIZES = {"banner": (1500, 375)}
SIZES = (*PHOTO_SIZES, *BANNER_SIZES)
ONE_AT_A_TIME = Lock()  # a picture may take 300 MB for a second; no more than one of them in a process
HEIC = (b"heic", b"heix", b"hevc", b"hevx", b"mif1", b"msf1")


@dataclass(frozen=True)
class Crop:
    """What is kept of the picture as it is looked at: left edge, top edge and width, in parts of its width and height.

    The height follows from the shape that is needed; whatever reaches over the edge is pushed back.
    """

    left: float
    top: float
    width: float


def set_photo(member: Member, image_bytes: bytes, crop: Crop | None = None) -> None:
    """Give the member this photo, 512 and 96 square; without a crop the middle is taken."""

    def keep(key: str) -> str:
        old = Member.objects.select_for_update().values_list("photo_key", flat=True).get(pk=member.pk)
        member.photo_key = key
        member.save(update_fields=["photo_key"])
        return old

    _replace(_drawn(image_bytes, PHOTO_SIZES, crop, _("Photo")), keep)


def set_banner(member: Member, image_bytes: bytes, crop: Crop | None = None) -> None:
    """Give the member's page this banner, four times as wide as high."""

    def keep(key: str) -> str:
        Profile.objects.get_or_create(member=member)
        profile = Profile.objects.select_for_update().get(member=member)
        old, profile.banner_key, profile.changed_at = profile.banner_key, key, timezone.now()
        profile.save(update_fields=["banner_key", "changed_at"])
        return old

    _replace(_drawn(image_bytes, BANNER_SIZES, crop, _("Banner")), keep)


@transaction.atomic
def remove_photo(member: Member) -> None:
    """Back to initials; the files go with it."""
    key, member.photo_key = member.photo_key, ""
    member.save(update_fields=["photo_key"])
    _forget(key)


@transaction.atomic
def remove_banner(member: Member) -> None:
    """No banner; its file goes with it."""
    profile = Profile.objects.select_for_update().filter(member=member).first()
    if profile:
        key, profile.banner_key = profile.banner_key, ""
        profile.save(update_fields=["banner_key"])
        _forget(key)


def photo_for(viewer: Viewer, key: str, size: str) -> bytes | None:
    """The picture's bytes, if this viewer may see it: asked anew each time."""
    if size in PHOTO_SIZES:
        owner = Member.objects.filter(photo_key=key).select_related("profile").first()
    else:
        owner = Member.objects.filter(profile__banner_key=key).select_related("profile").first()
    if not key or owner is None or not shows_photo(owner, viewer):
        return None
    try:
        return photo_path(key, size).read_bytes()
    except FileNotFoundError:
        return None


def photo_path(key: str, size: str) -> Path:
    """Where a picture lies; `size` is one of SIZES."""
    return Path(settings.MEDIA_ROOT) / "photos" / f"{key}-{size}.webp"


def _drawn(
    image_bytes: bytes, sizes: dict[str, tuple[int, int]], crop: Crop | None, label: str
) -> dict[str, bytes]:
    """The picture in each size, as WebP: size name to bytes."""
    try:
        with ONE_AT_A_TIME, warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the cap below is ours
            return _draw(image_bytes, sizes, crop, label)
    except Refused:
        raise
    except Image.DecompressionBombError:
        raise _too_large(label, MOST_PIXELS) from None
    except Exception:  # noqa: BLE001 decoders of damaged files raise whatever they like
        raise Refused(_not_read(label), "file") from None


def _draw(
    image_bytes: bytes, sizes: dict[str, tuple[int, int]], crop: Crop | None, label: str
) -> dict[str, bytes]:
    if len(image_bytes) > MOST_BYTES:
        raise Refused(_("%(label)s: at most 10 MB.") % {"label": label}, "file")
    if image_bytes[4:8] == b"ftyp" and image_bytes[8:12] in HEIC:
        raise Refused(_heic(label), "file")
    image: Image.Image = Image.open(BytesIO(image_bytes), formats=FORMATS)
    most = MOST_PIXELS if image.format == "JPEG" else MOST_PIXELS_WHOLE
    if image.width * image.height > most:  # the header says so; nothing is decoded yet
        raise _too_large(label, most)
    if min(image.size) < LEAST_SIDE:
        raise Refused(
            _("%(label)s: at least %(least)s pixels each way; this has %(width)s × %(height)s.")
            % {"label": label, "least": LEAST_SIDE, "width": image.width, "height": image.height},
            "file",
        )
    image.draft("RGB", (ENOUGH, ENOUGH))
    if image.mode not in ("P", "1") and min(image.size) > 2 * ENOUGH:
        image = image.reduce(min(image.size) // ENOUGH)
    image = _flat(ImageOps.exif_transpose(image))
    widest = max(sizes.values())
    box = _box(image.size, widest[0] / widest[1], crop)
    return {name: _webp(image.resize(size, Image.Resampling.LANCZOS, box)) for name, size in sizes.items()}


def _box(size: tuple[int, int], shape: float, crop: Crop | None) -> tuple[float, float, float, float]:
    """Left, top, right, bottom in pixels, always inside and never smaller than 8 pixels."""
    across, down = size
    widest = min(across, down * shape)
    wide = min(max((crop.width if crop else 1) * across, 8 * shape), widest)
    high = wide / shape
    left = crop.left * across if crop else (across - wide) / 2
    top = crop.top * down if crop else (down - high) / 2
    left, top = min(max(left, 0), across - wide), min(max(top, 0), down - high)
    return left, top, left + wide, top + high


def _flat(image: Image.Image) -> Image.Image:
    """RGB in the web's own colours, on white where it was see-through."""
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK"):
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            image = (
                ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
                or image
            )
        except ImageCms.PyCMSError:
            pass  # a damaged colour profile: the colours as they are
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        clear = image.convert("RGBA")
        image = Image.new("RGB", clear.size, "white")
        image.paste(clear, mask=clear.getchannel("A"))
    return image.convert("RGB")


def _webp(image: Image.Image) -> bytes:
    bare = Image.new("RGB", image.size)  # a fresh one knows nothing of where it was taken
    bare.paste(image)
    kept = BytesIO()
    bare.save(kept, "WEBP", quality=82, method=4)
    return kept.getvalue()


def _replace(files: dict[str, bytes], keep: Callable[[str], str]) -> None:
    """Write the new files, let `keep` name them in the row, and drop those it named before once that is sure."""
    key = public_id()
    try:
        for size, content in files.items():
            path = photo_path(key, size)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        with transaction.atomic():
            _forget(keep(key))
    except BaseException:
        _unlink(key)
        raise


def _forget(key: str) -> None:
    if key:
        transaction.on_commit(lambda: _unlink(key))


def _unlink(key: str) -> None:
    for size in SIZES:
        photo_path(key, size).unlink(missing_ok=True)


def _too_large(label: str, most: int) -> Refused:
    return Refused(
        _("%(label)s: at most %(most)s million pixels.") % {"label": label, "most": most // 1_000_000}, "file"
    )


def _not_read(label: str) -> str:
    return _("%(label)s: this file is no JPEG, PNG, WebP or AVIF that can be read.") % {"label": label}


def _heic(label: str) -> str:
    return _(
        "%(label)s: HEIC cannot be read here. Save it as JPEG first; on an iPhone: share it, Options, Most Compatible."
    ) % {"label": label}
