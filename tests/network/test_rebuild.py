"""The rebuild beside people who connect: nobody waits for ever, and rows and bitmaps agree afterwards."""

from threading import Event, Thread

import pytest
from django.db import connection, transaction

from kith.network import adjacency
from kith.network.models import Connection
from tests.network.circle import people

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.thorough]
WAIT = 10


def test_a_rebuild_lets_whoever_is_in_the_middle_of_connecting_finish() -> None:
    one, two, three = (member.pk for member in people(3))
    adjacency.join_pair(one, two)
    begun, faults = Event(), list[Exception]()

    def connects() -> None:
        try:
            with transaction.atomic():
                adjacency._locked(two, three)  # its first statement; the second writes the other table
                begun.set()
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_sleep(0.4)")
                adjacency.join_pair(two, three)
        except Exception as fault:  # noqa: BLE001 shown below
            faults.append(fault)
        finally:
            connection.close()

    thread = Thread(target=connects)
    thread.start()
    assert begun.wait(WAIT)
    assert adjacency.rebuild() == 3
    thread.join(WAIT)
    assert not faults and not thread.is_alive()
    assert Connection.objects.count() == 2
    assert adjacency.prove() == adjacency.Proof(3, 2, [], [])


def test_the_proof_reads_one_moment_and_waits_for_nobody() -> None:
    one, two, three = (member.pk for member in people(3))
    adjacency.join_pair(one, two)
    begun, proven = Event(), Event()

    def connects() -> None:
        with transaction.atomic():
            adjacency.join_pair(two, three)
            begun.set()
            proven.wait(WAIT)
        connection.close()

    thread = Thread(target=connects)
    thread.start()
    assert begun.wait(WAIT)
    assert adjacency.prove() == adjacency.Proof(2, 1, [], [])
    proven.set()
    thread.join(WAIT)
    assert adjacency.prove() == adjacency.Proof(3, 2, [], [])
