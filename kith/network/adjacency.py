"""The one door to the bitmaps: reading them many at a time, writing them with the rows, proving both equal."""

from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import choices
from struct import pack
from time import sleep
from typing import Any

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import OperationalError, connection, models, transaction
from django.db.models.expressions import RawSQL
from psycopg.adapt import Dumper
from psycopg.pq import Format
from pyroaring import BitMap

from kith.network.models import Neighbours, NetworkChoices, UnseenInPaths

INT4, INT4_ARRAY = 23, 1007  # PostgreSQL's type numbers
LOCK_TRIES, LOCK_PAUSE = 1_200, 0.05  # a minute
REBUILT_TOGETHER, SAMPLED = 5_000, 500  # members of one piece
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
        # The second part is empty but for the first fetch after somebody chose to appear in no path.
        rows = _ask(
            "SELECT member_id, bitmap FROM network_neighbours WHERE member_id = ANY(%s) "
            "UNION ALL SELECT -version, bitmap FROM network_unseeninpaths WHERE version <> %s",
            [_Ids(values[start : start + TOGETHER]), _unseen.version],
        )
        for member_id, bitmap in rows.fetchall():
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


def ids_of(members: models.QuerySet[Any]) -> Any:
    """The ids of these members, however many, as a BitMap: one value from the database, not a row for each."""
    try:
        return ids_asked(*members.order_by().values("pk").query.sql_with_params())
    except EmptyResultSet:
        return BitMap()


def ids_asked(question: str, values: Sequence[Any]) -> Any:
    """The same for a question in SQL that answers with one column of ids."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT string_agg(int4send(id), '') FROM ({question}) AS asked (id)", values)  # noqa: S608
        ids = array("I", cursor.fetchone()[0] or b"")
    ids.byteswap()
    return BitMap(ids)


def join_pair(low_id: int, high_id: int) -> bool:
    """Write a connection and both bitmaps; False if it stands already. For use inside a transaction."""
    bitmaps = _locked(low_id, high_id)
    bitmaps[low_id].add(high_id)
    bitmaps[high_id].add(low_id)
    return _write(
        "INSERT INTO network_connection (low_id, high_id, made_at) VALUES (%s::int, %s::int, now()) "
        "ON CONFLICT DO NOTHING RETURNING id",
        low_id,
        high_id,
        bitmaps,
    )


def part_pair(low_id: int, high_id: int) -> bool:
    """Remove a connection from its row and both bitmaps; False if there is none. For use inside a transaction."""
    if low_id == high_id:
        return False
    bitmaps = _locked(low_id, high_id)
    bitmaps[low_id].discard(high_id)
    bitmaps[high_id].discard(low_id)
    return _write(
        "DELETE FROM network_connection WHERE low_id = %s::int AND high_id = %s::int RETURNING id",
        low_id,
        high_id,
        bitmaps,
    )


def part_all(member_id: int) -> int:
    """Remove every connection of somebody; how many. All bitmaps in the order of ids: see `_locked`."""
    circle = _ask(
        "SELECT member_id, bitmap FROM network_neighbours WHERE member_id = %(one)s OR member_id IN "
        "(SELECT low_id FROM network_connection WHERE high_id = %(one)s "
        "UNION ALL SELECT high_id FROM network_connection WHERE low_id = %(one)s) "
        "ORDER BY member_id FOR NO KEY UPDATE",
        {"one": member_id},
    ).fetchall()
    for start in range(0, len(circle), TOGETHER):
        _discard(member_id, circle[start : start + TOGETHER])
    gone = "DELETE FROM network_connection WHERE low_id = %(one)s OR high_id = %(one)s"
    count: int = _ask(gone, {"one": member_id}).rowcount
    forget(member_id)
    return count


def _discard(member_id: int, rows: list[tuple[int, bytes]]) -> None:
    """Take one member out of these bitmaps, in one statement however many."""
    bitmaps = [BitMap.deserialize(bitmap) for _other, bitmap in rows]
    for bitmap in bitmaps:
        bitmap.discard(member_id)
    others, degrees = [other for other, _bitmap in rows], [len(one) for one in bitmaps]
    _ask(
        "UPDATE network_neighbours AS held SET degree = new.degree, bitmap = new.bitmap "
        "FROM unnest(%s::int4[], %s::int4[], %s::bytea[]) AS new (member_id, degree, bitmap) "
        "WHERE held.member_id = new.member_id",
        [others, degrees, [one.serialize() for one in bitmaps]],
    )


def _locked(low_id: int, high_id: int) -> dict[int, Any]:
    """Both bitmaps, locked in the order of ids: two acts on one member wait for each other and never cross."""
    lock = (
        "SELECT member_id, bitmap FROM network_neighbours WHERE member_id IN (%s, %s) "
        "ORDER BY member_id FOR NO KEY UPDATE"
    )
    rows = _ask(lock, [low_id, high_id]).fetchall()
    if len(rows) < 2:
        empty = BitMap().serialize()
        _ask(
            "INSERT INTO network_neighbours (member_id, degree, format, bitmap) "
            "VALUES (%s, 0, 1, %s), (%s, 0, 1, %s) ON CONFLICT DO NOTHING",
            [low_id, empty, high_id, empty],
        )
        rows = _ask(lock, [low_id, high_id]).fetchall()
    return {member_id: BitMap.deserialize(bitmap) for member_id, bitmap in rows}


def _write(change: str, low_id: int, high_id: int, bitmaps: dict[int, Any]) -> bool:
    """Row and bitmaps in one statement: without a change of the row the bitmaps keep what they say."""
    values = [value for pair in bitmaps.items() for value in (pair[0], len(pair[1]), pair[1].serialize())]
    written = _ask(
        f"WITH changed AS ({change}) "  # noqa: S608
        "UPDATE network_neighbours AS held SET degree = new.degree, bitmap = new.bitmap "
        "FROM changed, (VALUES (%s::int, %s::int, %s::bytea), (%s::int, %s::int, %s::bytea)) "
        "AS new (member_id, degree, bitmap) WHERE held.member_id = new.member_id",
        [low_id, high_id, *values],
    )
    return bool(written.rowcount)


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


@dataclass(frozen=True)
class Proof:
    """What comparing rows and bitmaps found: how much was compared, and the members told differently."""

    members: int
    connections: int
    wrong: list[int]  # whose bitmap is not what the connection rows say
    unseen: list[int]  # who chose to appear in paths or not, and does otherwise

    @property
    def holds(self) -> bool:
        return not self.wrong and not self.unseen


Progress = Callable[[int, int], None]  # how far, of how much


def rebuild(progress: Progress = lambda done, of: None) -> int:
    """Write every bitmap anew from the rows; returns how many members have one.

    Readers go on with what they have; whoever connects meanwhile waits until it is done.
    """
    count = 0
    with transaction.atomic(), connection.cursor() as cursor:
        _hold_writers()
        cursor.execute("DELETE FROM network_neighbours")
        for ids in _pieces(progress):
            some = _from_rows(ids)
            with cursor.copy(
                "COPY network_neighbours (member_id, degree, format, bitmap) FROM STDIN (FORMAT BINARY)"
            ) as copy:
                copy.set_types(["int4", "int4", "int2", "bytea"])
                for member_id, bitmap in some.items():
                    row = (member_id, len(bitmap), Neighbours.Format.ROARING.value, bitmap.serialize())
                    copy.write_row(row)
            count += len(some)
        _rebuild_unseen()
    return count


def prove(progress: Progress = lambda done, of: None, *, sampled: bool = False) -> Proof:
    """Compare every bitmap with the rows as of one moment, while the house goes on; `sampled`: one piece by chance."""
    members = ends = 0
    wrong: list[int] = []
    with _one_moment():
        for ids in _pieces(progress, sampled=sampled):
            by_rows, held = _from_rows(ids), _held(ids)
            members += len(by_rows)
            ends += sum(map(len, by_rows.values()))
            wrong += (one for one in by_rows.keys() | held if by_rows.get(one, BitMap()) != held.get(one))
        unseen = _unseen_by_choice() ^ _unseen_held()
    return Proof(members, ends // 2, sorted(wrong), list(unseen))


def prove_some() -> tuple[int, int]:
    """Of some members, how many were compared and how many are told differently."""
    proof = prove(sampled=True)
    return proof.members, len({*proof.wrong, *proof.unseen})


def differences() -> list[int]:
    """Members whose bitmap is not what the rows say; empty while all is well."""
    return prove().wrong


@contextmanager
def _one_moment() -> Iterator[None]:
    """One snapshot, in which rows and bitmaps belong together; inside of a transaction, a lock in its place."""
    inside = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if inside:
            cursor.execute("LOCK TABLE network_connection, network_neighbours IN SHARE MODE")
        else:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _hold_writers() -> None:
    """Both tables at once or neither: whoever is in the middle of an act holds rows of one and wants the other."""
    with connection.cursor() as cursor:
        for left in reversed(range(LOCK_TRIES)):
            try:
                with transaction.atomic():
                    cursor.execute(
                        "LOCK TABLE network_neighbours, network_connection IN EXCLUSIVE MODE NOWAIT"
                    )
                return
            except OperationalError:
                if not left:
                    raise
                sleep(LOCK_PAUSE)


def _pieces(progress: Progress, *, sampled: bool = False) -> Iterator[tuple[int, int]]:
    """First and last id of some thousands of members at a time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT greatest((SELECT max(high_id) FROM network_connection), "
            "(SELECT max(member_id) FROM network_neighbours), 0)"
        )
        last = cursor.fetchone()[0]
    size = SAMPLED if sampled else REBUILT_TOGETHER
    starts: Sequence[int] = range(1, last + 1, size)
    if sampled and starts:
        starts = choices(starts)  # noqa: S311 any piece will do
    for start in starts:
        end = start + size - 1
        yield start, end
        progress(min(end, last), last)


def _from_rows(ids: tuple[int, int]) -> dict[int, Any]:
    """Bitmaps of these members as the connection rows say."""
    rows = raw_cursor().execute(
        """
        SELECT one, array_agg(other) FROM (
          SELECT low_id AS one, high_id AS other FROM network_connection WHERE low_id BETWEEN %s AND %s
          UNION ALL
          SELECT high_id, low_id FROM network_connection WHERE high_id BETWEEN %s AND %s
        ) AS pairs GROUP BY one
        """,
        [*ids, *ids],
        binary=True,
    )
    return {member_id: BitMap(others) for member_id, others in rows}


def _held(ids: tuple[int, int]) -> dict[int, Any]:
    """Bitmaps of these members as they are stored; None where one cannot be read or its degree is another."""
    rows = raw_cursor().execute(
        "SELECT member_id, degree, bitmap FROM network_neighbours WHERE member_id BETWEEN %s AND %s",
        ids,
        binary=True,
    )
    return {member_id: _read(bitmap, degree) for member_id, degree, bitmap in rows}


def _read(stored: bytes, degree: int) -> Any:
    try:
        bitmap = BitMap.deserialize(stored)
    except (ValueError, IndexError):
        return None
    return bitmap if len(bitmap) == degree else None


def _rebuild_unseen() -> None:
    """Whoever chooses meanwhile waits for the row, and then adds themselves to what stands here."""
    UnseenInPaths.objects.get_or_create(pk=1, defaults={"version": 1, "bitmap": BitMap().serialize()})
    UnseenInPaths.objects.select_for_update().get(pk=1)
    if _unseen_held() != (chosen := _unseen_by_choice()):
        set_unseen(chosen)


def _unseen_by_choice() -> Any:
    return BitMap(NetworkChoices.objects.filter(in_paths=False).values_list("member_id", flat=True))


def _unseen_held() -> Any:
    row = UnseenInPaths.objects.filter(pk=1).first()
    return BitMap.deserialize(bytes(row.bitmap)) if row else BitMap()


def _ask(question: str, values: Sequence[Any] | Mapping[str, Any]) -> Any:
    """A prepared statement with a binary answer."""
    return raw_cursor().execute(question, values, binary=True, prepare=True)


def raw_cursor() -> Any:
    """Django's own cursors speak text and prepare nothing; this one shares their connection and transaction."""
    connection.ensure_connection()
    raw = connection.connection
    if raw.prepare_threshold is None:
        raw.prepare_threshold = 5  # Django's cursors still prepare nothing
        raw.adapters.register_dumper(_Ids, _IdsDumper)
    return psycopg.Cursor(raw)
