"""Where a member's figures come from: which imports stand, and what they could not know."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kith.contacts.models import (
    AnalyticsDay,
    AnalyticsPost,
    Contact,
    ImportRun,
    PastEndorsement,
    PastInvitation,
    PastMessage,
)
from kith.insights.calendar import in_words
from kith.members.policy import Viewer

_FILES = {
    "connections": "connections",
    "invitations": "invitations",
    "messages": "messages",
    "endorsements": "endorsement",
}


@dataclass(frozen=True, slots=True)
class Sources:
    """The imports behind a report. `as_of` is the day of the newest archive's newest entry: ages count to it."""

    as_of: date | None
    archives: int
    workbooks: int
    connections: bool
    invitations: bool
    messages: bool
    endorsements: bool
    analytics: bool

    @property
    def is_empty(self) -> bool:
        return not (
            self.connections or self.invitations or self.messages or self.endorsements or self.analytics
        )

    @property
    def is_archive(self) -> bool:
        return self.connections or self.invitations or self.messages or self.endorsements

    def says(self, file: str) -> str:
        """Which file of which archive a figure was counted from."""
        if self.as_of is None:
            return _("%(file)s of your archive") % {"file": file}
        return _("%(file)s of your archive of %(day)s") % {"file": file, "day": in_words(self.as_of)}


def sources(viewer: Viewer) -> Sources:
    """What stands of everything the viewer ever brought in; a file that never came is not the same as an empty one."""
    runs = list(ImportRun.objects.visible_to(viewer).standing().values_list("kind", "as_of", "report__files"))
    archives = [(as_of, files) for kind, as_of, files in runs if kind == ImportRun.Kind.ARCHIVE]
    came = {key: any(_came(files, begin) for _as_of, files in archives) for key, begin in _FILES.items()}
    stands = {
        "connections": Contact.objects.visible_to(viewer).connected(),
        "invitations": PastInvitation.objects.visible_to(viewer),
        "messages": PastMessage.objects.visible_to(viewer),
        "endorsements": PastEndorsement.objects.visible_to(viewer),
    }
    return Sources(
        as_of=max((as_of for as_of, _files in archives if as_of), default=None),
        archives=len(archives),
        workbooks=sum(kind == ImportRun.Kind.WORKBOOK for kind, *_rest in runs),
        analytics=AnalyticsDay.objects.visible_to(viewer).exists()
        or AnalyticsPost.objects.visible_to(viewer).exists(),
        **{key: came[key] or rows.exists() for key, rows in stands.items()},
    )


def _came(files: object, begin: str) -> bool:
    """Whether an archive held the file, be it without rows."""
    return isinstance(files, list) and any(
        isinstance(file, dict)
        and file.get("state") in ("read", "empty")
        and str(file.get("name", "")).rsplit("/", 1)[-1].lower().replace(" ", "").startswith(begin)
        for file in files
    )
