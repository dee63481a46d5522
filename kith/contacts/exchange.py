"""What passed between the owner and each contact, counted from messages and talks.

Only conversations that are no campaign count. In a conversation of several only what a person wrote
themselves is an exchange with them. A merged contact counts with the one it stands behind.
"""

from collections.abc import Iterable

from django.db import connection

from kith.contacts.standing import STANDING
from kith.members.models import Member

_RECOUNT = """, exchange AS (
    SELECT s.root, m.id, m.sent_at, m.outgoing, true AS alone
      FROM stands s
      JOIN contacts_threadperson p ON p.contact_id = s.id
      JOIN contacts_thread t ON t.id = p.thread_id AND NOT t.is_sponsored AND NOT t.is_group
      JOIN contacts_pastmessage m ON m.thread_id = t.id AND (m.outgoing OR m.sender_id IS NULL)
    UNION
    SELECT s.root, m.id, m.sent_at, m.outgoing, NOT t.is_group
      FROM stands s
      JOIN contacts_pastmessage m ON m.sender_id = s.id AND NOT m.outgoing
      JOIN contacts_thread t ON t.id = m.thread_id AND NOT t.is_sponsored
), messages AS (
    SELECT root,
           count(*) FILTER (WHERE outgoing) AS sent,
           count(*) FILTER (WHERE NOT outgoing) AS received,
           min(sent_at) AS first_at,
           max(sent_at) AS last_at,
           (array_agg(outgoing ORDER BY sent_at DESC, id DESC))[1] AS last_outgoing,
           (array_agg(outgoing ORDER BY sent_at DESC, id DESC) FILTER (WHERE alone))[1] AS last_alone_outgoing,
           max(sent_at) FILTER (WHERE alone) AS last_alone_at
      FROM exchange GROUP BY root
), talks AS (
    SELECT s.root, count(*) AS held, max(k.held_on) AS last_on,
           (array_agg(k.precision ORDER BY k.held_on DESC, k.id DESC))[1] AS last_precision
      FROM stands s JOIN contacts_talk k ON k.contact_id = s.id GROUP BY s.root
), fresh AS (
    SELECT s.id, coalesce(m.sent, 0) AS sent, coalesce(m.received, 0) AS received, m.first_at, m.last_at,
           m.last_outgoing, CASE WHEN NOT m.last_alone_outgoing THEN m.last_alone_at END AS wrote_last_at,
           coalesce(k.held, 0) AS held, k.last_on,
           coalesce(k.last_precision, '') AS last_precision,
           greatest((m.last_at AT TIME ZONE 'UTC')::date, k.last_on) AS in_touch_on
      FROM stands s
      LEFT JOIN messages m ON m.root = s.id
      LEFT JOIN talks k ON k.root = s.id
)
UPDATE contacts_contact c
   SET sent_count = f.sent, received_count = f.received, first_exchange_at = f.first_at,
       last_exchange_at = f.last_at, last_exchange_outgoing = f.last_outgoing,
       wrote_last_at = f.wrote_last_at, talk_count = f.held, last_talk_on = f.last_on,
       last_talk_precision = f.last_precision, in_touch_on = f.in_touch_on
  FROM fresh f
 WHERE c.id = f.id
   AND (c.sent_count, c.received_count, c.first_exchange_at, c.last_exchange_at, c.last_exchange_outgoing,
        c.wrote_last_at, c.talk_count, c.last_talk_on, c.last_talk_precision, c.in_touch_on)
       IS DISTINCT FROM
       (f.sent, f.received, f.first_at, f.last_at, f.last_outgoing, f.wrote_last_at, f.held,
        f.last_on, f.last_precision, f.in_touch_on)
"""


def recount(owner: Member, contact_ids: Iterable[int] | None = None) -> int:
    """Count anew for all of an owner's contacts or for some, in one statement; gives how many changed."""
    ids = None if contact_ids is None else list(contact_ids)
    if ids == []:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(STANDING + _RECOUNT, {"owner": owner.pk, "ids": ids})
        return cursor.rowcount
