"""Which contact each contact stands behind: merges followed to their end, the start of every recount."""

STANDING = """
WITH RECURSIVE up AS (
    SELECT id, merged_into_id FROM contacts_contact
     WHERE owner_id = %(owner)s AND (%(ids)s::int[] IS NULL OR id = ANY(%(ids)s::int[]))
    UNION
    SELECT c.id, c.merged_into_id FROM contacts_contact c JOIN up ON c.id = up.merged_into_id
), stands AS (
    SELECT id, id AS root FROM up WHERE merged_into_id IS NULL
    UNION ALL
    SELECT c.id, s.root FROM contacts_contact c JOIN stands s ON c.merged_into_id = s.id
)"""
