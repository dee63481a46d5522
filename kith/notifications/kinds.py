"""Kinds of notices: what each says, why it came, who may see it, whether it can be switched off.

A Kind is declared beside the code that notifies; declaring one puts it into the settings of every member.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import Q

from kith.members.models import Member

KINDS: dict[str, "Kind"] = {}
Route = tuple[str, Mapping[str, Any]]  # a page's name and what its address names; web makes a path of it


class Channel(StrEnum):
    """Where a notice reaches its recipient; mail and push will claim from the same ledger."""

    PAGE = "page"


class Choice(StrEnum):
    """How soon it does."""

    AT_ONCE = "at_once"
    OFF = "off"


class Fold(StrEnum):
    """Which events show as one line while they are unread together."""

    EACH = "each"
    BY_SUBJECT = "by_subject"
    BY_KIND = "by_kind"


@dataclass(frozen=True)
class Told:
    """What the sentence of one line is made from: names newest first, how many people, how many events."""

    names: tuple[str, ...] = ()
    people: int = 0
    count: int = 1
    facts: Mapping[str, Any] = field(default_factory=dict)
    subject: Any = None


def nowhere(told: Told) -> Route | None:
    """A notice that says everything itself."""
    return None


def everybody(recipient: Member) -> Q:
    return Q()


def no_subjects(ids: Collection[int]) -> Mapping[int, Any]:
    return {}


@dataclass(frozen=True)
class Kind:
    """One kind of notice: one event, one notice, one switch (E-06).

    `visible` is a condition on the ledger's rows, asked whenever they are counted, shown or sent (b18);
    `subjects` fetches what the sentence names, all at once. An `essential` kind is about one's own account and
    cannot be switched off. `from_anybody` is for what people do who are not let in (yet).
    """

    name: str
    label: Any
    why: Any
    sentence: Callable[[Told], str]
    address: Callable[[Told], Route | None] = nowhere
    visible: Callable[[Member], Q] = everybody
    subjects: Callable[[Collection[int]], Mapping[int, Any]] = no_subjects
    fold: Fold = Fold.EACH
    default: Choice = Choice.AT_ONCE
    essential: bool = False
    hosts_only: bool = False
    from_anybody: bool = False

    def __post_init__(self) -> None:
        assert self.name not in KINDS, self.name
        KINDS[self.name] = self

    def group_of(self, subject_type: str, subject_id: int | None) -> str:
        """What the ledger keeps so that events fold into one line; nothing for those that stand alone."""
        if self.fold is Fold.BY_SUBJECT:
            return f"{subject_type}:{subject_id}"
        return self.name if self.fold is Fold.BY_KIND else ""


def kinds_for(member: Member) -> list[Kind]:
    """The kinds this member can get, in the order of their labels."""
    return sorted(
        (kind for kind in KINDS.values() if member.is_host or not kind.hosts_only),
        key=lambda kind: str(kind.label),
    )


def may_see(member: Member) -> Q:
    """Which rows of the ledger the recipient may see now, by their kinds; what no kind claims shows nowhere."""
    kinds = kinds_for(member)
    plain = Q(kind__in=[kind.name for kind in kinds if kind.visible is everybody])
    anybody = Q(kind__in=[kind.name for kind in kinds if kind.from_anybody])
    for kind in kinds:
        if kind.visible is not everybody:
            plain |= Q(kind=kind.name) & kind.visible(member)
    return plain & (Q(actor__isnull=True) | Q(actor__in=Member.objects.let_in()) | anybody)
