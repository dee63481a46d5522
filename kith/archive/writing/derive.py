"""What follows from imported facts, rebuilt in a few statements after an import or its undoing."""

from django.apps import apps
from django.db import connection
from django.db.models import Exists, OuterRef

from kith.contacts.exchange import recount
from kith.contacts.models import MessageVersion, PastInvitation, Sighting, Thread
from kith.contacts.shown import refresh_search, refresh_shown
from kith.members.models import Member


def after_import(owner: Member) -> None:
    """Shown names, exchange counts, accepted invitations, opened and answered conversations."""
    _tell_the_planner()
    refresh_shown(owner)
    _mark_accepted(owner)
    _mark_opened(owner)
    MessageVersion.objects.owned_by(owner).exclude(threads__isnull=False).delete()
    recount(owner)


def after_taking_in(owner: Member, *, new_imports: bool) -> None:
    """After an export came in: shown facts came along, unless its imports stand beside others now."""
    _tell_the_planner()
    if new_imports:
        refresh_shown(owner)
        _mark_accepted(owner)
    else:
        refresh_search(owner)
    recount(owner)


def _tell_the_planner() -> None:
    """After a bulk change the database's estimates are far off, and joins over them take seconds."""
    tables = ", ".join(model._meta.db_table for model in apps.get_app_config("contacts").get_models())
    with connection.cursor() as cursor:
        cursor.execute(f"analyze {tables}")


def _mark_accepted(owner: Member) -> None:
    """Accepted = the other side is a connection in some archive (5.2)."""
    connected = Sighting.objects.filter(contact=OuterRef("contact"), connected_on__isnull=False)
    PastInvitation.objects.owned_by(owner).update(accepted=Exists(connected))


def _mark_opened(owner: Member) -> None:
    """A thread the owner opened, and when somebody else answered."""
    table, messages = Thread._meta.db_table, "contacts_pastmessage"
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            update {table} t set opened_at = s.opened_at, answered_at = s.answered_at
            from (
                select th.id,
                    case when f.outgoing then f.sent_at end as opened_at,
                    case when f.outgoing then (
                        select min(a.sent_at) from {messages} a
                        where a.thread_id = th.id and not a.outgoing and a.sent_at >= f.sent_at
                    ) end as answered_at
                from {table} th
                left join lateral (
                    select outgoing, sent_at from {messages} m
                    where m.thread_id = th.id order by sent_at, outgoing desc, id limit 1
                ) f on true
                where th.owner_id = %s
            ) s
            where s.id = t.id and (t.opened_at, t.answered_at) is distinct from (s.opened_at, s.answered_at)
            """,  # noqa: S608 table names of our own models
            [owner.pk],
        )
