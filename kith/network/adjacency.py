"""The one door to the bitmaps: reading them many at a time, writing them with the rows, proving both equal."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from struct import pack
from typing import Any

import psycopg
from django.db import connection, transaction
from django.db.models.expressions import RawSQL
from psycopg.adapt import Dumper
from psycopg.pq import Format
from pyroaring import BitMap

from kith.network.models import Neighbours, UnseenInPaths

INT4, INT4_ARRAY = 23, 1007  # PostgreSQL's type numbers
REBUILT_TOGETHER = 5_000
TOGETHER = 2_000  # bitmaps of one question to the database


class _Ids:
    """Member ids on their way to PostgreSQL; psycopg would look at each of them."""

    def __init__(self, values: Any) -> None:
        self.values = values  # array("I")


class _IdsDumper(Dumper):
    format = Format.BINARY
    oid = INT4_ARRAY

    def dump(self, obj: _Ids) -> bytes:
        sizes_and_values = array("I", [4]) * (2 * len(obj.values))
        sizes_and_values[1::2] = obj.values
        sizes_and_values.byteswap()
        return pack("!iiIii", 1, 0, INT4, len(obj.values), 1) + sizes_and_values.tobytes()


@dataclass
class _Unseen:
    """This process's copy of the members who appear in no path; each fetch asks whether it still holds."""

    version: int = 0
    ids: Any = field(default_factory=BitMap)


_unseen = _Unseen()


def fetch_adjacency(ids: Iterable[int]) -> dict[int, Any]:
    """Bitmaps of these members' connections, for those who have any: member id to BitMap."""
    values = ids.to_array() if isinstance(ids, BitMap) else array("I", ids)
    found: dict[int, Any] = {}
    read = BitMap.deserialize
    for start in range(0, len(values), TOGETHER):
        cursor = _raw_cursor()
        # The second part is empty but for the first fetch after somebody chose to appear in no path.
        cursor.execute(
            "SELECT member_id, bitmap FROM network_neighbours WHERE member_id = ANY(%s) "
            "UNION ALL SELECT -version, bitmap FROM network_unseeninpaths WHERE version <> %s",
            [_Ids(values[start : start + TOGETHER]), _unseen.version],
            binary=True,
        )
        for member_id, bitmap in cursor.fetchall():
            if member_id < 0:
                _unseen.version, _unseen.ids = -member_id, read(bitmap)
            else:
                found[member_id] = read(bitmap)
    return found


def unseen() -> Any:
    """Members who are no stepping stone and no face, as of this process's last fetch."""
    return _unseen.ids


def as_rows(ids: Iterable[int]) -> RawSQL:
    """Members for `__in`, however many: one value for the database, not one for each."""
    return RawSQL("SELECT unnest(%s::int4[])", [list(ids)])


def join_pair(low_id: int, high_id: int) -> bool:
    """Write a connection and both bitmaps; False if it stands already. For use inside a transaction."""
    bitmaps = _locked(low_id, high_id)
    cursor = _raw_cursor()
    cursor.execute(
        "INSERT INTO network_connection (low_id, high_id, made_at) VALUES (%s, %s, now()) ON CONFLICT DO NOTHING",
        [low_id, high_id],
    )
    if not cursor.rowcount:
        return False
    bitmaps[low_id].add(high_id)
    bitmaps[high_id].add(low_id)
    _write(bitmaps)
    return True


def part_pair(low_id: int, high_id: int) -> bool:
    """Remove a connection from its row and both bitmaps; False if there is none. For use inside a transaction."""
    bitmaps = _locked(low_id, high_id)
    cursor = _raw_cursor()
    cursor.execute("DELETE FROM network_connection WHERE low_id = %s AND high_id = %s", [low_id, high_id])
    if not cursor.rowcount:
        return False
    bitmaps[low_id].discard(high_id)
    bitmaps[high_id].discard(low_id)
    _write(bitmaps)
    return True


def _locked(low_id: int, high_id: int) -> dict[int, Any]:
    """Both bitmaps, locked in the order of ids: two acts on one member wait for each other and never cross."""
    cursor = _raw_cursor()
    lock = (
        "SELECT member_id, bitmap FROM network_neighbours WHERE member_id IN (%s, %s) "
        "ORDER BY member_id FOR NO KEY UPDATE"
    )
    rows = cursor.execute(lock, [low_id, high_id], binary=True).fetchall()
    if len(rows) < 2:
        empty = BitMap().serialize()
        cursor.execute(
            "INSERT INTO network_neighbours (member_id, degree, format, bitmap) "
            "VALUES (%s, 0, 1, %s), (%s, 0, 1, %s) ON CONFLICT DO NOTHING",
            [low_id, empty, high_id, empty],
        )
        rows = cursor.execute(lock, [low_id, high_id], binary=True).fetchall()
    return {member_id: BitMap.deserialize(bitmap) for member_id, bitmap in rows}


def _write(bitmaps: dict[int, Any]) -> None:
    values = [value for pair in bitmaps.items() for value in (pair[0], len(pair[1]), pair[1].serialize())]
    _raw_cursor().execute(
        "UPDATE network_neighbours AS held SET degree = new.degree, bitmap = new.bitmap "
        "FROM (VALUES (%s::int, %s::int, %s::bytea), (%s::int, %s::int, %s::bytea)) "
        "AS new (member_id, degree, bitmap) WHERE held.member_id = new.member_id",
        values,
        binary=True,
    )


def forget(member_id: int) -> None:
    """Drop the bitmap of somebody who leaves, and their place among those who appear in no path."""
    Neighbours.objects.filter(pk=member_id).delete()
    appear_in_paths(member_id, shown=True)


@transaction.atomic
def appear_in_paths(member_id: int, *, shown: bool) -> None:
    """Let a member be a stepping stone and a face, or not, from this commit on, in every process."""
    UnseenInPaths.objects.get_or_create(pk=1, defaults={"version": 1, "bitmap": BitMap().serialize()})
    row = UnseenInPaths.objects.select_for_update().get(pk=1)
    ids = BitMap.deserialize(bytes(row.bitmap))
    if (member_id in ids) == shown:
        (ids.discard if shown else ids.add)(member_id)
        set_unseen(ids)


def set_unseen(member_ids: Iterable[int]) -> None:
    """Write the whole set of members who appear in no path; versions are moments, so that none comes twice."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO network_unseeninpaths (id, version, bitmap) "
            "VALUES (1, (extract(epoch FROM clock_timestamp()) * 1000000)::bigint, %s) "
            "ON CONFLICT (id) DO UPDATE SET version = excluded.version, bitmap = excluded.bitmap",
            [BitMap(member_ids).serialize()],
        )


def rebuild() -> int:
    """Write every bitmap anew from the rows; returns how many members have one."""
    count = 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE network_connection, network_neighbours IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute("DELETE FROM network_neighbours")
        for some in _from_rows():
            with cursor.copy(
                "COPY network_neighbours (member_id, degree, format, bitmap) FROM STDIN (FORMAT BINARY)"
            ) as copy:
                copy.set_types(["int4", "int4", "int2", "bytea"])
                for member_id, bitmap in some.items():
                    row = (member_id, len(bitmap), Neighbours.Format.ROARING.value, bitmap.serialize())
                    copy.write_row(row)
            count += len(some)
    return count


def differences() -> list[int]:
    """Members whose bitmap is not what the rows say; empty while all is well."""
    wrong: list[int] = []
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE network_connection, network_neighbours IN SHARE MODE")
        connected: set[int] = set()
        for some in _from_rows():
            held = fetch_adjacency(some)
            connected.update(some)
            wrong += [member_id for member_id, bitmap in some.items() if held.get(member_id) != bitmap]
        cursor.execute("SELECT member_id FROM network_neighbours WHERE degree > 0")
        wrong += [member_id for (member_id,) in cursor.fetchall() if member_id not in connected]
    return sorted(wrong)


def _from_rows() -> Iterator[dict[int, Any]]:
    """Bitmaps as the connection rows say, some thousands of members at a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(high_id), 0) FROM network_connection")
        last = cursor.fetchone()[0]
    for start in range(1, last + 1, REBUILT_TOGETHER):
        cursor = _raw_cursor()
        within = [start, start + REBUILT_TOGETHER - 1] * 2
        cursor.execute(
            """
            SELECT one, array_agg(other) FROM (
              SELECT low_id AS one, high_id AS other FROM network_connection WHERE low_id BETWEEN %s AND %s
              UNION ALL
              SELECT high_id, low_id FROM network_connection WHERE high_id BETWEEN %s AND %s
            ) AS pairs GROUP BY one
            """,
            within,
        )
        yield {member_id: BitMap(others) for member_id, others in cursor.fetchall()}


def _raw_cursor() -> Any:
    """Django's own cursors speak text; bitmaps are half as long in binary. Same connection, same transaction."""
    connection.ensure_connection()
    cursor = psycopg.Cursor(connection.connection)
    cursor.adapters.register_dumper(_Ids, _IdsDumper)
    return cursor
