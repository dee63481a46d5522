"""One human from many mentions: merged by slug, then e-mail, then a name unique on both sides (8.3).

Mentions are nodes while files are read; `settle` merges them, and `key` then leads from a node to its person.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from kith.archive.reading.model import Person
from kith.archive.reading.names import NOBODY, comparable, is_nobody


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
        self._rows: list[int] = []
        self._invited: dict[int, date | None] = {}
        self._merged: dict[int, int] = {}
        self._keys: dict[int, int] = {}
        self.people: list[Person] = []
        self._found_by_email: dict[str, int] = {}
        self._found_by_name: dict[str, list[int]] = defaultdict(list)

    def connection(self, name: str, slug: str | None, email: str, company: str, title: str, on: date | None) -> int:
        """A row of the connections file: always a human of its own, unless its address is known already."""
        if slug is not None and slug in self._by_slug:
            node = self._by_slug[slug]
        else:
            node = self._add(name, slug)
            if slug is None:
                self._rows.append(node)
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
        known = comparable(name)
        if known not in self._by_name:
            self._by_name[known] = self._add(name, None)
        return self._by_name[known]

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
        for same in self._group_by_name().values():
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
        self._nodes.append(Person(key=node, name=name if not is_nobody(name) else (slug or NOBODY), slug=slug))
        if slug is not None:
            self._by_slug[slug] = node
        return node

    def _group_by_name(self) -> dict[str, _SameName]:
        groups: dict[str, _SameName] = defaultdict(_SameName)
        for node in self._by_slug.values():
            groups[comparable(self._nodes[node].name)].slugs.append(node)
        for node in self._rows:
            groups[comparable(self._nodes[node].name)].rows.append(node)
        for name, node in self._by_name.items():
            groups[name].mentions.append(node)
        for node in self._invited:
            groups[comparable(self._nodes[node].name)].invited.append(node)
        return groups

    def _merge(self, same: _SameName) -> None:
        if len(same.rows) == 1 and len(same.slugs) == 1 and self._nodes[same.slugs[0]].connected_on is None:
            self._borrow_slug(same.rows[0], same.slugs.pop())
        real = same.rows + same.slugs
        if not real:
            for node in same.invited[: 1 if len(same.invited) == 1 else 0]:
                for mention in same.mentions:
                    self._merged[mention] = node
            return
        if len(real) == 1:
            for mention in same.mentions:
                self._merged[mention] = real[0]
        if len(same.invited) == 1:
            node = same.invited[0]
            fitting = [other for other in real if self._may_be(other, self._invited[node])]
            if len(fitting) == 1:
                self._merged[node] = fitting[0]

    def _borrow_slug(self, row: int, slugged: int) -> None:
        """A connection of an era without addresses takes the address another file knows it by."""
        person, known = self._nodes[row], self._nodes[slugged]
        person.slug = known.slug
        self._merged[slugged] = row
        self._by_slug[known.slug or ""] = row

    def _may_be(self, node: int, invited_on: date | None) -> bool:
        """Nobody is connected before they were invited, so an older connection is another human."""
        connected_on = self._nodes[node].connected_on
        return connected_on is None or invited_on is None or invited_on <= connected_on
