"""Faces for people who never were: drawn from a few shapes, always the same for the same seed."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFilter

SIDE = 640
KEPT = (58, 46, 582, 570)  # what of it is kept: nearer to the face
Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]

SKINS = ("#f6d7c3", "#efc3a4", "#e3ad86", "#d1956b", "#b87a52", "#9c6240", "#7d4b30", "#5f3826")
HAIRS = ("#1d1a1b", "#2c211d", "#4a3124", "#6d4429", "#9a6a3c", "#cfa35f", "#b4532a", "#8d8a87", "#d9d5cf")
GREYS = HAIRS[-2:]
CLOTHES = (
    "#2f5d50",
    "#27496d",
    "#7a2e3a",
    "#b5652b",
    "#5a4a78",
    "#3d3f45",
    "#c9a13b",
    "#8aa399",
    "#d8cfc0",
    "#a8546e",
)
GROUNDS = (
    ("#dfe9df", "#c5d8c8"), ("#e8e1d3", "#d9cbb0"), ("#dbe5ec", "#bfd2df"), ("#efdcd4", "#e2c0b2"),
    ("#e6dfee", "#cfc3df"), ("#f1e6c8", "#e3d09a"), ("#d7e6e4", "#b3d0cc"), ("#ecd9de", "#dcb9c3"),
)  # fmt: skip
CUTS = ("short", "parted", "curls", "long", "bob", "bun", "tail", "waves", "crop", "bald")
WOMEN = ("long", "bob", "bun", "tail", "waves", "curls", "parted")
MEN = ("short", "parted", "curls", "crop", "bald", "short")

CURLS: list[tuple[float, float]] = [
    (30, 34), (70, 34), (28, 44), (72, 44), (34, 25), (66, 25), (43, 19.5), (57, 19.5), (30, 53), (70, 53)
]  # fmt: skip
WAVES: list[tuple[float, float]] = [
    (29, 50), (71, 50), (27, 62), (73, 62), (30, 74), (70, 74), (36, 80), (64, 80)
]  # fmt: skip


@dataclass(frozen=True)
class Look:
    """What is known of a face before it is drawn: `f`, `m` or neither, and what is worn on the head, which colours occur."""

    presents: str = ""
    wears: str = ""
    skins: tuple[int, int] = (0, 7)
    old: bool = False
    fair: bool = False


PLAIN = Look()


class Pen:
    """Draws in hundredths of the picture's side."""

    def __init__(self, side: int = SIDE) -> None:
        self.image = Image.new("RGB", (side, side))
        self._draw = ImageDraw.Draw(self.image)
        self._unit = side / 100

    def oval(self, x: float, y: float, across: float, down: float, colour: str) -> None:
        self._draw.ellipse(self._box(x - across, y - down, x + across, y + down), fill=colour)

    def block(
        self, left: float, top: float, right: float, bottom: float, colour: str, round_: float = 0
    ) -> None:
        self._draw.rounded_rectangle(self._box(left, top, right, bottom), round_ * self._unit, fill=colour)

    def shape(self, points: list[tuple[float, float]], colour: str) -> None:
        self._draw.polygon([(x * self._unit, y * self._unit) for x, y in points], fill=colour)

    def cap(self, box: Box, start: float, end: float, colour: str) -> None:
        self._draw.chord(self._box(*box), start, end, fill=colour)

    def curve(self, box: Box, start: float, end: float, colour: str, wide: float) -> None:
        self._draw.arc(self._box(*box), start, end, fill=colour, width=round(wide * self._unit))

    def line(self, points: list[tuple[float, float]], colour: str, wide: float) -> None:
        scaled = [(x * self._unit, y * self._unit) for x, y in points]
        self._draw.line(scaled, fill=colour, width=round(wide * self._unit), joint="curve")

    def _box(self, left: float, top: float, right: float, bottom: float) -> Box:
        return left * self._unit, top * self._unit, right * self._unit, bottom * self._unit


def draw_face(seed: str, look: Look = PLAIN) -> bytes:
    """A portrait as PNG, 524 square; its edges are soft, which also makes small files."""
    chance = Random(seed)  # noqa: S311 the same face each time
    pen = Pen()
    skin = SKINS[chance.randint(*look.skins)]
    dark = SKINS.index(skin) > 3
    hair = chance.choice(GREYS if look.old else HAIRS[:7] if look.fair and not dark else HAIRS[:3])
    cloth = chance.choice(CLOTHES)
    cut = chance.choice({"f": WOMEN, "m": MEN}.get(look.presents, CUTS))
    _ground(pen, chance)
    if look.wears not in ("scarf", "turban"):
        _behind(pen, cut, hair)
    elif look.wears == "scarf":
        pen.oval(50, 47, 25, 29, veil := chance.choice(CLOTHES))
    _body(pen, chance, skin, cloth)
    _head(pen, chance, skin, with_ears=look.wears != "scarf")
    if look.presents == "m" and chance.random() < (0.75 if look.wears == "turban" else 0.35):
        _beard(pen, chance, skin, hair)
    _features(pen, chance, skin, hair)
    if look.wears == "scarf":
        _scarf(pen, veil)
    elif look.wears == "turban":
        _turban(pen, chance.choice(CLOTHES))
    else:
        _front(pen, cut, hair, chance)
    if chance.random() < 0.27:
        _glasses(pen, chance)
    kept = BytesIO()
    pen.image.filter(ImageFilter.GaussianBlur(1)).crop(KEPT).save(kept, "PNG", compress_level=1)
    return kept.getvalue()


def _ground(pen: Pen, chance: Random) -> None:
    plain, deeper = chance.choice(GROUNDS)
    pen.block(0, 0, 100, 100, plain)
    shape = chance.randrange(3)
    if shape == 0:
        pen.oval(chance.randint(20, 80), chance.randint(25, 55), 34, 34, deeper)
    elif shape == 1:
        pen.shape([(0, 62), (100, chance.randint(38, 58)), (100, 100), (0, 100)], deeper)
    else:
        pen.block(0, 0, chance.randint(25, 45), 100, deeper)


def _behind(pen: Pen, cut: str, hair: str) -> None:
    """Hair that falls behind the shoulders and the neck."""
    if cut == "long":
        pen.block(27, 30, 73, 88, hair, 20)
    elif cut == "waves":
        for x, y in WAVES:
            pen.oval(x, y, 9, 10, hair)
        pen.block(30, 30, 70, 80, hair, 16)
    elif cut == "bob":
        pen.block(27.5, 26, 72.5, 66, hair, 18)
    elif cut == "tail":
        pen.oval(73, 52, 7, 17, hair)
    elif cut == "bun":
        pen.oval(50, 16.5, 9.5, 9, hair)
    elif cut == "curls":
        for x, y in CURLS:
            pen.oval(x, y, 9, 9, hair)


def _body(pen: Pen, chance: Random, skin: str, cloth: str) -> None:
    shade = _mixed(skin, "#000000", 0.12)
    pen.block(12, 82, 88, 130, cloth, 24)
    pen.block(41.5, 58, 58.5, 86, skin, 6)
    pen.cap((40, 52, 60, 76), 15, 165, shade)
    kind = chance.randrange(4)
    if kind == 0:
        pen.oval(50, 83, 12.5, 7, cloth)
        pen.oval(50, 80.5, 9.5, 6.5, skin)
    elif kind == 1:
        pen.shape([(39, 82), (61, 82), (50, 99)], skin)
        lapel = _mixed(cloth, "#ffffff", 0.16)
        pen.shape([(39.5, 80), (33, 84), (46, 100), (50, 99)], lapel)
        pen.shape([(60.5, 80), (67, 84), (54, 100), (50, 99)], lapel)
    elif kind == 2:
        pen.shape([(40, 81), (60, 81), (50, 92)], skin)
        white = "#f6f3ec"
        pen.shape([(40.5, 78), (50, 91), (41, 95), (34.5, 83)], white)
        pen.shape([(59.5, 78), (50, 91), (59, 95), (65.5, 83)], white)
    else:
        pen.block(38, 74, 62, 88, _mixed(cloth, "#000000", 0.14), 6)


def _head(pen: Pen, chance: Random, skin: str, with_ears: bool) -> None:
    shade = _mixed(skin, "#000000", 0.1)
    for x in (31.5, 68.5) if with_ears else ():
        pen.oval(x, 47.5, 4, 5.5, skin)
        pen.oval(x, 47.5, 1.9, 3.2, shade)
    wide = chance.choice((18, 18.8, 19.6))
    pen.oval(50, 44, wide, 20, skin)
    pen.oval(50, 51, wide - chance.choice((1.2, 2.2, 3)), 17.5, skin)


def _beard(pen: Pen, chance: Random, skin: str, hair: str) -> None:
    colour = _mixed(hair, skin, 0.12)
    pen.cap((32.4, 35, 67.6, 70.5), 8, 172, colour)
    pen.oval(50, 52.5, 12.8, 6, skin)
    if chance.random() < 0.6:
        pen.block(43, 56, 57, 58.6, colour, 1.3)


def _features(pen: Pen, chance: Random, skin: str, hair: str) -> None:
    ink = _mixed("#241a17", skin, 0.05)
    warm = _mixed(skin, "#c2483f", 0.2)
    for x in (38.5, 61.5):
        pen.oval(x, 54, 4, 2.8, warm)
    brow = _mixed(hair, "#241a17", 0.35)
    lift = chance.choice((0, 0.8, -0.6))
    for x, way in ((42, -1), (58, 1)):
        pen.oval(x, 47, 1.75, 2.1, ink)
        pen.oval(x + 0.6, 46.3, 0.55, 0.6, "#ffffff")
        pen.line(
            [(x - 3.4, 42.4 - lift * (way > 0)), (x, 41.4), (x + 3.4, 42.4 - lift * (way < 0))], brow, 1.3
        )
    nose = _mixed(skin, "#5a2a1c", 0.28)
    pen.curve((47.6, 48.5, 52.4, 53.6), 25, 155, nose, 1.1)
    mouth = chance.randrange(3)
    lips = _mixed(skin, "#8f2b2b", 0.55)
    if mouth == 0:
        pen.curve((43, 51, 57, 61), 25, 155, lips, 1.4)
    elif mouth == 1:
        pen.cap((43.6, 53, 56.4, 63), 8, 172, _mixed("#6d1f22", skin, 0.1))
        pen.cap((45.2, 54.4, 54.8, 60.2), 8, 172, "#fbf7f2")
    else:
        pen.curve((44.5, 52, 55.5, 60.4), 35, 145, lips, 1.9)


def _front(pen: Pen, cut: str, hair: str, chance: Random) -> None:
    """Hair above the forehead."""
    fronts: dict[str, Callable[[], None]] = {
        "short": lambda: pen.cap((29.6, 20, 70.4, 66), 193, 347, hair),
        "crop": lambda: pen.cap((30.6, 22.5, 69.4, 66), 204, 336, hair),
        "long": lambda: _parting(pen, hair, 50),
        "waves": lambda: _parting(pen, hair, chance.choice((42, 57))),
        "bob": lambda: pen.cap((29, 20.5, 71, 68), 190, 350, hair),
        "bun": lambda: pen.cap((30, 21, 70, 66), 200, 340, hair),
        "tail": lambda: _parting(pen, hair, 60),
        "parted": lambda: _parting(pen, hair, chance.choice((40, 60))),
    }
    if cut == "curls":
        for x, y in ((36, 29), (43, 25.5), (50, 24.5), (57, 25.5), (64, 29)):
            pen.oval(x, y, 6.5, 6, hair)
    elif cut in fronts:
        fronts[cut]()


def _parting(pen: Pen, hair: str, at: float) -> None:
    """Two sweeps of hair that meet at a parting."""
    pen.cap((29.8, 20.5, 70.2, 64), 205, 335, hair)
    pen.shape([(at, 24), (31, 33), (30.2, 46), (35, 38.5), (at + 3, 32)], hair)
    pen.shape([(at, 24), (69, 33), (69.8, 46), (65, 38.5), (at - 3, 32)], hair)


def _scarf(pen: Pen, veil: str) -> None:
    fold = _mixed(veil, "#000000", 0.14)
    pen.curve((26, 19.5, 74, 76), 170, 370, veil, 6.5)
    pen.shape([(27.6, 44), (33.5, 36), (33.5, 56), (42, 70), (30, 84), (24, 70)], veil)
    pen.shape([(72.4, 44), (66.5, 36), (66.5, 56), (58, 70), (70, 84), (76, 70)], veil)
    pen.shape([(30, 66), (50, 72.5), (70, 66), (76, 90), (50, 97), (24, 90)], veil)
    pen.curve((30, 60, 70, 84), 20, 160, fold, 1)
    pen.curve((26, 66, 74, 96), 25, 150, fold, 1)


def _turban(pen: Pen, cloth: str) -> None:
    fold = _mixed(cloth, "#000000", 0.16)
    pen.cap((27, 13, 73, 62), 186, 354, cloth)
    pen.shape([(27.2, 36), (50, 26), (72.8, 36), (70, 41), (50, 31.5), (30, 41)], cloth)
    pen.line([(29, 36.5), (50, 26.5), (71, 36.5)], fold, 1)
    pen.line([(34, 26), (52, 20), (70.5, 31)], fold, 1)


def _glasses(pen: Pen, chance: Random) -> None:
    frame = chance.choice(("#2a2624", "#6b3f2a", "#33506b", "#8a7440"))
    for x in (41.6, 58.4):
        pen.curve((x - 6.2, 41.4, x + 6.2, 53), 0, 360, frame, 1.1)
    pen.line([(47.8, 46.2), (52.2, 46.2)], frame, 1.1)


def _mixed(colour: str, into: str, share: float) -> str:
    """A colour on its way to another."""
    here, there = _parts(colour), _parts(into)
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(here, there, strict=True))
    return f"#{red:02x}{green:02x}{blue:02x}"


def _parts(colour: str) -> Colour:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
