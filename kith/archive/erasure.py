"""Leaving for good: every row, file and letter of a member goes, and no backup brings them back (b36, b37)."""

import re
import time
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from kith.archive.export.actions import path_of as path_of_export
from kith.archive.export.rows import rows_of
from kith.archive.export.tables import MINE, Table
from kith.archive.export.ties import TIES, Tie
from kith.archive.models import Export
from kith.archive.uploads import path_of as path_of_upload
from kith.contacts.models import AnalyticsDay, AnalyticsPost, AnalyticsTotal, ImportRun
from kith.core.models import Budget, Letter
from kith.core.refusal import Refused
from kith.members.audit import record
from kith.members.models import JoinLink, Member, Organisation, RosterEntry
from kith.network.actions.connections import disconnect_all
from kith.network.models import Invitation
from kith.notifications.models import Notification
from kith.ops import erased
from kith.profiles.models import Profile
from kith.profiles.photos import SIZES, photo_path

LETTER_OPENS = re.compile(r"/invited/(\w+)-")  # network.letters


def begin(member: Member) -> None:
    """The account ends at once, with every session; the worker erases what is behind it within seconds."""
    from kith.archive.tasks import erase_member

    with transaction.atomic():
        list(Member.objects.hosts().select_for_update().order_by("pk"))  # two hosts cannot leave at once
        if member.is_host and not other_hosts(member).exists():
            raise Refused(_("You are the only host: make somebody else a host first, then leave."), "handle")
        Member.objects.filter(pk=member.pk).update(is_active=False)
        end_sessions(member)
        erase_member.defer(member_id=member.pk)
        transaction.on_commit(lambda: remember(member))


def other_hosts(member: Member) -> Any:
    """Who else could look after this house."""
    return (
        Member.objects.hosts().let_in().filter(demo_at__isnull=member.demo_at is None).exclude(pk=member.pk)
    )


def erase(member: Member) -> None:
    """Delete everything of a member; running again finds nothing to do."""
    remember(member)
    with transaction.atomic():
        # Whoever writes a row of this member's now waits, and then finds no member to hang it on.
        if not Member.objects.select_for_update().filter(pk=member.pk).exists():
            return
        files = _files(member)
        end_sessions(member)
        disconnect_all(member)
        named = _organisations(member)
        _forget_elsewhere(member)
        _delete_own(member)
        Member.objects.get(pk=member.pk).delete()
        _drop_unnamed(named)
        record("member_erased", actor=None)
    for path in files:
        path.unlink(missing_ok=True)


def remember(member: Member) -> None:
    """Put the member's mark on the list that outlives the database."""
    erased.add(Path(settings.DATA_DIR), mark_of(member.public_id))


def mark_of(public_id: str) -> str:
    """A keyed hash: it recognises somebody, and names nobody."""
    return salted_hmac("kith.erased", public_id, algorithm="sha256").hexdigest()


def replay() -> int:
    """Erase whoever is on the list and here again, as after an older backup; returns how many."""
    marks = erased.marks(Path(settings.DATA_DIR))
    if not marks:
        return 0
    again = [pk for pk, name in Member.objects.values_list("pk", "public_id") if mark_of(name) in marks]
    for member in Member.objects.filter(pk__in=again):
        erase(member)
    return len(again)


def sweep_pictures() -> int:
    """Remove pictures of yesterday that nobody's row names, as a crash leaves them; returns how many files."""
    named = {*Member.objects.values_list("photo_key", flat=True)}
    named |= {*Profile.objects.values_list("banner_key", flat=True)}
    folder, gone = photo_path("x", "small").parent, 0
    for path in folder.glob("*.webp") if folder.exists() else ():
        if path.name.rsplit("-", 1)[0] not in named and path.stat().st_mtime < time.time() - 24 * 3600:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def end_sessions(member: Member) -> None:
    """Every browser is signed out with its next request."""
    mine = [
        session.pk
        for session in Session.objects.iterator(chunk_size=1_000)
        if session.get_decoded().get("_auth_user_id") == str(member.pk)
    ]
    Session.objects.filter(pk__in=mine).delete()


def _files(member: Member) -> list[Path]:
    """What lies in the media folder of theirs."""
    exports = Export.objects.owned_by(member).exclude(file="")
    runs = ImportRun.objects.owned_by(member).exclude(upload="")
    keys = [member.photo_key, *Profile.objects.filter(member=member).values_list("banner_key", flat=True)]
    pictures = [photo_path(key, size) for key in filter(None, keys) for size in SIZES]
    return [*map(path_of_export, exports), *map(path_of_upload, runs), *pictures]


def _forget_elsewhere(member: Member) -> None:
    """What speaks of them without hanging on them: letters, limits, notices of others, the roster, queued work."""
    addresses = _addresses(member)
    for address in addresses:
        Letter.objects.filter(
            Q(to__iexact=address) | Q(text__icontains=address) | Q(html__icontains=address)
        ).delete()
        Budget.objects.filter(key__icontains=address).delete()
        Invitation.objects.filter(email__iexact=address).update(email="")
    Letter.objects.filter(Q(text__contains=member.public_id) | Q(html__contains=member.public_id)).delete()
    _forget_invitations_by_letter(member)
    Notification.objects.filter(facts__icontains=member.public_id).delete()
    everything: tuple[Table | Tie, ...] = (*MINE, *TIES)
    for owned in everything:
        mine = owned.model._default_manager.filter(**{owned.owner: member.pk}).values("pk")
        Notification.objects.filter(
            subject_type__iexact=owned.model._meta.label, subject_id__in=mine
        ).delete()
    RosterEntry.objects.filter(claimed_by=member).update(
        email="", name="", fields={}, token_hash="", claimed_by=None, never_again_at=timezone.now()
    )
    links = JoinLink.objects.filter(made_by=member)
    Letter.objects.filter(to__in=links.exclude(email="").values("email"), text__contains=member.name).delete()
    links.delete()
    _forget_queued([member.public_id, *addresses])


def _forget_invitations_by_letter(member: Member) -> None:
    """Letters that ask somebody outside in their name; of one that went out, only to whom and its subject are left."""
    asked = dict(
        Invitation.objects.filter(sender=member, mailed_at__isnull=False).values_list("public_id", "email")
    )
    kept = Letter.objects.filter(text__contains="/invited/").values_list("pk", "text").iterator()
    theirs = [pk for pk, text in kept if any(name in asked for name in LETTER_OPENS.findall(text))]
    Letter.objects.filter(pk__in=theirs).delete()
    Letter.objects.filter(text="", to__in=asked.values(), subject__contains=member.name).delete()


def _addresses(member: Member) -> list[str]:
    found = {member.email}
    if apps.is_installed("allauth.account"):
        known = apps.get_model("account", "EmailAddress").objects.filter(user=member)
        found |= set(known.values_list("email", flat=True))
    return sorted(found)


def _forget_queued(words: list[str]) -> None:
    """Work that names them; what runs now ends by itself."""
    with connection.cursor() as cursor:
        for word in words:
            cursor.execute(
                "DELETE FROM procrastinate_jobs WHERE status <> 'doing' AND position(%s in args::text) > 0",
                [word],
            )


def _delete_own(member: Member) -> None:
    """Table by table in one statement each: a desk of a hundred thousand rows goes in seconds."""
    for table in reversed(MINE):
        if table.model is not Member:
            _whole_with_dependents(rows_of(table, member).order_by())
    for model in (AnalyticsDay, AnalyticsPost, AnalyticsTotal):
        _whole(model.objects.owned_by(member))


def _whole_with_dependents(rows: Any) -> None:
    for relation in rows.model._meta.related_objects:
        dependent = relation.related_model
        if all(dependent is not table.model for table in MINE):
            _whole(dependent._default_manager.filter(**{f"{relation.field.name}__in": rows}))
    _whole(rows)


def _whole(rows: Any) -> None:
    rows.order_by()._raw_delete(rows.db)  # nothing hangs on these but what goes as well


def _organisations(member: Member) -> set[int]:
    return {
        pk
        for table in MINE
        for name, codec in table.codecs.items()
        if table.model._meta.get_field(name).related_model is Organisation
        for pk in rows_of(table, member).exclude(**{name: None}).values_list(name, flat=True)
    }


def _drop_unnamed(organisations: set[int]) -> None:
    """A company only they named was their text; one that somebody else names, or a host merged, stays."""
    Organisation.objects.filter(
        pk__in=organisations, positions=None, schoolings=None, spellings=None
    ).delete()
