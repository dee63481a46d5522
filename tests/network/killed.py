"""Connects and parts members without end until it is killed, over and over; run by test_kills as a process of its own.

Arguments: "together" or "apart" (bitmaps in a second transaction, the mistake that the test must notice), then a
file for acknowledgements. Each line read from its input starts one writer and kills it within half a second.
"""

import os
import random
import signal
import sys
import time
from collections.abc import Callable

import django


def main() -> None:
    how, acknowledged = sys.argv[1:]
    django.setup()
    for line in sys.stdin:
        writer = os.fork()
        if not writer:
            _write_for_ever(how, acknowledged, int(line))
        time.sleep(random.uniform(0.15, 0.5))
        os.kill(writer, signal.SIGKILL)
        os.waitpid(writer, 0)
        print("killed", flush=True)


def _write_for_ever(how: str, acknowledged: str, seed: int) -> None:
    from kith.members.models import Member
    from kith.network.actions.connections import connect, disconnect

    chance, members = random.Random(seed), list(Member.objects.order_by("pk"))
    file = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    act: Callable[[Member, Member], bool]
    while True:
        one, other = sorted(chance.sample(members, 2), key=lambda member: member.pk)
        stands = chance.random() < 0.6
        if how == "together":
            act = connect if stands else disconnect
            act(one, other)
        else:
            _apart(one, other, stands)
        os.write(file, f"{one.pk} {other.pk} {int(stands)}\n".encode())


def _apart(one: "Member", other: "Member", stands: bool) -> None:  # noqa: F821
    """The row in one transaction, the bitmaps in the next."""
    from django.db import transaction
    from pyroaring import BitMap

    from kith.network.models import Connection, Neighbours

    if stands:
        Connection.objects.get_or_create(low=one, high=other)
    else:
        Connection.objects.filter(low=one, high=other).delete()
    with transaction.atomic():
        for me, them in ((one, other), (other, one)):
            row, _made = Neighbours.objects.get_or_create(
                member=me, defaults={"degree": 0, "bitmap": BitMap().serialize()}
            )
            ids = BitMap.deserialize(bytes(row.bitmap))
            (ids.add if stands else ids.discard)(them.pk)
            row.bitmap, row.degree = ids.serialize(), len(ids)
            row.save(update_fields=["bitmap", "degree"])


if __name__ == "__main__":
    main()
