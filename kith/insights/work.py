"""Where connections work and what they are called; spelled apart is not another company."""

from collections import Counter, defaultdict
from typing import Literal

from django.db.models import Count, Q

from kith.contacts.models.contact import ContactQuerySet
from kith.core.text import fold
from kith.insights.connections import connected
from kith.insights.figure import Part, Parts
from kith.members.policy import Viewer

Field = Literal["company", "title"]
_EDGES = " .,;:–—-|/\"'"


def work(viewer: Viewer, field: Field) -> Parts:
    """Companies or titles by number of people, all of them, the most frequent first.

    Parts add up to the total of those who say; who does not say stands apart as unknown. (STAT-02, STAT-03)
    """
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    unknown = 0
    for text, count in connected(viewer).order_by().values_list(field).annotate(count=Count("pk")):
        key = folded(text)
        if key:
            spellings[key][text.strip()] += count
        else:
            unknown += count
    ranked = sorted(spellings.items(), key=lambda pair: (-pair[1].total(), pair[0]))
    parts = tuple(Part(_spelling(names), names.total(), people=field, key=key) for key, names in ranked)
    return Parts(parts, sum(part.value for part in parts), unknown)


def people(viewer: Viewer, field: Field, key: str) -> ContactQuerySet:
    """The connections whose company or title folds to `key`; an empty key is those who do not say."""
    texts = [
        text
        for text in connected(viewer).order_by().values_list(field, flat=True).distinct()
        if folded(text) == key
    ]
    return connected(viewer).filter(Q(**{f"{field}__in": texts}))


def folded(text: str) -> str:
    """The key companies and titles are counted by."""
    return fold(text).strip(_EDGES)


def _spelling(names: Counter[str]) -> str:
    """The spelling most people use."""
    return min(names, key=lambda name: (-names[name], name))
