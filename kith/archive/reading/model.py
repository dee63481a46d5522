"""What an archive says, in plain objects: the one shape every reader fills and the importer takes over."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

ArchiveKind = Literal["complete", "basic"]
DeedKind = Literal[
    "share",
    "comment",
    "reaction",
    "repost",
    "vote",
    "article",
    "member_follow",
    "company_follow",
    "hashtag_follow",
    "event",
    "rich_media",
]
Scope = Literal["all", "audience", "content", "post"]
FileState = Literal["read", "unknown", "private", "empty", "unreadable"]


class Refused(Exception):
    """The file cannot be taken; `str()` is one sentence that names the file and the limit it breaks."""


@dataclass(slots=True)
class Owner:
    """Whose archive this is, as the profile file and the direction of invitations tell it."""

    first: str = ""
    last: str = ""
    slug: str | None = None
    headline: str = ""
    place: str = ""
    birthday: tuple[int, int] | None = None  # (month, day): the file rarely knows the year
    summary: str = ""
    emails: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}".strip()


@dataclass(slots=True)
class Person:
    """One human as this archive knows them, merged by slug, e-mail, or a name unique on both sides."""

    key: int  # index in Archive.people
    name: str
    slug: str | None = None
    email: str | None = None
    company: str = ""
    title: str = ""
    connected_on: date | None = None
    is_placeholder: bool = False  # a closed account: stands in one conversation, never merged


@dataclass(slots=True)
class Connection:
    """One row of the connections file; a row that holds only a date has no person."""

    person: int | None
    connected_on: date | None


@dataclass(slots=True)
class Invitation:
    """One invitation; `sent_at` is aware UTC, `note` is empty without one."""

    person: int
    outgoing: bool
    sent_at: datetime | None
    note: str = ""


@dataclass(slots=True)
class Message:
    """One message; `person` is the sender, None when the owner wrote it or nobody is named."""

    thread: int  # index in Archive.threads
    person: int | None
    from_owner: bool
    sent_at: datetime | None
    subject: str = ""
    text: str = ""
    folder: str = ""
    has_attachment: bool = False
    is_sponsored: bool = False


@dataclass(slots=True)
class Thread:
    """One conversation with everybody in it but the owner."""

    key: str  # opaque: the conversation id, or made from the people where the era has none
    title: str = ""
    people: list[int] = field(default_factory=list)
    is_group: bool = False
    is_sponsored: bool = False


@dataclass(slots=True)
class Endorsement:
    """A skill somebody vouched for; `received` is towards the owner."""

    person: int
    received: bool
    skill: str
    at: datetime | None
    status: str = ""  # as written: ACCEPTED, PENDING, HIDDEN


@dataclass(slots=True)
class Recommendation:
    """A recommendation; the file names people without an address, so `person` may stay None."""

    person: int | None
    name: str
    company: str
    title: str
    text: str
    at: datetime | None
    received: bool
    status: str = ""


@dataclass(slots=True)
class Deed:
    """Something the owner wrote or did; what only some kinds have is in `detail`.

    share: shared_url, media_url, visibility, in_group. comment, repost: link. reaction: type, on_comment.
    vote: option. article: title, url, html (clean), is_draft. member_follow: name, status, person (or None).
    company_follow: name. hashtag_follow: tag, state. event: name, time, status, url. rich_media: link.
    """

    kind: DeedKind
    at: datetime | None = None
    urn: str = ""
    text: str = ""
    detail: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Note:
    """A private note the owner kept about somebody."""

    person: int | None
    name: str
    text: str
    created_at: datetime | None


@dataclass(slots=True)
class AddressBookEntry:
    """One entry of the phone book the owner once uploaded; `person` only if their e-mail says so."""

    name: str
    emails: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    company: str = ""
    title: str = ""
    birthday: str = ""  # as written
    person: int | None = None


@dataclass(slots=True)
class FileReport:
    """What became of one file: rows = taken + all skipped."""

    name: str
    key: str
    state: FileState
    rows: int = 0
    taken: int = 0
    skipped: dict[str, int] = field(default_factory=dict)  # reason -> rows
    lines: list[tuple[int, str]] = field(default_factory=list)  # the first bad rows: (record number, reason)
    notice: str = ""


@dataclass(slots=True)
class Archive:
    """Everything one archive says about its owner, ready to be previewed and imported."""

    owner: Owner
    as_of: date  # the day of the newest entry
    kind: ArchiveKind
    era: int  # the first year this layout was seen, a hint only
    people: list[Person] = field(default_factory=list)
    connections: list[Connection] = field(default_factory=list)
    invitations: list[Invitation] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    endorsements: list[Endorsement] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    address_book: list[AddressBookEntry] = field(default_factory=list)
    profile: dict[str, list[dict[str, str]]] = field(default_factory=dict)  # positions, education, skills ...
    files: list[FileReport] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    counted: dict[str, dict[str, Any]] = field(default_factory=dict)  # facts only the raw rows can tell

    def facts(self) -> dict[str, Any]:
        """The figures of this archive by name, JSON-ready, as the importer reports them."""
        from kith.archive.reading.facts import facts

        return facts(self)


@dataclass(slots=True)
class Day:
    """One day of creator analytics; None means the book does not say, never zero."""

    on: date
    impressions: int | None = None
    engagements: int | None = None  # may be negative: a correction
    new_followers: int | None = None


@dataclass(slots=True)
class PostFigure:
    """What the book says about one post; each ranking knows one side only."""

    url: str
    urn: str
    published_on: date | None
    impressions: int | None = None
    engagements: int | None = None


@dataclass(slots=True)
class Demographic:
    """One line of an audience breakdown; `share` is a fraction, None under "less than"."""

    scope: Scope
    category: str
    value: str
    share: float | None
    share_text: str


@dataclass(slots=True)
class Workbook:
    """A creator-analytics workbook, aggregate or of a single post."""

    kind: Literal["aggregate", "single"]
    starts_on: date | None = None
    ends_on: date | None = None
    impressions: int | None = None
    members_reached: int | None = None
    days: list[Day] = field(default_factory=list)
    posts: list[PostFigure] = field(default_factory=list)
    followers_total: int | None = None
    followers_on: date | None = None
    demographics: list[Demographic] = field(default_factory=list)
    metrics: list[tuple[str, str, float | None]] = field(
        default_factory=list
    )  # label, text, number of one post
    notices: list[str] = field(default_factory=list)
