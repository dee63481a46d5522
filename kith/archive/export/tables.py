"""What is mine: every table whose rows come back identical when another Kith takes the file in.

A row points at another by the number of its line in that one's file, never by a row number of the database.
`key` says which rows are the same when a file is taken into a desk that holds something already.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q

from kith.archive.export.codecs import CONTACTS_IN_DEED, CONTACTS_IN_DIFF, ORGANISATION, Codec
from kith.contacts.models import (
    Contact,
    Deed,
    ImportRun,
    MessageVersion,
    Note,
    PastEndorsement,
    PastInvitation,
    PastMessage,
    PastRecommendation,
    Sighting,
    Talk,
    Thread,
    ThreadPerson,
)
from kith.desk.models import Answer, Card
from kith.members.models import Member
from kith.network.models import NetworkChoices
from kith.notifications.models import Preference
from kith.profiles.models import (
    ContactField,
    Education,
    Language,
    Link,
    Position,
    Profile,
    Skill,
    Specialty,
)


@dataclass(frozen=True)
class Table:
    """One file `mine/<name>.jsonl`: a line a row, in the order they were made."""

    name: str
    model: type[Model]
    owner: str = "owner"  # the way from a row to its member
    fields: tuple[str, ...] = ()
    points_at: Mapping[str, str] = field(default_factory=dict)  # column to the table whose lines it names
    codecs: Mapping[str, Codec] = field(default_factory=dict)  # columns that need words of their own
    key: tuple[str, ...] = ()
    only: Q = field(default_factory=Q)
    single: bool = False  # one row a member: what stands is filled, never replaced
    files: tuple[str, ...] = ()  # columns that name a picture, written to mine/files/
    left_out: Mapping[str, str] = field(default_factory=dict)  # column to the reason

    @property
    def path(self) -> str:
        return f"mine/{self.name}.jsonl"


PUBLIC_ID = {"public_id": "an address on this house; the next one gives its own"}
SEEN = {"seen_in": "imports"}
ENDED = Q(finished_at__isnull=False) | Q(failed_at__isnull=False) | Q(cancelled_at__isnull=False)
PROFILE_ROW: Any = {"owner": "member", "left_out": PUBLIC_ID}
COUNTED = dict.fromkeys(("sent_count", "received_count", "first_exchange_at", "last_exchange_at", "last_exchange_outgoing", "wrote_last_at", "in_touch_on", "talk_count", "last_talk_on", "last_talk_precision"), "counted anew from messages and talks")  # fmt: skip
FOLDED = {
    "sort_name": "the name folded, made anew",
    "search_text": "what it is found by, made anew",
}
OF_THE_HOUSE = "is the account at one house; the manifest says it, the next house has its own"
NOT_ELSEWHERE = "a secret or a mark of this house, worth nothing elsewhere"

PROFILE: tuple[Table, ...] = (
    Table(
        "account", Member, "pk", ("headline", "place"), single=True, files=("photo_key",),
        left_out=PUBLIC_ID
        | FOLDED
        | dict.fromkeys(("email", "name", "handle", "joined_at"), OF_THE_HOUSE)
        | dict.fromkeys(("password", "last_login", "link_made_at", "is_active", "host_since", "demo_at", "confirmed_at"), NOT_ELSEWHERE)
        | dict.fromkeys(("suspended_at", "suspended_until"), "what the host decided here; see ties/restrictions")
        | {"joined_by": "the join link of this house"},
    ),
    Table(
        "profile", Profile, "member",
        ("pronunciation", "summary", "audiences", "birthday_month", "birthday_day", "public_since", "changed_at"),
        single=True, files=("banner_key",),
    ),
    Table(
        "positions", Position,
        fields=("place_in_list", "title", "place", "description", "start_year", "start_month", "end_year", "end_month"),
        codecs={"organisation": ORGANISATION},
        key=("title", "organisation", "start_year", "start_month", "end_year", "end_month"), **PROFILE_ROW,
    ),
    Table(
        "education", Education,
        fields=("place_in_list", "degree", "field", "description", "start_year", "end_year"),
        codecs={"school": ORGANISATION}, key=("school", "degree", "field", "start_year", "end_year"),
        **PROFILE_ROW,
    ),
    Table("specialties", Specialty, fields=("place_in_list", "text", "key"), key=("key",), **PROFILE_ROW),
    Table("skills", Skill, fields=("place_in_list", "name", "key"), key=("key",), **PROFILE_ROW),
    Table("languages", Language, fields=("place_in_list", "name", "level"), key=("name",), **PROFILE_ROW),
    Table("links", Link, fields=("place_in_list", "label", "url"), key=("url",), **PROFILE_ROW),
    Table(
        "contact_fields", ContactField, fields=("place_in_list", "kind", "value", "audience"),
        key=("kind", "value"), **PROFILE_ROW,
    ),
    Table(
        "notice_preferences", Preference, "member", ("kind", "channel", "choice", "changed_at"),
        key=("kind", "channel"),
    ),
)  # fmt: skip

ADDRESS_BOOK: tuple[Table, ...] = (
    Table(
        "contacts", Contact,
        fields=(
            "name", "slug", "email", "company", "title", "birthday", "phones", "connected_on", "typed_fields",
            "specialties", "good_fit_for", "let_go_at",
        ),
        points_at={"merged_into": "contacts"}, left_out=PUBLIC_ID | FOLDED | COUNTED,
    ),
    Table(
        "imports", ImportRun,
        fields=(
            "kind", "file_name", "as_of", "preview", "choices", "report", "seconds", "failure", "uploaded_at",
            "previewed_at", "queued_at", "finished_at", "failed_at", "cancelled_at",
            "taken_back_at",
        ),
        codecs={"diff": CONTACTS_IN_DIFF}, key=("kind", "file_name", "uploaded_at"),
        only=ENDED & ~Q(kind=ImportRun.Kind.KITH),
        left_out=PUBLIC_ID
        | {"upload": "the file is deleted once it is in", "take_back_asked_at": "a wish of this moment"},
    ),
    Table(
        "sightings", Sighting,
        fields=("name", "slug", "email", "company", "title", "birthday", "phones", "connected_on"),
        points_at={"contact": "contacts", "run": "imports"}, key=("contact", "run"),
    ),
    Table(
        "talks", Talk, fields=("kind", "held_on", "precision", "notes", "logged_at"),
        points_at={"contact": "contacts"}, key=("contact", "kind", "held_on", "precision", "notes"),
    ),
    Table(
        "notes", Note, fields=("text", "written_at", "typed_at"),
        points_at={"contact": "contacts"} | SEEN, key=("contact", "text"),
    ),
)  # fmt: skip

HISTORY: tuple[Table, ...] = (
    Table(
        "past_invitations", PastInvitation, fields=("outgoing", "sent_at", "note", "accepted"),
        points_at={"contact": "contacts"} | SEEN, key=("contact", "outgoing", "sent_at"),
    ),
    Table("message_versions", MessageVersion, fields=("text", "hashes"), key=("text",), left_out=PUBLIC_ID),
    Table(
        "threads", Thread,
        fields=("key", "title", "is_group", "is_sponsored", "opened_at", "answered_at"),
        points_at={"version": "message_versions"} | SEEN, key=("key",),
    ),
    Table(
        "thread_people", ThreadPerson, "thread__owner",
        points_at={"thread": "threads", "contact": "contacts"}, key=("thread", "contact"),
    ),
    Table(
        "past_messages", PastMessage,
        fields=("outgoing", "sent_at", "text_hash", "text", "subject", "folder", "has_attachment"),
        points_at={"thread": "threads", "sender": "contacts"} | SEEN,
        key=("thread", "sent_at", "sender", "text_hash"),
    ),
    Table(
        "past_endorsements", PastEndorsement, fields=("received", "skill", "endorsed_at", "status"),
        points_at={"contact": "contacts"} | SEEN, key=("contact", "received", "skill", "endorsed_at"),
    ),
    Table(
        "past_recommendations", PastRecommendation,
        fields=("received", "name", "company", "title", "text", "written_at", "status", "fingerprint"),
        points_at={"contact": "contacts"} | SEEN, key=("received", "fingerprint"),
    ),
    Table(
        "deeds", Deed, fields=("kind", "done_at", "urn", "text", "fingerprint"),
        codecs={"detail": CONTACTS_IN_DEED}, points_at=SEEN, key=("kind", "fingerprint"),
    ),
)  # fmt: skip

DESK: tuple[Table, ...] = (
    Table(
        "desk_answers", Answer,
        fields=("kind", "about_at", "answered_at", "done_at", "later_until", "dropped_at"),
        points_at={"contact": "contacts"}, key=("contact", "kind"),
    ),
    Table(
        "desk_cards", Card, fields=("said", "answered_at"),
        points_at={"contact": "contacts", "talk": "talks"}, key=("contact",),
    ),
)  # fmt: skip

NETWORK: tuple[Table, ...] = (
    Table(
        "network_choices", NetworkChoices, "member",
        ("may_browse", "may_invite", "in_paths", "may_be_suggested", "found_by_email", "openness"), single=True,
    ),
)  # fmt: skip

MINE: tuple[Table, ...] = (*PROFILE, *ADDRESS_BOOK, *HISTORY, *DESK, *NETWORK)
