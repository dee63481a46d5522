"""What a contact shows: what its owner typed, else what the newest archive saw.

Company and title come as a pair from one sighting, so that no title stands beside a company it never
belonged to. Somebody is a connection when the newest archive that lists connections lists them. A contact
with no sighting left keeps its name and address word, by which a later import finds it again.
"""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from kith.contacts.models import Contact
from kith.contacts.standing import STANDING
from kith.core.text import fold
from kith.members.models import Member

SEARCHED = 20_000  # signs kept searchable for one contact

_SHOW = """, behind AS (
    SELECT id, root, id = root AS own FROM stands
    UNION
    SELECT id, id, true FROM stands
), newest_list AS (
    SELECT g.run_id FROM contacts_sighting g JOIN contacts_importrun r ON r.id = g.run_id
     WHERE g.owner_id = %(owner)s AND g.connected_on IS NOT NULL
     ORDER BY coalesce(r.as_of, r.uploaded_at::date) DESC, r.id DESC LIMIT 1
), fact AS (
    SELECT b.root, b.own, g.*, coalesce(r.as_of, r.uploaded_at::date) AS seen_on
      FROM behind b
      JOIN contacts_sighting g ON g.contact_id = b.id
      JOIN contacts_importrun r ON r.id = g.run_id
), newest AS (
    SELECT root,
           (array_agg(name ORDER BY own DESC, seen_on DESC, run_id DESC) FILTER (WHERE name <> ''))[1] AS name,
           (array_agg(slug ORDER BY seen_on DESC, run_id DESC) FILTER (WHERE own AND slug IS NOT NULL))[1] AS slug,
           (array_agg(email ORDER BY seen_on DESC, run_id DESC) FILTER (WHERE email <> ''))[1] AS email,
           (array_agg(company ORDER BY seen_on DESC, run_id DESC)
               FILTER (WHERE company <> '' OR title <> ''))[1] AS company,
           (array_agg(title ORDER BY seen_on DESC, run_id DESC)
               FILTER (WHERE company <> '' OR title <> ''))[1] AS title,
           (array_agg(birthday ORDER BY seen_on DESC, run_id DESC) FILTER (WHERE birthday <> ''))[1] AS birthday,
           (array_agg(phones ORDER BY seen_on DESC, run_id DESC) FILTER (WHERE phones <> ''))[1] AS phones,
           min(connected_on) FILTER (WHERE run_id = (SELECT run_id FROM newest_list)) AS connected_on
      FROM fact GROUP BY root
), fresh AS (
    SELECT c.id,
           CASE WHEN 'name' = ANY(c.typed_fields) THEN c.name ELSE coalesce(n.name, c.name) END AS name,
           coalesce(n.slug, c.slug) AS slug,
           CASE WHEN 'email' = ANY(c.typed_fields) THEN c.email ELSE coalesce(n.email, '') END AS email,
           CASE WHEN 'company' = ANY(c.typed_fields) THEN c.company ELSE coalesce(n.company, '') END AS company,
           CASE WHEN 'title' = ANY(c.typed_fields) THEN c.title ELSE coalesce(n.title, '') END AS title,
           CASE WHEN 'birthday' = ANY(c.typed_fields) THEN c.birthday ELSE coalesce(n.birthday, '') END
               AS birthday,
           CASE WHEN 'phones' = ANY(c.typed_fields) THEN c.phones ELSE coalesce(n.phones, '') END AS phones,
           n.connected_on
      FROM contacts_contact c
      JOIN stands s ON s.id = c.id
      LEFT JOIN newest n ON n.root = c.id
)
UPDATE contacts_contact c
   SET name = f.name, slug = f.slug, email = f.email, company = f.company, title = f.title,
       birthday = f.birthday, phones = f.phones, connected_on = f.connected_on
  FROM fresh f
 WHERE c.id = f.id
   AND (c.name, c.slug, c.email, c.company, c.title, c.birthday, c.phones, c.connected_on)
       IS DISTINCT FROM
       (f.name, f.slug, f.email, f.company, f.title, f.birthday, f.phones, f.connected_on)
"""

_WORDS = """
SELECT c.id, c.sort_name, c.search_text, c.name,
       concat_ws(' ', c.name, c.company, c.title, c.email, c.specialties, c.good_fit_for,
           (SELECT string_agg(text, ' ') FROM contacts_note n WHERE n.contact_id = c.id),
           (SELECT string_agg(notes, ' ') FROM contacts_talk k WHERE k.contact_id = c.id AND notes <> ''),
           (SELECT string_agg(concat_ws(' ', m.name, m.search_text), ' ')
              FROM contacts_contact m WHERE m.merged_into_id = c.id))
  FROM contacts_contact c
 WHERE c.owner_id = %(owner)s AND (%(ids)s::int[] IS NULL OR c.id = ANY(%(ids)s::int[]))
 ORDER BY c.merged_into_id IS NULL
"""

_STORE = """
UPDATE contacts_contact c SET sort_name = f.sort_name, search_text = f.search_text
  FROM unnest(%(ids)s::int[], %(sort)s::text[], %(search)s::text[]) AS f(id, sort_name, search_text)
 WHERE c.id = f.id
"""


def refresh_shown(owner: Member, contact_ids: Iterable[int] | None = None) -> None:
    """Show the newest facts of all of an owner's contacts or of some, and what they are found by."""
    ids = None if contact_ids is None else list(contact_ids)
    if ids == []:
        return
    with connection.cursor() as cursor:
        cursor.execute(STANDING + _SHOW, {"owner": owner.pk, "ids": ids})
    refresh_search(owner, ids)


def refresh_search(owner: Member, contact_ids: Iterable[int] | None = None) -> None:
    """Keep what contacts are sorted and found by: names, work, real specialties, private notes."""
    ids = None if contact_ids is None else _with_those_in_front(list(contact_ids))
    changed: tuple[list[Any], list[Any], list[Any]] = ([], [], [])
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, {"owner": owner.pk, "ids": ids})
        for pk, old_sort, old_search, name, words in cursor.fetchall():
            sort_name, search = fold(name)[:300], fold(words[:SEARCHED])
            if (sort_name, search) != (old_sort, old_search):
                for column, value in zip(changed, (pk, sort_name, search), strict=True):
                    column.append(value)
        if changed[0]:
            cursor.execute(_STORE, {"ids": changed[0], "sort": changed[1], "search": changed[2]})


def _with_those_in_front(ids: list[int]) -> list[int]:
    """A merged contact is found through the one it stands behind."""
    seen = set(ids)
    while ids:
        ids = list(
            Contact.objects.filter(pk__in=ids, merged_into__isnull=False)
            .exclude(merged_into__in=seen)
            .values_list("merged_into_id", flat=True)
        )
        seen.update(ids)
    return list(seen)
