"""One human from many mentions: merged by slug, then e-mail, then a name unique on both sides (8.3).

Mentions are nodes while files are read; `settle` merges them, and `key` then leads from a node to its person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from kith.archive.reading.model import Person
from kith.archive.reading.names import NOBODY, comparable, is_nobody

LATEST_ANSWER = timedelta(days=180)


@dataclass(slots=True)
class _SameName:
    """Everybody who goes by one name, by how we know them."""

    rows: list[int] = field(default_factory=list)  # connections without an address
    slugs: list[int] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)  # named somewhere, no more
    invited: list[int] = field(default_factory=list)


class Circle:
    """Everybody the archive mentions."""

    def __init__(self) -> None:
        self._nodes: list[Person] = []
        self._by_slug: dict[str, int] = {}
        self._by_name: dict[str, int] = {}
        self._rows: set[int] = set()
        self._invited: dict[int, date | None] = {}
        self._merged: dict[int, int] = {}
        self._keys: dict[int, int] = {}
        self.people: list[Person] = []
        self._found_by_email: dict[str, int] = {}
        self._found_by_name: dict[str, list[int]] = defaultdict(list)

    def connection(
        self, name: str, slug: str | None, email: str, company: str, title: str, on: date | None
    ) -> int:
        """A row of the connections file: always a human of its own, unless its address is known already."""
        if slug is not None and slug in self._by_slug:
            node = self._by_slug[slug]
        else:
            node = self._add(name, slug)
            if slug is None:
                self._rows.add(node)
        person = self._nodes[node]
        person.name, person.company, person.title = name or person.name, company, title
        person.email, person.connected_on = email or None, on
        return node

    def mention(self, name: str, slug: str | None = None) -> int:
        """Somebody named in another file, by address or by nothing but a name."""
        if slug is not None:
            if slug not in self._by_slug:
                return self._add(name, slug)
            person = self._nodes[self._by_slug[slug]]
            if person.name == person.slug and not is_nobody(name):
                person.name = name
            return person.key
        spelled = _exactly(name)
        if spelled not in self._by_name:
            self._by_name[spelled] = self._add(name, None)
        return self._by_name[spelled]

    def invited(self, name: str, slug: str | None, on: date | None) -> int:
        """The other side of an invitation; without an address each invitation is somebody of its own first."""
        if slug is not None:
            return self.mention(name, slug)
        node = self._add(name, None)
        self._invited[node] = on
        return node

    def placeholder(self, name: str) -> int:
        """A closed account or a campaign: stands in one conversation and is never merged."""
        node = self._add(name.strip() or NOBODY, None)
        self._nodes[node].is_placeholder = True
        return node

    def settle(self) -> list[Person]:
        """Merge what is surely one human, keep homonyms apart, and number everybody."""
        for spelling in (_exactly, comparable):  # one export writes a name alike in all its files
            for same in self._group_by_name(spelling):
                self._merge(same)
        for node, person in enumerate(self._nodes):
            if node in self._merged:
                continue
            person.key = self._keys[node] = len(self.people)
            self.people.append(person)
            if person.is_placeholder:
                continue
            self._found_by_name[comparable(person.name)].append(person.key)
            if person.email:
                self._found_by_email.setdefault(person.email.casefold(), person.key)
        return self.people

    def key(self, node: int) -> int:
        """The person a node became."""
        while node in self._merged:
            node = self._merged[node]
        return self._keys[node]

    def names(self) -> list[str]:
        """Every name somebody is known by so far."""
        return [person.name for person in self._nodes]

    def name_of(self, slug: str) -> str | None:
        """The name an address is known by so far."""
        node = self._by_slug.get(slug)
        return None if node is None else self._nodes[node].name

    def find_email(self, email: str) -> int | None:
        return self._found_by_email.get(email.strip().casefold())

    def find_name(self, name: str, company: str = "", title: str = "") -> int | None:
        """The one person of that name; among homonyms the one with that company and title, else nobody."""
        found = self._found_by_name.get(comparable(name), []) if not is_nobody(name) else []
        if len(found) > 1:
            wanted = (company.strip().casefold(), title.strip().casefold())
            found = [
                key
                for key in found
                if (self.people[key].company.casefold(), self.people[key].title.casefold()) == wanted
            ]
        return found[0] if len(found) == 1 else None

    def _add(self, name: str, slug: str | None) -> int:
        node = len(self._nodes)
        self._nodes.append(
            Person(key=node, name=name if not is_nobody(name) else (slug or NOBODY), slug=slug)
        )
        if slug is not None:
            self._by_slug[slug] = node
        return node

    def _group_by_name(self, spelling: Callable[[str], str]) -> list[_SameName]:
        """Everybody not merged yet, by their name as `spelling` compares it."""
        groups: dict[str, _SameName] = defaultdict(_SameName)
        for node, person in enumerate(self._nodes):
            if node in self._merged or person.is_placeholder:
                continue
            same = groups[spelling(person.name)]
            if node in self._invited:
                same.invited.append(node)
            elif person.slug is not None:
                same.slugs.append(node)
            else:
                (same.rows if node in self._rows else same.mentions).append(node)
        return list(groups.values())

    def _merge(self, same: _SameName) -> None:
        if len(same.rows) == 1 and len(same.slugs) == 1 and self._nodes[same.slugs[0]].connected_on is None:
            self._borrow_slug(same.rows[0], same.slugs.pop())
        self._answer(same)
        real = same.rows + same.slugs
        waiting = [node for node in same.invited if node not in self._merged]
        if len(real) == 1:
            for mention in same.mentions:
                self._merged[mention] = real[0]
            if len(waiting) == 1 and self._may_be(real[0], self._invited[waiting[0]]):
                self._merged[waiting[0]] = real[0]
        elif not real and len(waiting) == 1:
            for mention in same.mentions:
                self._merged[mention] = waiting[0]

    def _answer(self, same: _SameName) -> None:
        """Join invitations to the connections they became, where their days leave only one possibility."""
        waiting = list(same.invited)
        free = [node for node in same.rows + same.slugs if self._nodes[node].connected_on is not None]
        is_crowded = len(waiting) > 1 or len(free) > 1
        progressing = True
        while progressing:
            progressing = False
            for node in list(waiting):
                on = self._invited[node]
                fitting = [
                    one
                    for one in free
                    if self._may_be(one, on) and not (is_crowded and self._is_late(one, on))
                ]
                if len(fitting) == 1:
                    self._merged[node] = fitting[0]
                    waiting.remove(node)
                    free.remove(fitting[0])
                    progressing = True

    def _borrow_slug(self, row: int, slugged: int) -> None:
        """A connection of an era without addresses takes the address another file knows it by."""
        self._nodes[row].slug = self._nodes[slugged].slug
        self._merged[slugged] = row

    def _may_be(self, node: int, invited_on: date | None) -> bool:
        """Nobody is connected before they were invited, so an older connection is another human."""
        connected_on = self._nodes[node].connected_on
        return connected_on is None or invited_on is None or invited_on <= connected_on

    def _is_late(self, node: int, invited_on: date | None) -> bool:
        """Whether an answer would have come later than any that was measured (5.2)."""
        connected_on = self._nodes[node].connected_on
        return (
            connected_on is not None and invited_on is not None and connected_on - invited_on > LATEST_ANSWER
        )


def _exactly(name: str) -> str:
    return " ".join(name.split())
