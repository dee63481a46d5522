"""What a report counts once, however many archives told it."""

from datetime import date

import pytest

from kith.archive.reading.model import Connection
from kith.insights.connections import connections
from kith.insights.sources import sources
from kith.members.models import Member
from kith.members.policy import Viewer
from tests.archive.test_writing import bring_in, small

pytestmark = pytest.mark.django_db


def test_somebody_hidden_in_an_older_archive_and_named_by_now_counts_once(ada: Member) -> None:
    bring_in(ada, small())
    viewer = Viewer(ada)
    assert connections(viewer, sources(viewer)).hidden == 2
    newer = small(as_of=date(2026, 9, 1))
    newer.connections = [Connection(0, date(2024, 3, 1)), Connection(None, date(2020, 1, 1))]
    bring_in(ada, newer)
    told = connections(viewer, sources(viewer))
    assert (told.hidden, told.named.value) == (1, 1)
