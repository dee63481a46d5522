"""Colours a host may choose: read, compared with the paper they stand on, moved until words in them can be read."""

import math
from dataclasses import dataclass

READABLE = 4.5  # contrast of words with what is behind them (WCAG 2.2, 1.4.3)
RGB = tuple[float, float, float]


@dataclass(frozen=True)
class Paper:
    """The grounds an accent stands on in one scheme, #rrggbb, and how much of it tints the soft ground."""

    grounds: tuple[str, ...]
    ink: str
    soft: float
    step: float  # of lightness, towards what can be read


LIGHT = Paper(("#fcfaf6", "#ffffff", "#f5f2ec"), "#ffffff", 0.1, -0.004)
DARK = Paper(("#111419", "#181c22", "#0b0e14"), "#0b0e14", 0.16, 0.004)


def is_colour(text: str) -> bool:
    """Whether this is #rrggbb."""
    return len(text) == 7 and text[0] == "#" and all(sign in "0123456789abcdef" for sign in text[1:].lower())


def contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours, 1 to 21."""
    bright, dim = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def soft(accent: str, paper: Paper) -> str:
    """The accent as a tint of the paper, behind words."""
    ground, colour = _rgb(paper.grounds[0]), _rgb(accent)
    mixed = [back + (front - back) * paper.soft for back, front in zip(ground, colour, strict=True)]
    return _hex((mixed[0], mixed[1], mixed[2]))


def worst_contrast(accent: str, paper: Paper) -> float:
    """The least contrast of the accent with anything it stands on, its own tint and the words on it included."""
    return min(contrast(accent, ground) for ground in (*paper.grounds, soft(accent, paper), paper.ink))


def nearest_readable(accent: str, paper: Paper) -> str:
    """The same hue, darker on light paper or lighter on dark, by as little as is needed."""
    lightness, chroma, hue = _oklch(accent)
    while worst_contrast(accent, paper) < READABLE and -0.01 < lightness < 1.01:
        lightness += paper.step
        accent = _fitting(lightness, chroma, hue)
    return accent


def _fitting(lightness: float, chroma: float, hue: float) -> str:
    """As colourful as a screen can show at this lightness."""
    while chroma > 0.002:
        rgb = _of_oklch(lightness, chroma, hue)
        if all(-0.0005 <= part <= 1.0005 for part in rgb):
            return _hex(rgb)
        chroma -= 0.004
    return _hex(_of_oklch(min(max(lightness, 0.0), 1.0), 0.0, hue))


def _rgb(text: str) -> RGB:
    red, green, blue = (int(text[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def _hex(rgb: RGB) -> str:
    return "#" + "".join(f"{round(min(max(part, 0.0), 1.0) * 255):02x}" for part in rgb)


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _gamma(part: float) -> float:
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _luminance(text: str) -> float:
    red, green, blue = (_linear(part) for part in _rgb(text))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _oklch(text: str) -> RGB:
    red, green, blue = (_linear(part) for part in _rgb(text))
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    medium = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _of_oklch(lightness: float, chroma: float, hue: float) -> RGB:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    red, green, blue = (math.copysign(_gamma(abs(part)), part) for part in (red, green, blue))
    return red, green, blue
