"""How fast the Contacts page answers over 30,000 rows: p50 and p95 of processor time, by request.

python -m bench.contacts [rows] [rounds]
"""

import random
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from tests import database


def main(rows: int = 30_000, rounds: int = 20) -> dict[str, tuple[float, float]]:
    """Milliseconds (p50, p95) by what was asked; needs a database of its own, which it makes."""
    from django.test import Client

    from kith.members.actions import join

    member = join(email="bench@example.org", name="Bench Marker")
    fill(member, rows)
    client = Client(SERVER_NAME="localhost")
    client.force_login(member, backend="kith.members.links.OneTimeLinkBackend")
    return {asked: measure(client, f"/contacts/?{asked}", rounds) for asked in _asked(member)}


def fill(member: object, rows: int) -> None:
    """An address book of that many invented people, with work, dates and counts spread as in life."""
    from datetime import date, timedelta

    from django.db import connection

    from kith.contacts.models import Contact
    from kith.contacts.shown import refresh_search

    dice = random.Random(7)
    first = [
        f"{a}{b}"
        for a in ("Al", "Be", "Ca", "Do", "El", "Fa", "Gu", "Ha")
        for b in ("na", "rik", "lo", "mira", "ton")
    ]
    last = [
        f"{a}{b}"
        for a in ("Storm", "Lind", "Kamen", "Oak", "Zielon", "Mer")
        for b in ("berg", "gård", "son", "ski", "wick")
    ]
    work = ["Head of Supply", "Buyer", "Web Designer", "Consultant", "Founder", "Quality Manager", "Planner"]
    firms = [
        f"{name} {kind}"
        for name in ("Novamed", "Aurora", "Pellam", "Corvane")
        for kind in ("Grid", "Devices", "Labs", "AS")
    ]
    today = date(2026, 11, 22)
    people = []
    for number in range(rows):
        talks = dice.random() < 0.03
        spoken = today - timedelta(days=dice.randrange(2000)) if talks else None
        wrote = today - timedelta(days=dice.randrange(3000)) if dice.random() < 0.35 else None
        people.append(
            Contact(
                owner=member,
                name=f"{dice.choice(first)} {dice.choice(last)} {number}",
                company=dice.choice(firms),
                title=dice.choice(work),
                slug=f"person-{number}",
                connected_on=today - timedelta(days=dice.randrange(5000)),
                sent_count=dice.randrange(9) if wrote else 0,
                received_count=dice.randrange(9) if wrote else 0,
                last_talk_on=spoken,
                talk_count=int(talks),
                in_touch_on=max(filter(None, (spoken, wrote)), default=None),
            )
        )
    Contact.objects.bulk_create(people, batch_size=2_000)
    refresh_search(member)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE contacts_contact")


def _asked(member: object) -> list[str]:
    from kith.contacts.models import Contact

    middle = (
        Contact.objects.filter(owner=member).order_by("sort_name")[15_000 % Contact.objects.count()].public_id
    )
    return [
        "",
        "q=n",
        "q=no",
        "q=nova",
        "q=novamed+buyer+storm",
        "q=zzzz",
        "sort=name",
        "sort=connected",
        "sort=company",
        f"sort=name&after={middle}",
        f"sort=touch&after={middle}",
        f"sort=company&after={middle}",
        "network=a",
        "network=b&messages=both&touch=-12",
        "messages=never",
        "company=aurora",
        "title=designer&sort=name",
        "since=2024-01-01",
        "touch=never",
    ]


def measure(client: Any, address: str, rounds: int) -> tuple[float, float]:
    """Milliseconds of processor time (p50, p95) of one address, ours and the database's, as htmx asks for words."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        database = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def spent() -> float:
        return time.process_time() + int(database.read_text().split()[0]) / 1e9

    took = []
    for _round in range(rounds + 1):
        begin = spent()
        response = client.get(address, headers={"HX-Request": "true"} if "q=" in address else {})
        took.append((spent() - begin) * 1000)
        assert response.status_code == 200, address
    took = sorted(took[1:])  # The first request warms templates and plans
    return statistics.median(took), took[int(len(took) * 0.95)]


if __name__ == "__main__":
    database.provide()
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    numbers = [int(argument) for argument in sys.argv[1:]]
    for name, (p50, p95) in main(*numbers).items():
        print(f"p50 {p50:6.1f} ms  p95 {p95:6.1f} ms  /contacts/?{name}")
