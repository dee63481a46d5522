"""A house of twenty-four who know each other, and somebody about whom five clues come together (S-38)."""

from kith.members.actions import join
from kith.members.models import Member
from kith.network.actions.connections import connect
from kith.profiles import actions
from kith.trust.usual import measure
from tests.network.circle import people

HERE = "Toronto, Ontario, Canada"
ALL = ["few", "place", "note", "thin", "dates"]


def settle(first: Member, more: int = 23) -> list[Member]:
    """At work since 2015, in one country, each says what they do and knows a dozen; `first` is one of them."""
    crowd = [first, *people(more)]
    for number, one in enumerate(crowd):
        actions.edit_card(one, name=one.name, pronunciation="", headline="", place=HERE)
        actions.write_summary(one, "I keep the books of a harbour.")
        work = {"title": "Clerk", "organisation": "Harbour", "start_year": "2015", "current": "1"}
        actions.add_row(one, "positions", work)
        for other in crowd[max(0, number - 6) : number]:
            connect(one, other)
    return crowd


def suspect() -> Member:
    """As the text tells it: years of HR, far away, two connections, nothing said, the present without dates."""
    mal = join(email="mal@example.org", name="Mal Grey")
    actions.edit_card(mal, name=mal.name, pronunciation="", headline="HR", place="São Paulo, Brazil")
    held = {"title": "HR Analyst", "organisation": "Acme", "start_year": "2022", "end_year": "2025"}
    actions.add_row(mal, "positions", held)
    actions.add_row(mal, "positions", {"title": "HR Manager", "organisation": "Vanta", "current": "1"})
    for other in people(2, "far"):
        connect(mal, other)
    measure()
    return mal
