"""Acts on the ledger: tell, read, unread."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from kith.members.models import Block, Member
from kith.members.policy import Viewer
from kith.notifications.kinds import Channel, Choice, Kind
from kith.notifications.models import Notification, NotificationQuerySet, Preference

CHUNK = 2_000


def notify(
    kind: Kind,
    recipients: Iterable[Member | int],
    *,
    event: str,
    actor: Member | None = None,
    subject: models.Model | None = None,
    facts: dict[str, Any] | None = None,
    group: str = "",
    at: datetime | None = None,
) -> None:
    """Tell each recipient of one event, once however often it is said, in the caller's transaction (d11).

    Recipients are members or their keys. Nobody is told who did it themselves, is hidden from the actor by a
    block of either side, is not let in, or switched the kind off. `event` names what happened for ever, such as
    "announcement:17"; `facts` holds numbers and keys, never people's words; `group` overrules the kind's fold.
    """
    keys = {one.pk if isinstance(one, Member) else one for one in recipients}
    subject_type = subject._meta.label_lower if subject else ""
    row = {
        "kind": kind.name,
        "event": event,
        "group": group or kind.group_of(subject_type, subject.pk if subject else None),
        "actor": actor,
        "subject_type": subject_type,
        "subject_id": subject.pk if subject else None,
        "facts": facts or {},
        "at": at or timezone.now(),
    }
    told = _to_tell(kind, keys, actor)
    with transaction.atomic():
        Notification.objects.bulk_create(
            [Notification(recipient_id=key, **row) for key in told], batch_size=CHUNK, ignore_conflicts=True
        )


def mark_read(notification: Notification, *, now: datetime | None = None) -> int:
    """Read one line: the notice and, where events fold, the unread ones of its group up to it."""
    line = _visible(notification.recipient).unread().filter(_line_of(notification), at__lte=notification.at)
    return line.update(read_at=now or timezone.now())


def mark_unread(notification: Notification) -> int:
    """Back to unread: the whole line as it was read."""
    line = _visible(notification.recipient).filter(_line_of(notification))
    return line.filter(read_at=notification.read_at).update(read_at=None)


def mark_all_read(member: Member, *, until: datetime, now: datetime | None = None) -> datetime | None:
    """Read everything the page showed when it was made; gives the moment that takes it back, if any was unread."""
    moment = now or timezone.now()
    won = _visible(member).unread().filter(at__lte=until).update(read_at=moment)
    return moment if won else None


def take_back_reading(member: Member, moment: datetime) -> int:
    """Undo one `mark_all_read` (or one opening): unread again what was read at that very moment."""
    return Notification.objects.filter(recipient=member, read_at=moment).update(read_at=None)


def unread_count(viewer: Viewer) -> int:
    """How many unread notices this viewer may see (d12); one query."""
    return Notification.objects.visible_to(viewer).unread().count()


def _to_tell(kind: Kind, keys: set[int], actor: Member | None) -> QuerySet[Member, int]:
    members = Member.objects.let_in().filter(pk__in=keys)
    if kind.hosts_only:
        members = members.hosts()
    if not kind.essential:
        chosen = Preference.objects.filter(kind=kind.name, channel=Channel.PAGE)
        if kind.default == Choice.OFF:
            members = members.filter(pk__in=chosen.exclude(choice=Choice.OFF).values("member"))
        else:
            members = members.exclude(pk__in=chosen.filter(choice=Choice.OFF).values("member"))
    if actor:
        standing = Block.objects.standing()
        members = members.exclude(
            Q(pk=actor.pk)
            | Q(pk__in=standing.filter(blocker=actor).values("blocked"))
            | Q(pk__in=standing.filter(blocked=actor).values("blocker"))
        )
    # In one order, so that two tellings of the same event never wait for each other in a ring.
    return members.order_by("pk").values_list("pk", flat=True)


def _visible(member: Member) -> NotificationQuerySet:
    return Notification.objects.visible_to(Viewer(member))


def _line_of(notification: Notification) -> Q:
    if not notification.group:
        return Q(pk=notification.pk)
    return Q(kind=notification.kind, group=notification.group)
