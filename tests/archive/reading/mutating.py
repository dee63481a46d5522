"""Damage done to an archive by a seeded hand: bytes, columns, names, encodings, dates, cells, the zip itself."""

import random
from collections.abc import Callable
from functools import cache
from pathlib import Path

from tests.archive.reading.making import files_of, generate, zip_bytes

Files = dict[str, bytes]
ARGUMENTS = (
    "--connections", "40", "--invitations", "40", "--messages", "40", "--shares", "40", "--comments", "40",
    "--reactions", "40", "--recommendations", "10", "--endorsements", "40",
)  # fmt: skip


@cache
def small_archive(folder: Path) -> Files:
    """40 rows of everything, as the newest era writes them."""
    return files_of(generate(folder, "small", *ARGUMENTS)[0])


def mutated(files: Files, seed: int) -> bytes:
    """The bytes of a zip with one to four things wrong; the same seed gives the same damage."""
    hand = random.Random(seed)
    changed = dict(files)
    for _ in range(hand.randint(1, 4)):
        hand.choice(IN_FILES)(changed, hand)
    whole = zip_bytes(changed)
    return hand.choice(ON_THE_ZIP)(whole, hand) if hand.random() < 0.25 else whole


def _pick(files: Files, hand: random.Random) -> str:
    """Mostly a file that matters."""
    keen = [name for name in files if name.split("_")[0].split(".")[0] in KEEN]
    return hand.choice(keen if keen and hand.random() < 0.8 else list(files))


def _flip_bytes(files: Files, hand: random.Random) -> None:
    name = _pick(files, hand)
    content = bytearray(files[name])
    for _ in range(hand.randint(1, 30)):
        if content:
            content[hand.randrange(len(content))] = hand.randrange(256)
    files[name] = bytes(content)


def _cut_short(files: Files, hand: random.Random) -> None:
    name = _pick(files, hand)
    files[name] = files[name][: hand.randrange(len(files[name]) + 1)]


def _columns(
    change: Callable[[list[str], random.Random], list[str]],
) -> Callable[[Files, random.Random], None]:
    def damage(files: Files, hand: random.Random) -> None:
        name = _pick(files, hand)
        lines = files[name].decode("utf-8", "replace").split("\n")
        row = next((number for number, line in enumerate(lines[:6]) if line.count(",") >= 2), 0)
        lines[row] = ",".join(change(lines[row].split(","), hand))
        files[name] = "\n".join(lines).encode()

    return damage


def _drop(columns: list[str], hand: random.Random) -> list[str]:
    at = hand.randrange(len(columns))
    return columns[:at] + columns[at + 1 :]


def _double(columns: list[str], hand: random.Random) -> list[str]:
    return [*columns, hand.choice(columns)]


def _rename(columns: list[str], hand: random.Random) -> list[str]:
    columns[hand.randrange(len(columns))] = hand.choice(["Spalte", "", "Date", "name", "\u202eURL", "=1+1"])
    return columns


def _remove_file(files: Files, hand: random.Random) -> None:
    files.pop(_pick(files, hand))


def _rename_file(files: Files, hand: random.Random) -> None:
    name = _pick(files, hand)
    files[
        hand.choice(["Sub/", "", "a b/"]) + hand.choice(["x.csv", "Votes_2.csv", "Notes.csv", "y.html"])
    ] = files.pop(name)


def _swap_files(files: Files, hand: random.Random) -> None:
    one, other = _pick(files, hand), _pick(files, hand)
    files[one], files[other] = files[other], files[one]


def _recode(files: Files, hand: random.Random) -> None:
    name = _pick(files, hand)
    text = files[name].decode("utf-8", "replace")
    files[name] = text.encode(
        hand.choice(["utf-16", "utf-16-le", "utf-8-sig", "cp1252", "latin-1", "utf-32"]), "replace"
    )


def _wrong_dates(files: Files, hand: random.Random) -> None:
    name = _pick(files, hand)
    text = files[name].decode("utf-8", "replace")
    for old, new in hand.sample(DATES, 4):
        text = text.replace(old, new)
    files[name] = text.encode("utf-8", "replace")


def _huge_cell(files: Files, hand: random.Random) -> None:
    name = _pick(files, hand)
    lines = files[name].decode("utf-8", "replace").split("\n")
    at = hand.randrange(len(lines))
    lines[at] = lines[at].replace(",", "," + hand.choice("x,\"'\\<") * 1_000_000, 1)
    files[name] = "\n".join(lines).encode()


def _stray_marks(files: Files, hand: random.Random) -> None:
    name = _pick(files, hand)
    text = files[name].decode("utf-8", "replace")
    for _ in range(hand.randint(1, 8)):
        at = hand.randrange(len(text) + 1)
        text = (
            text[:at]
            + hand.choice(['"', ",", "\n", "\r", "\0", "\t", "\\", "%", "\u2028", "<p>", "\x1a"])
            + text[at:]
        )
    files[name] = text.encode("utf-8", "replace")


def _line_ends(files: Files, hand: random.Random) -> None:
    name = _pick(files, hand)
    files[name] = files[name].replace(b"\n", hand.choice([b"\r\n", b"\r", b"\n\n"]))


def _shuffle_rows(files: Files, hand: random.Random) -> None:
    name = _pick(files, hand)
    lines = files[name].split(b"\n")
    hand.shuffle(lines)
    files[name] = b"\n".join(lines + lines[: len(lines) // 2])


def _twin(files: Files, hand: random.Random) -> None:
    name = _pick(files, hand)
    files[hand.choice([name.upper(), "copy/" + name, "../" + name, name.replace(".csv", "_1.csv")])] = files[
        name
    ]


def _flip_in_zip(whole: bytes, hand: random.Random) -> bytes:
    content = bytearray(whole)
    for _ in range(hand.randint(1, 20)):
        content[hand.randrange(len(content))] = hand.randrange(256)
    return bytes(content)


def _cut_zip(whole: bytes, hand: random.Random) -> bytes:
    return whole[: hand.randrange(len(whole))]


def _flip_directory(whole: bytes, hand: random.Random) -> bytes:
    content = bytearray(whole)
    for _ in range(hand.randint(1, 6)):
        content[hand.randrange(len(content) * 9 // 10, len(content))] = hand.randrange(256)
    return bytes(content)


KEEN = {
    "Connections", "Invitations", "messages", "Shares", "Comments", "Reactions", "Endorsement", "Recommendations",
    "Profile", "Contacts", "Notes", "Member", "Votes", "Events",
}  # fmt: skip
DATES = [
    ("2026", "9999"), ("2026", "0000"), ("2025", "-1"), ("Oct", "Octember"), (" Jan ", " 13 "), ("/26", "/99"),
    ("AM", "XM"), ("UTC", "CET"), (":0", ":99:"), ("-0", "-99"), ("20", "٢٠"), ("1", "¹"),
]  # fmt: skip
IN_FILES = [
    _flip_bytes, _cut_short, _columns(_drop), _columns(_double), _columns(_rename), _remove_file, _rename_file,
    _swap_files, _recode, _wrong_dates, _huge_cell, _stray_marks, _line_ends, _shuffle_rows, _twin,
]  # fmt: skip
ON_THE_ZIP = [_flip_in_zip, _cut_zip, _flip_directory]
