"""The same questions answered three ways: ours, SQL over rows in both directions, and arrays in memory (the limit)."""

from typing import Any

import numpy as np

from bench.graph.make import Community
from kith.network.adjacency import ids_asked, raw_cursor
from kith.network.reach import Reach

SHOWN = 10


class Ours:
    """The product's own functions."""

    name = "ours"

    def __init__(self, community: Community) -> None:
        pass

    def badges(self, me: int, hidden: list[int], page: list[int]) -> Any:
        return Reach(me, hidden).degrees(page)

    def mutuals(self, me: int, hidden: list[int], page: list[int]) -> Any:
        return Reach(me, hidden).mutuals(page)

    def ties(self, me: int, hidden: list[int], page: list[int]) -> Any:
        ties = Reach(me, hidden).ties(page)
        return {person: (tie.degree, tie.mutual_count, tie.mutual_ids) for person, tie in ties.items()}

    def second_degree(self, me: int, hidden: list[int]) -> Any:
        return len(Reach(me, hidden).second_degree())

    def introducers(self, me: int, hidden: list[int], company: int) -> Any:
        total, rows = Reach(me, hidden).introducers(_candidates("company", company))
        return total, [(row.member_id, row.count) for row in rows]

    def path(self, me: int, hidden: list[int], other: int) -> Any:
        way = Reach(me, hidden).path(other)
        return None if way is None else len(way) - 1

    def search(self, me: int, hidden: list[int], column: str, value: int) -> Any:
        return Reach(me, hidden).within(_candidates(column, value))


class Sql:
    """What one would write first: both directions as rows, joins, good indexes."""

    name = "sql"

    def __init__(self, community: Community) -> None:
        self.degrees = community.degrees
        self.sizes = np.bincount(community.company)

    def badges(self, me: int, hidden: list[int], page: list[int]) -> Any:
        found = dict.fromkeys(person for person in page if person != me and person not in hidden)
        rows = _ask(
            """
            SELECT page.id, CASE
              WHEN EXISTS (SELECT 1 FROM edge WHERE a = %(me)s AND b = page.id) THEN 1
              WHEN work.unseen THEN NULL
              WHEN EXISTS (SELECT 1 FROM edge e JOIN edge f ON f.b = e.b JOIN work s ON s.member = e.b
                           WHERE e.a = page.id AND f.a = %(me)s AND NOT s.unseen) THEN 2
              WHEN EXISTS (SELECT 1 FROM edge e JOIN work t ON t.member = e.b JOIN edge h ON h.a = e.b
                           JOIN edge f ON f.b = h.b JOIN work s ON s.member = h.b
                           WHERE e.a = page.id AND f.a = %(me)s AND NOT s.unseen AND NOT t.unseen) THEN 3
            END FROM unnest(%(page)s::int[]) AS page (id) JOIN work ON work.member = page.id
            """,
            me=me,
            page=list(found),
        )
        return dict(rows)

    def mutuals(self, me: int, hidden: list[int], page: list[int]) -> Any:
        found: dict[int, Any] = {p: (0, ()) for p in page if p != me and p not in hidden}
        rows = _ask(
            """
            SELECT e.a, e.b FROM edge e JOIN edge f ON f.b = e.b JOIN work s ON s.member = e.b
              JOIN work t ON t.member = e.a
            WHERE f.a = %(me)s AND e.a = ANY(%(page)s::int[]) AND NOT s.unseen
              AND (NOT t.unseen OR EXISTS (SELECT 1 FROM edge g WHERE g.a = %(me)s AND g.b = e.a)) ORDER BY 1, 2
            """,
            me=me,
            page=list(found),
        )
        for person, mutual in rows:
            count, faces = found[person]
            found[person] = (count + 1, faces if count >= 3 else (*faces, mutual))
        return found

    def ties(self, me: int, hidden: list[int], page: list[int]) -> Any:
        return _together(self.badges(me, hidden, page), self.mutuals(me, hidden, page))

    def second_degree(self, me: int, hidden: list[int]) -> Any:
        return _ask(
            """
            SELECT count(*) FROM (
              SELECT DISTINCT f.b FROM edge e JOIN work s ON s.member = e.b AND NOT s.unseen JOIN edge f ON f.a = e.b
              WHERE e.a = %(me)s
            ) x JOIN work t ON t.member = x.b AND NOT t.unseen
            WHERE x.b <> %(me)s AND x.b <> ALL(%(hidden)s::int[])
              AND NOT EXISTS (SELECT 1 FROM edge g WHERE g.a = %(me)s AND g.b = x.b)
            """,
            me=me,
            hidden=hidden,
        )[0][0]

    def introducers(self, me: int, hidden: list[int], company: int) -> Any:
        rows = _ask(
            """
            SELECT t.member, count(*), array_agg(e.b) FROM edge e JOIN work s ON s.member = e.b AND NOT s.unseen
              JOIN edge f ON f.a = e.b JOIN work t ON t.member = f.b AND NOT t.unseen
            WHERE e.a = %(me)s AND t.company = %(company)s AND t.member <> %(me)s
              AND t.member <> ALL(%(hidden)s::int[])
              AND NOT EXISTS (SELECT 1 FROM edge g WHERE g.a = %(me)s AND g.b = t.member)
            GROUP BY t.member ORDER BY 2 DESC, 1
            """,
            me=me,
            hidden=hidden,
            company=company,
        )
        return len(rows), [(person, count) for person, count, _ in rows[:SHOWN]]

    def path(self, me: int, hidden: list[int], other: int) -> Any:
        if other == me:
            return 0
        if other in hidden:
            return None
        if _ask("SELECT 1 FROM edge WHERE a = %(me)s AND b = %(other)s", me=me, other=other):
            return 1
        if _ask("SELECT 1 FROM work WHERE member = %(other)s AND unseen", other=other):
            return None
        if _ask(
            "SELECT 1 FROM edge e JOIN edge f ON f.b = e.b JOIN work s ON s.member = e.b AND NOT s.unseen "
            "WHERE e.a = %(me)s AND f.a = %(other)s LIMIT 1",
            me=me,
            other=other,
        ):
            return 2
        one, two = (me, other) if self.degrees[me] <= self.degrees[other] else (other, me)
        if _ask(
            "SELECT 1 FROM edge e JOIN work s ON s.member = e.b AND NOT s.unseen JOIN edge f ON f.a = e.b "
            "JOIN work t ON t.member = f.b AND NOT t.unseen JOIN edge g ON g.b = f.b "
            "WHERE e.a = %(one)s AND g.a = %(two)s LIMIT 1",
            one=one,
            two=two,
        ):
            return 3
        return None

    def search(self, me: int, hidden: list[int], column: str, value: int) -> Any:
        return [
            row[0]
            for row in _ask(
                f"""
                SELECT t.member FROM work t WHERE t.{column} = %(value)s AND t.member <> %(me)s AND (
                  EXISTS (SELECT 1 FROM edge g WHERE g.a = %(me)s AND g.b = t.member)
                  OR NOT t.unseen AND t.member <> ALL(%(hidden)s::int[]) AND EXISTS (
                    SELECT 1 FROM edge e JOIN edge f ON f.b = e.b JOIN work s ON s.member = e.b AND NOT s.unseen
                    WHERE e.a = t.member AND f.a = %(me)s))
                ORDER BY t.member LIMIT {SHOWN}
                """,
                me=me,
                hidden=hidden,
                value=value,
            )
        ]


class Csr:
    """The whole graph as arrays in this process: nothing to fetch, nothing that could change. The yardstick."""

    name = "csr"

    def __init__(self, community: Community) -> None:
        self.of, size = community.of, community.size
        self.unseen = np.zeros(size + 1, bool)
        self.unseen[community.unseen] = True
        self.mark = np.zeros(size + 1, bool)
        self.places = {}
        for column in ("company", "title"):
            values = getattr(community, column)[1:]
            order = np.argsort(values, kind="stable")
            starts = np.searchsorted(values[order], np.arange(values.max() + 2))
            self.places[column] = (order + 1, starts)

    def candidates(self, column: str, value: int) -> Any:
        order, starts = self.places[column]
        return order[starts[value] : starts[value + 1]]

    def badges(self, me: int, hidden: list[int], page: list[int]) -> Any:
        mine, stones = self._sides(me)
        first, mark = set(mine.tolist()), self.mark
        mark[stones] = True
        found: dict[int, int | None] = {}
        for person in page:
            if person == me or person in hidden:
                continue
            theirs = self.of(person)
            if person in first:
                found[person] = 1
            elif self.unseen[person]:
                found[person] = None
            elif mark[theirs].any():
                found[person] = 2
            else:
                steps = theirs[~self.unseen[theirs]]
                near = any(mark[self.of(step)].any() for step in steps)
                found[person] = 3 if near else None
        mark[stones] = False
        return found

    def mutuals(self, me: int, hidden: list[int], page: list[int]) -> Any:
        mine, stones = self._sides(me)
        first, mark = set(mine.tolist()), self.mark
        mark[stones] = True
        found: dict[int, Any] = {}
        for person in page:
            if person != me and person not in hidden:
                theirs = self.of(person)
                shared = theirs[mark[theirs]] if person in first or not self.unseen[person] else theirs[:0]
                found[person] = (len(shared), tuple(shared[:3].tolist()))
        mark[stones] = False
        return found

    def ties(self, me: int, hidden: list[int], page: list[int]) -> Any:
        return _together(self.badges(me, hidden, page), self.mutuals(me, hidden, page))

    def second_degree(self, me: int, hidden: list[int]) -> Any:
        mine, stones = self._sides(me)
        reached = np.zeros(len(self.mark), bool)
        if len(stones):
            reached[np.concatenate([self.of(stone) for stone in stones])] = True
        reached[self.unseen] = False
        reached[mine] = False
        reached[[me, *hidden]] = False
        return int(np.count_nonzero(reached))

    def introducers(self, me: int, hidden: list[int], company: int) -> Any:
        mine, stones = self._sides(me)
        mark = self.mark
        wanted = self.candidates("company", company)
        mark[wanted] = True
        mark[self.unseen] = False
        mark[mine] = False
        mark[[me, *hidden]] = False
        known = np.concatenate([self.of(stone) for stone in stones]) if len(stones) else mine[:0]
        people, counts = np.unique(known[mark[known]], return_counts=True)
        mark[:] = False
        order = np.lexsort((people, -counts))[:SHOWN]
        for person in people[order]:
            np.intersect1d(self.of(person), stones, assume_unique=True)
        return len(people), list(zip(people[order].tolist(), counts[order].tolist(), strict=True))

    def path(self, me: int, hidden: list[int], other: int) -> Any:
        if other == me:
            return 0
        if other in hidden:
            return None
        mine, stones = self._sides(me)
        if other in mine:
            return 1
        if self.unseen[other]:
            return None
        theirs = self.of(other)
        steps = theirs[~self.unseen[theirs]]
        near, far = (stones, steps) if len(stones) < len(steps) else (steps, stones)
        mark = self.mark
        mark[stones] = True
        second = mark[theirs].any()
        mark[stones] = False
        if second:
            return 2
        mark[far] = True
        third = any(mark[self.of(step)].any() for step in near)
        mark[far] = False
        return 3 if third else None

    def search(self, me: int, hidden: list[int], column: str, value: int) -> Any:
        mine, stones = self._sides(me)
        first, mark = set(mine.tolist()), self.mark
        mark[stones] = True
        found: list[int] = []
        for person in self.candidates(column, value).tolist():
            if person in first or (
                person != me
                and not self.unseen[person]
                and person not in hidden
                and mark[self.of(person)].any()
            ):
                found.append(person)
                if len(found) == SHOWN:
                    break
        mark[stones] = False
        return found

    def _sides(self, me: int) -> tuple[Any, Any]:
        mine = self.of(me)
        return mine, mine[~self.unseen[mine]]


def _ask(question: str, **values: Any) -> list[Any]:
    """Prepared, with a binary answer, as ours are."""
    return raw_cursor().execute(question, values, binary=True, prepare=True).fetchall()


def _together(degrees: dict[int, Any], mutuals: dict[int, Any]) -> Any:
    return {person: (degree, *mutuals[person]) for person, degree in degrees.items()}


def _candidates(column: str, value: int) -> Any:
    return ids_asked(f"SELECT member FROM work WHERE {column} = %s", [value])
