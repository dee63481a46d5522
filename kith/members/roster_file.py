"""Reading a roster: any separator, any usual encoding, its columns named by words or by the host; writes nothing."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from kith.core.refusal import Refused
from kith.core.text import clean_line, fold

MOST_BYTES, MOST_ROWS, MOST_COLUMNS, MOST_FIELDS = 2_000_000, 10_000, 60, 20
EMAIL, NAME, OWN, SKIP = "email", "name", "own", "skip"
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
EMAIL_WORDS = {
    "email",
    "e-mail",
    "mail",
    "e-mail address",
    "email address",
    "correo",
    "courriel",
    "adresse mail",
}
NAME_WORDS = {"name", "full name", "display name", "nom", "nombre"}


@dataclass(frozen=True)
class Column:
    """One column of the file: what it is taken for (`use`), and under which label when it is the host's own."""

    number: int
    title: str
    use: str
    label: str
    examples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Bad:
    """A row that cannot be taken: its line in the file and why."""

    line: int
    said: str
    why: str


@dataclass(frozen=True)
class Person:
    """A row that can; `own` maps a label to its value."""

    line: int
    email: str
    name: str
    own: dict[str, str]


@dataclass
class Reading:
    """What a roster file says."""

    columns: list[Column]
    people: list[Person] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)
    doubles: list[Bad] = field(default_factory=list)


def text_of_file(raw: bytes) -> str:
    """The text of an upload: UTF-16 by its mark, UTF-8, else Windows-1252 (a wider Latin-1)."""
    if len(raw) > MOST_BYTES:
        raise Refused(_("File: at most 2 MB, about 10,000 people."), "file")
    for mark, encoding in MARKS:
        if raw.startswith(mark):
            return _whole(raw.decode(encoding, "replace"))
    try:
        return _whole(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return _whole(raw.decode("cp1252", "replace"))


def read(text: str, chosen: Sequence[tuple[str, str]] | None = None) -> Reading:
    """Read a roster with its columns as the host chose them ((use, label) of each), or as their titles say."""
    lines = _rows(text)
    if not lines:
        raise Refused(_("File: there is nothing in it."), "file")
    (_line, titles), *rows = lines
    if len(titles) > MOST_COLUMNS:
        raise Refused(_("File: at most %(most)s columns.") % {"most": MOST_COLUMNS}, "file")
    if len(rows) > MOST_ROWS:
        raise Refused(_("File: at most 10,000 people at once; this has more."), "file")
    columns = _columns(titles, rows, chosen)
    uses = [column.use for column in columns]
    if uses.count(EMAIL) != 1:
        raise Refused(_("Columns: choose one column with the e-mail addresses."), "columns")
    if uses.count(OWN) > MOST_FIELDS:
        raise Refused(_("Columns: at most %(most)s fields of your own.") % {"most": MOST_FIELDS}, "columns")
    return _sorted(columns, rows)


def columns_of(text: str) -> list[Column]:
    """The columns alone, for a file whose address column is not found."""
    lines = _rows(text)
    return _columns(lines[0][1], lines[1:], None) if lines else []


def _sorted(columns: list[Column], rows: list[tuple[int, list[str]]]) -> Reading:
    reading = Reading(columns)
    seen: dict[str, int] = {}
    for line, row in rows:
        cells = [*row, *[""] * (len(columns) - len(row))]
        said = clean_line(" · ".join(cell for cell in cells if cell), 90)
        by_use = {column.use: cells[column.number] for column in columns}
        email = clean_line(by_use[EMAIL], 400).lower().removeprefix("mailto:").strip("<> ")
        names = [cells[column.number] for column in columns if column.use == NAME]
        name = clean_line(" ".join(names), 400)
        own = {column.label: clean_line(cells[column.number], 400) for column in columns if column.use == OWN}
        if why := _wrong(email, name, own):
            reading.bad.append(Bad(line, said, why))
        elif email in seen:
            reading.doubles.append(
                Bad(line, email, _("the same address as in line %(line)s") % {"line": seen[email]})
            )
        else:
            seen[email] = line
            reading.people.append(
                Person(line, email, name, {key: value for key, value in own.items() if value})
            )
    return reading


def _wrong(email: str, name: str, own: dict[str, str]) -> str:
    if not email:
        return _("no e-mail address")
    try:
        validate_email(email)
    except ValidationError:
        return _("“%(email)s” is not an address") % {"email": email[:60]}
    if len(email) > 254:
        return _("the address is longer than 254 characters")
    if len(name) > 120:
        return _("the name is longer than 120 characters")
    long = [label for label, value in own.items() if len(value) > 200]
    return _("%(label)s is longer than 200 characters") % {"label": long[0]} if long else ""


def _columns(
    titles: list[str], rows: list[tuple[int, list[str]]], chosen: Sequence[tuple[str, str]] | None
) -> list[Column]:
    columns, has_address = [], False
    for number, title in enumerate(titles):
        title = clean_line(title, 80)
        cells = (clean_line(row[number], 60) for _line, row in rows if len(row) > number)
        examples = tuple(cell for cell, _again in zip((c for c in cells if c), range(3), strict=False))
        if chosen is not None:
            use, label = chosen[number] if number < len(chosen) else (SKIP, "")
        else:
            use, label = _guess(title, has_address), title
        has_address = has_address or use == EMAIL
        label = clean_line(label, 80) or title or _("Column %(number)s") % {"number": number + 1}
        columns.append(Column(number, title, use if use in (EMAIL, NAME, OWN) else SKIP, label, examples))
    return columns


def _guess(title: str, has_address: bool) -> str:
    word = fold(title).replace("_", " ")
    if word in EMAIL_WORDS and not has_address:
        return EMAIL
    first_or_last = word in {
        "first name",
        "last name",
        "given name",
        "family name",
        "surname",
        "vorname",
        "nachname",
    }
    if word in NAME_WORDS or first_or_last:
        return NAME
    return OWN if word else SKIP


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """(line, cells) of every row that holds something."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    separator = max(",;\t|", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    found = []
    line = 1
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                found.append((line, row))
            line = reader.line_num + 1
            if len(found) > MOST_ROWS + 1:
                break
    except csv.Error:
        raise Refused(_("File: line %(line)s cannot be read as a table.") % {"line": line}, "file") from None
    return found


def _whole(text: str) -> str:
    return text.replace("\x00", "").removeprefix("\ufeff")
