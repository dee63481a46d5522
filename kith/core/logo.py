"""The host's logo: taken as PNG, JPEG or WebP, drawn anew, so that nothing but its picture is kept."""

import hashlib
import io
from typing import IO

from django.utils.translation import gettext as _
from PIL import Image

from kith.core.branding import folder
from kith.core.refusal import Refused

MOST_BYTES, MOST_PIXELS, HEIGHT, WIDTH = 2_000_000, 16_000_000, 96, 480
FORMATS = ("PNG", "JPEG", "WEBP")


def keep_logo(file: IO[bytes]) -> str:
    """Draw the picture anew into the brand's folder and return its name, which holds its hash."""
    raw = file.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise Refused(_("Logo: at most 2 MB."), "logo")
    drawn = _drawn(raw)
    name = f"logo-{hashlib.sha256(drawn).hexdigest()[:16]}.png"
    folder().mkdir(parents=True, exist_ok=True)
    (folder() / name).write_bytes(drawn)
    return name


def _drawn(raw: bytes) -> bytes:
    try:
        with Image.open(io.BytesIO(raw), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused(_("Logo: at most 16 million pixels."), "logo")
            drawn = picture.convert("RGBA")
    except Refused:
        raise
    except Exception:  # noqa: BLE001  # A damaged picture fails in as many ways as there are formats.
        raise Refused(_("Logo: please choose a PNG, JPEG or WebP picture."), "logo") from None
    drawn.thumbnail((WIDTH, HEIGHT))
    out = io.BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return out.getvalue()
