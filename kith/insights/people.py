"""The people behind each figure, by the figure's set name."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from kith.contacts.models.contact import ContactQuerySet
from kith.insights import connections, endorsements, exchange, first_messages, invitations, work
from kith.insights.sources import Sources
from kith.members.policy import Viewer


@dataclass(frozen=True, slots=True)
class Behind:
    """Who stands behind a figure: a heading, a sentence and the contacts."""

    title: str
    contacts: ContactQuerySet


def people_behind(viewer: Viewer, known: Sources, slug: str, key: str = "") -> Behind | None:
    """The set a figure names, `key` where it has values (a company, a month); None for an unknown name."""
    title = _titles().get(slug)
    if title is None:
        return None
    contacts = _contacts(viewer, known.as_of, slug, key)
    if contacts is None:
        return None
    if not contacts.ordered:
        contacts = contacts.order_by("sort_name", "pk")
    return Behind(title % {"key": _shown(viewer, slug, key)} if "%(key)s" in title else title, contacts)


def _contacts(viewer: Viewer, as_of: date | None, slug: str, key: str) -> ContactQuerySet | None:
    if slug == "connections":
        return connections.connected(viewer).order_by("-connected_on", "sort_name", "pk")
    if slug == "connected-last-year":
        return connections.of_last_year(viewer, as_of).order_by("-connected_on", "sort_name", "pk")
    if slug == "a-network":
        return connections.connected(viewer).in_a_network().order_by("-last_talk_on", "pk")
    if slug in ("both-ways", "only-they", "only-i", "never"):
        newest = ("-connected_on",) if slug == "never" else ("-last_exchange_at",)
        return exchange.exchanged(viewer, slug).order_by(*newest, "pk")
    if slug == "waiting-for-you":
        return exchange.waiting(viewer)
    if slug == "gone-quiet":
        return exchange.gone_quiet(viewer, as_of).order_by("-in_touch_on", "pk")
    if slug == "quiet-for":
        return (
            exchange.quiet_for(viewer, as_of, int(key)).order_by("-in_touch_on", "pk")
            if _is_count(key)
            else None
        )
    if slug == "unanswered-for":
        return invitations.waiting_for(viewer, as_of, int(key)) if _is_count(key) else None
    if slug in ("with-company", "with-title"):
        return work.who_say(viewer, "company" if slug == "with-company" else "title")
    if slug in ("company", "title"):
        return work.people(viewer, slug, key)  # type: ignore[arg-type]
    if slug in ("endorsed-you", "endorsed-both"):
        return endorsements.people(viewer, slug, key)
    if slug == "you-endorsed":
        return endorsements.people(viewer, slug)
    if slug in ("first-written", "first-answered", "first-unanswered"):
        return first_messages.people(viewer, slug, key)
    return invitations.people(viewer, slug)


def _titles() -> dict[str, str]:
    return {
        "connections": _("Everybody you are connected with"),
        "connected-last-year": _("Connected in the last twelve months"),
        "a-network": _("Connections you have really spoken with: A network"),
        "both-ways": _("Words went both ways"),
        "only-they": _("They wrote, you did not"),
        "only-i": _("You wrote, they did not"),
        "never": _("Never a message"),
        "waiting-for-you": _("They wrote last and wait for you"),
        "gone-quiet": _("Gone quiet"),
        "quiet-for": _("Months since you were last in touch: %(key)s"),
        "invited": _("People you invited"),
        "accepted": _("They accepted your invitation"),
        "unanswered": _("Your invitation is still open"),
        "unanswered-for": _("Your invitation is still open, after %(key)s"),
        "with-note": _("Invited with a note"),
        "without-note": _("Invited without a note"),
        "accepted-with-note": _("They accepted your invitation, which had a note"),
        "accepted-without-note": _("They accepted your invitation, which had no note"),
        "invited-you": _("They invited you"),
        "you-accepted": _("You accepted their invitation"),
        "you-left-open": _("Their invitation made no connection"),
        "with-company": _("Connections who name a company"),
        "with-title": _("Connections who name a title"),
        "company": _("Connections at %(key)s"),
        "title": _("Connections called %(key)s"),
        "endorsed-you": _("They endorsed you"),
        "you-endorsed": _("You endorsed them"),
        "endorsed-both": _("You endorsed each other"),
        "first-written": _("You wrote first"),
        "first-answered": _("You wrote first and they answered"),
        "first-unanswered": _("You wrote first and nothing came back"),
    }


def _is_count(key: str) -> bool:
    return key.isascii() and key.isdigit() and len(key) < 4


def _shown(viewer: Viewer, slug: str, key: str) -> str:
    """A key as people read it: a company as somebody spells it, an age with both its ends."""
    if slug == "quiet-for":
        return exchange.months_in_words(int(key))
    if slug == "unanswered-for":
        return invitations.age_class(int(key))
    if not key:
        return _("no company they name") if slug == "company" else _("nothing they name")
    one = work.people(viewer, "company" if slug == "company" else "title", key).first()
    return f"“{getattr(one, slug).strip()}”" if one else f"“{key}”"
