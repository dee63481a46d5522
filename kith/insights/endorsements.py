"""Which skills others vouched for elsewhere, who they are, and what was given back."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import UTC

from django.db.models import Max, Min
from django.db.models.functions import TruncDate
from django.utils.translation import gettext as _

from kith.contacts.models import Contact, PastEndorsement
from kith.contacts.models.contact import ContactQuerySet
from kith.core.text import fold
from kith.insights.calendar import span
from kith.insights.figure import Figure, Part, Parts
from kith.insights.merged import in_front
from kith.insights.sources import Sources
from kith.members.policy import Viewer


@dataclass(frozen=True, slots=True)
class Endorsements:
    """Times and people, received and given; a person may endorse several skills."""

    received: Figure
    endorsers: Figure
    given: Figure
    both_ways: Figure
    by_skill: Parts  # value: people, times: endorsements
    by_person: tuple[tuple[str, str, int], ...]  # public id, name, skills; most skills first
    not_shown: int  # received, but pending or hidden


def people(viewer: Viewer, direction: str, skill: str = "") -> ContactQuerySet:
    """Who endorsed the viewer (endorsed-you, of one skill if named), whom they endorsed, or both."""
    rows = PastEndorsement.objects.visible_to(viewer).annotate(front=in_front("contact"))
    contacts = Contact.objects.visible_to(viewer).listed()
    if direction == "endorsed-both":
        received, given = (rows.filter(received=way).values("front") for way in (True, False))
        return contacts.filter(pk__in=received).filter(pk__in=given)
    rows = rows.filter(received=direction == "endorsed-you")
    if skill:
        named = [
            text for text in rows.order_by().values_list("skill", flat=True).distinct() if fold(text) == skill
        ]
        rows = rows.filter(skill__in=named)
    return contacts.filter(pk__in=rows.values("front"))


def endorsements(viewer: Viewer, known: Sources) -> Endorsements:
    rows = PastEndorsement.objects.visible_to(viewer)
    facts = list(
        rows.annotate(front=in_front("contact"))
        .order_by()
        .values_list("front", "received", "skill", "status")
    )
    ends = rows.aggregate(
        first=Min(TruncDate("endorsed_at", tzinfo=UTC)), last=Max(TruncDate("endorsed_at", tzinfo=UTC))
    )
    period = span(ends["first"], ends["last"])
    received = [(front, skill, status) for front, came, skill, status in facts if came]
    given = [front for front, came, _skill, _status in facts if not came]
    by_whom = Counter(front for front, _skill, _status in received)
    source = known.says("Endorsement_Received_Info.csv")
    unknown = _("Skills taken off the profile since then.")
    is_known = known.endorsements

    def figure(slug: str, value: int, counts: str, **more: object) -> Figure:
        return Figure(slug, value if is_known else None, counts, period, source, unknown, **more)  # type: ignore[arg-type]

    return Endorsements(
        received=figure(
            "endorsements",
            len(received),
            _("Endorsements you received, one for each skill and person."),
            people="endorsed-you",
        ),
        endorsers=figure(
            "endorsers",
            len(by_whom),
            _("People who endorsed at least one of your skills."),
            people="endorsed-you",
        ),
        given=figure("endorsements-given", len(set(given)), _("People you endorsed."), people="you-endorsed"),
        both_ways=figure(
            "endorsed-both",
            len(set(given) & set(by_whom)),
            _("People who endorsed you and whom you endorsed."),
            of=len(by_whom),
            of_what=_("people who endorsed you"),
            people="endorsed-both",
        ),
        by_skill=_by_skill(received),
        by_person=_by_person(viewer, by_whom),
        not_shown=sum(fold(status) in ("pending", "hidden") for _front, _skill, status in received),
    )


def _by_skill(received: list[tuple[int, str, str]]) -> Parts:
    """By skill; parts add up in times (a person may stand behind several skills)."""
    who: dict[str, set[int]] = defaultdict(set)
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for front, skill, _status in received:
        who[fold(skill)].add(front)
        names[fold(skill)][skill] += 1
    ranked = sorted(names, key=lambda key: (-len(who[key]), -names[key].total(), key))
    parts = (
        Part(
            max(sorted(names[key]), key=names[key].__getitem__),
            len(who[key]),
            "endorsed-you",
            key,
            names[key].total(),
        )
        for key in ranked
    )
    return Parts(tuple(parts), len(received))


def _by_person(viewer: Viewer, by_whom: Counter[int]) -> tuple[tuple[str, str, int], ...]:
    names = {
        pk: (public_id, name)
        for pk, public_id, name in Contact.objects.visible_to(viewer)
        .filter(pk__in=by_whom)
        .values_list("pk", "public_id", "name")
    }
    rows = [(*names[pk], count) for pk, count in by_whom.items() if pk in names]
    return tuple(sorted(rows, key=lambda row: (-row[2], row[1], row[0])))
