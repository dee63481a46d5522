"""How fast the list of connections answers for somebody with 30,000: p50 and p95 of processor time, by request.

python -m bench.connections [rows] [rounds]
"""

import random
import sys
from datetime import UTC, datetime, timedelta

from bench.contacts import measure
from tests import database

NOW = datetime(2026, 11, 22, tzinfo=UTC)
MATCHED = 0.1  # of the connections are in one's contacts by an address they chose to be found by


def main(rows: int = 30_000, rounds: int = 20) -> dict[str, tuple[float, float]]:
    """Milliseconds (p50, p95) by address; needs a database of its own, which it makes."""
    from django.test import Client

    from kith.members.actions import join
    from kith.network.models import Side

    member = join(email="bench@example.org", name="Bench Marker")
    fill(member, rows)
    middle = Side.objects.of(member).order_by("other__sort_name")[rows // 2].other.public_id
    client = Client(SERVER_NAME="localhost")
    client.force_login(member, backend="kith.members.links.OneTimeLinkBackend")
    asked = [f"/network/connections/?{words}" for words in (
        "", "sort=name", "sort=touch", f"after={middle}", f"sort=name&after={middle}", f"sort=touch&after={middle}",
        "q=n", "q=planner+oslo", "q=zzzz", "network=a", "network=b&sort=touch", "since=365", "show=500",
    )]  # fmt: skip
    asked += ["/network/followers/", "/network/followers/?kind=connected", "/network/followers/?q=planner"]
    asked += ["/network/reach/"]
    return {address: measure(client, address, rounds) for address in asked}


def fill(member: object, rows: int) -> None:
    """So many connections and a tenth as many followers, contacts for a tenth, and some life between the others."""
    from allauth.account.models import EmailAddress
    from django.db import connection

    from kith.contacts.models import Contact
    from kith.members.models import Member
    from kith.network import adjacency
    from kith.network.models import Connection, Follow, NetworkChoices

    dice = random.Random(7)
    work, places = ["Planner", "Buyer", "Founder", "Editor"], ["Oslo", "Lyon", "Kraków", "Porto"]
    crowd = Member.objects.bulk_create(
        (
            Member(
                email=f"p{n}@example.org",
                name=f"Person {n:06}",
                handle=f"p-{n}",
                sort_name=f"person {dice.randrange(10**6):06}",
                headline=f"{dice.choice(work)} of line {n % 97}",
                place=dice.choice(places),
                confirmed_at=NOW,
            )
            for n in range(rows + rows // 10)
        ),
        batch_size=5_000,
    )
    mine = crowd[:rows]
    pairs = {(member.pk, one.pk) for one in mine}
    pairs |= {
        tuple(sorted((one.pk, other.pk))) for one in mine for other in dice.sample(crowd, 5) if one != other
    }
    Connection.objects.bulk_create(
        (
            Connection(low_id=low, high_id=high, made_at=NOW - timedelta(minutes=dice.randrange(5_000_000)))
            for low, high in pairs
        ),
        batch_size=10_000,
    )
    adjacency.rebuild()
    Follow.objects.bulk_create(
        (
            Follow(follower=one, followed=member, made_at=NOW - timedelta(minutes=dice.randrange(900_000)))
            for one in crowd[rows:]
        ),
        batch_size=5_000,
    )
    known = dice.sample(mine, int(rows * MATCHED))
    EmailAddress.objects.bulk_create(
        EmailAddress(user=one, email=one.email, primary=True, verified=True) for one in known
    )
    NetworkChoices.objects.bulk_create(NetworkChoices(member=one, found_by_email=True) for one in known)
    today = NOW.date()
    Contact.objects.bulk_create(
        (
            Contact(
                owner=member,
                name=one.name,
                email=one.email,
                slug=one.handle,
                in_touch_on=today - timedelta(days=dice.randrange(3_000)),
                last_talk_on=today if n % 5 == 0 else None,
            )
            for n, one in enumerate(known)
        ),
        batch_size=5_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


if __name__ == "__main__":
    database.provide()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    numbers = [int(argument) for argument in sys.argv[1:]]
    for name, (p50, p95) in main(*numbers).items():
        print(f"p50 {p50:6.1f} ms  p95 {p95:6.1f} ms  {name}")
