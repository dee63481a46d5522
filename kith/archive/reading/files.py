"""Every file an archive is known to hold: who reads it, which stay closed, and how a stranger is recognised (4)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from kith.archive.reading import address_book, connections, deeds, invitations, messages, praise, profile
from kith.archive.reading.gathering import Gathering
from kith.archive.reading.model import FileReport
from kith.archive.reading.tables import Table, loose

ReadTable = Callable[[Table, FileReport, Gathering], None]
ReadLines = Callable[[Callable[[], Iterable[str]], FileReport, Gathering], None]  # opens as often as it needs


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: the columns it must have, and its reader, of a table or of bare lines."""

    columns: frozenset[str]
    table: ReadTable | None = None
    lines: ReadLines | None = None
    by_columns: bool = True  # whether its columns alone tell it from all others
    complete_only: bool = False

    def fits(self, names: set[str]) -> bool:
        return self.columns <= names


def _kind(
    columns: str, table: ReadTable | None = None, *, by_columns: bool = True, complete_only: bool = False
) -> Kind:
    return Kind(frozenset(columns.split()), table, None, by_columns, complete_only)


def _part(name: str, columns: str, *, by_columns: bool = True) -> Kind:
    return _kind(columns, profile.ProfilePart(name), by_columns=by_columns)


KINDS: dict[str, Kind] = {
    "connections": _kind("firstname lastname connectedon", connections.read_connections),
    "invitations": _kind("from to sentat direction", invitations.read_invitations),
    "messages": _kind("from to date content", messages.read_messages),
    "profile": _kind("firstname lastname headline summary", profile.read_profile),
    "emailaddresses": _kind("emailaddress confirmed primary", profile.read_emails),
    "positions": _part("positions", "companyname title startedon finishedon"),
    "education": _part("education", "schoolname degreename"),
    "skills": _part("skills", "name", by_columns=False),
    "languages": _part("languages", "name proficiency"),
    "certifications": _part("certifications", "name authority licensenumber"),
    "courses": _part("courses", "name number"),
    "honors": _part("honors", "title description", by_columns=False),
    "organizations": _part("organizations", "name position", by_columns=False),
    "volunteering": _part("volunteering", "companyname role cause"),
    "projects": _part("projects", "title description url"),
    "publications": _part("publications", "name publishedon publisher"),
    "causesyoucareabout": _part("causes", "supportedcause"),
    "interests": _part("interests", "", by_columns=False),
    "patents": _part("patents", "", by_columns=False),
    "testscores": _part("test_scores", "", by_columns=False),
    "profilesummary": _part("summary", "profilesummary"),
    "duolingo": _part("duolingo", "language score"),
    "learning": _part("learning", "contenttitle contenttype"),
    "memberhashtags": _part("member_hashtags", "memberpostsabouthashtags"),
    "calendar": _part("calendar", "owner source lastsyncedat"),
    "endorsementreceivedinfo": _kind("endorsementdate skillname endorserfirstname", praise.read_endorsements),
    "endorsementgiveninfo": _kind("endorsementdate skillname endorseefirstname", praise.read_endorsements),
    "recommendationsreceived": _kind(
        "firstname lastname text creationdate", praise.Recommendations(received=True), by_columns=False
    ),
    "recommendationsgiven": _kind(
        "firstname lastname text creationdate", praise.Recommendations(received=False), by_columns=False
    ),
    "shares": _kind("date sharelink sharecommentary", deeds.read_shares, complete_only=True),
    "comments": Kind(frozenset({"date", "link", "message"}), lines=deeds.read_comments, complete_only=True),
    "reactions": _kind("date type link", deeds.read_reactions, complete_only=True),
    "instantreposts": _kind("date link", deeds.read_reposts, by_columns=False, complete_only=True),
    "votes": _kind("date link optiontext", deeds.read_votes, complete_only=True),
    "memberfollows": _kind("date status fullname", deeds.read_member_follows, complete_only=True),
    "companyfollows": _kind("organization followedon", deeds.read_company_follows),
    "hashtagfollows": _kind("hashtag createdtime", deeds.read_hashtag_follows, complete_only=True),
    "events": _kind("eventname eventtime", deeds.read_events),
    "richmedia": _kind("medialink", deeds.read_rich_media),
    "videos": _kind("description link", deeds.read_rich_media, by_columns=False),
    "contacts": _kind("firstname lastname phonenumbers", address_book.read_address_book, complete_only=True),
    "importedcontacts": _kind(
        "firstname lastname phonenumbers",
        address_book.read_address_book,
        by_columns=False,
        complete_only=True,
    ),
    "notes": _kind("connectionprofileurl note", address_book.read_notes),
    "searchqueries": Kind(
        frozenset({"time", "searchquery"}), lines=deeds.read_queries, by_columns=False, complete_only=True
    ),
}

# Private account data: never opened, only named.
PRIVATE = frozenset(
    [
        "logins",
        "securitychallenges",
        "accountstatushistory",
        "registration",
        "phonenumbers",
        "whatsappphonenumbers",
        "privateidentityasset",
        "verifications",
        "receipts",
        "receiptsv2",
        "adtargeting",
        "adsclicked",
        "lanadsengagement",
        "linkedinaudiencenetworkadengagement",
        "inferencesaboutyou",
        "jobapplications",
        "savedjobs",
        "jobseekerpreferences",
        "jobapplicantsavedanswers",
        "jobapplicantsavedscreeningquestionresponses",
        "savedjobalerts",
        "onlinejobpostings",
        "saveditems",
        "groups",
        "providers",
        "engagements",
        "opprtunities",
        "opportunities",
        "identityasset",
    ]
)
PRIVATE_COMPLETE_ONLY = frozenset(
    [
        "logins",
        "securitychallenges",
        "accountstatushistory",
        "adsclicked",
        "lanadsengagement",
        "inferencesaboutyou",
    ]
)
# Talks with a machine: they have the columns of messages and are none.
ASSISTANTS = frozenset(
    [
        "guidemessages",
        "coachmessages",
        "learningcoachmessages",
        "learningrolplaymessages",
        "learningroleplaymessages",
    ]
)

FileKind = Literal["csv", "article", "other"]
_COPY = re.compile(r"(?: ?\(\d+\)| - copy| copy)+$", re.IGNORECASE)
_NUMBERED = re.compile(r"_\d+$")


def key_of(name: str) -> str:
    """A file's key: base name without ending, copy mark, member id or part number, case, spaces, underscores."""
    base = name.rsplit("/", 1)[-1]
    base = re.sub(r"\.(csv|txt|tsv)$", "", base, flags=re.IGNORECASE)
    return loose(_NUMBERED.sub("", _COPY.sub("", base)))


def kind_of(name: str) -> FileKind:
    """What a file is by its ending and folder."""
    lower = name.lower()
    if lower.endswith((".html", ".htm")):
        return "article"
    return (
        "csv" if lower.endswith((".csv", ".txt", ".tsv")) or "." not in lower.rsplit("/", 1)[-1] else "other"
    )


def recognise(names: set[str]) -> str | None:
    """The key of the one kind of file that has these columns."""
    fitting = [key for key, kind in KINDS.items() if kind.by_columns and kind.columns and kind.fits(names)]
    return max(fitting, key=lambda key: len(KINDS[key].columns)) if fitting else None
