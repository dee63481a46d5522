"""Your network, honestly: every thought about it, for one viewer, computed when asked."""

from dataclasses import dataclass

from kith.insights.audience import Audience, audience
from kith.insights.connections import Connections, connections
from kith.insights.endorsements import Endorsements, endorsements
from kith.insights.exchange import Exchange, Quiet, exchange, quiet, waits_for_me
from kith.insights.figure import Figure, Parts
from kith.insights.first_messages import FirstMessages, first_messages
from kith.insights.invitations import Invitations, invitations
from kith.insights.sources import Sources, sources
from kith.insights.work import named, work
from kith.members.policy import Viewer


@dataclass(frozen=True, slots=True)
class Report:
    """The whole of it; a part whose source never came is full of unknowns, `audience` is None."""

    known: Sources
    connections: Connections
    exchange: Exchange
    waiting: Figure
    quiet: Quiet
    invitations: Invitations
    companies: Parts
    with_company: Figure
    titles: Parts
    with_title: Figure
    endorsements: Endorsements
    first_messages: FirstMessages
    audience: Audience | None


def report(viewer: Viewer) -> Report:
    """About 25 statements, none of them per row."""
    known = sources(viewer)
    companies, titles = work(viewer, "company"), work(viewer, "title")
    return Report(
        known=known,
        connections=connections(viewer, known),
        exchange=exchange(viewer, known),
        waiting=waits_for_me(viewer, known),
        quiet=quiet(viewer, known),
        invitations=invitations(viewer, known),
        companies=companies,
        with_company=named(companies, "company", known),
        titles=titles,
        with_title=named(titles, "title", known),
        endorsements=endorsements(viewer, known),
        first_messages=first_messages(viewer, known),
        audience=audience(viewer),
    )
