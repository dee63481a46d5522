"""A host's word to every member: the one send from one to many there is (promise 7); members can silence it."""

from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.core.refusal import Refused, line_of, text_of
from kith.members.audit import record
from kith.members.models import Member
from kith.notifications.actions import notify
from kith.notifications.kinds import Kind, Route, Told
from kith.notifications.models import Announcement
from kith.notifications.wording import isolated

TITLE, TEXT = 120, 10_000  # characters
CHUNK = 1_000  # members told in one transaction


def _sentence(told: Told) -> str:
    return _("The hosts announce: %(title)s") % {"title": isolated(told.subject.title)}


def _address(told: Told) -> Route:
    return "announcement", {"public_id": told.subject.public_id}


def _standing(recipient: Member) -> Q:
    return Q(Exists(Announcement.objects.standing().filter(pk=OuterRef("subject_id"))))


def _subjects(ids: Collection[int]) -> Mapping[int, Announcement]:
    return Announcement.objects.in_bulk(ids)


ANNOUNCEMENT = Kind(
    "announcement",
    gettext_lazy("Announcements of the hosts"),
    gettext_lazy("Every member gets what the hosts of this place announce, unless they switch it off."),
    sentence=_sentence,
    address=_address,
    visible=_standing,
    subjects=_subjects,
)


def announce(host: Member, title: str, text: str) -> Announcement:
    """Say something to every member; the worker tells them, a thousand at a time. Raises Refused with its field."""
    from kith.notifications.tasks import tell_members

    title = line_of(title, TITLE, _("Title"), "title")
    text = text_of(text, TEXT, _("Text"), "text")
    if not title:
        raise Refused(_("Title: say in a few words what it is about."), "title")
    if not text:
        raise Refused(_("Text: an announcement needs words."), "text")
    with transaction.atomic():
        announcement = Announcement.objects.create(made_by=host, title=title, text=text)
        record("announced", actor=host, announcement=announcement.public_id)
        tell_members.defer(announcement_id=announcement.pk, after=0)
    return announcement


def withdraw(announcement: Announcement, *, by: Member | None = None) -> bool:
    """Take it back: page and notices are gone for everybody. Says whether it stood."""
    standing = Announcement.objects.standing().filter(pk=announcement.pk)
    with transaction.atomic():
        won = bool(standing.update(withdrawn_at=timezone.now()))
        if won:
            record("announcement_withdrawn", actor=by, announcement=announcement.public_id)
    return won


def tell_some(announcement: Announcement, after: int) -> int | None:
    """Tell the next thousand of those who were members when it was made; gives where to go on, if anywhere."""
    members = Member.objects.let_in().filter(pk__gt=after, joined_at__lte=announcement.made_at)
    keys = list(members.order_by("pk").values_list("pk", flat=True)[:CHUNK])
    notify(
        ANNOUNCEMENT,
        [key for key in keys if key != announcement.made_by_id],
        event=f"announcement:{announcement.pk}",
        subject=announcement,
        at=announcement.made_at,
    )
    return keys[-1] if len(keys) == CHUNK else None
