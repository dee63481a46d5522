"""Where connections work and what they are called; spelled apart is not another company."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Literal

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from kith.contacts.models.contact import ContactQuerySet
from kith.core.text import fold
from kith.insights.calendar import in_words
from kith.insights.connections import connected
from kith.insights.figure import Figure, Part, Parts
from kith.insights.sources import Sources
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


def who_say(viewer: Viewer, field: Field) -> ContactQuerySet:
    """The connections who name any company or title."""
    silent = [text for text in _texts(viewer, field) if not folded(text)]
    return connected(viewer).exclude(**{f"{field}__in": silent})


def named(parts: Parts, field: Field, known: Sources) -> Figure:
    """How many connections say where they work, or what they are called there."""
    return Figure(
        f"with-{field}",
        parts.total if known.connections else None,
        _("Connections who name a company.") if field == "company" else _("Connections who name a title."),
        in_words(known.as_of),
        known.says("Connections.csv"),
        _(
            "Whether it still holds: everybody types it themselves. Capitals, accents and a full stop at the end "
            "make no difference; other spellings count apart."
        ),
        of=parts.total + parts.unknown,
        of_what=_("connections with a name"),
        people=f"with-{field}",
    )


def people(viewer: Viewer, field: Field, key: str) -> ContactQuerySet:
    """The connections whose company or title folds to `key`; an empty key is those who do not say."""
    texts = [text for text in _texts(viewer, field) if folded(text) == key]
    return connected(viewer).filter(Q(**{f"{field}__in": texts}))


def _texts(viewer: Viewer, field: Field) -> Iterable[str]:
    return connected(viewer).order_by().values_list(field, flat=True).distinct()


def folded(text: str) -> str:
    """The key companies and titles are counted by."""
    return fold(text).strip(_EDGES)


def _spelling(names: Counter[str]) -> str:
    """The spelling most people use."""
    return min(names, key=lambda name: (-names[name], name))
