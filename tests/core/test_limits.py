"""Budgets."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from kith.core.limits import give_back, sweep, take, wait_seconds
from kith.core.models import Budget
from kith.members.models import Member
from kith.web.limited import limited, network_of

HOUR = timedelta(hours=1)


@pytest.mark.django_db(transaction=True)
def test_a_budget_is_exact_when_four_take_two_hundred_times_each() -> None:
    barrier, got = threading.Barrier(4), []

    def run() -> None:
        try:
            barrier.wait()
            got.extend(take("calls", at_most=100, within=HOUR) for _ in range(200))
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(got) == 800
    assert sum(got) == 100
    assert len(Budget.objects.get().taken_at) == 100


@pytest.mark.django_db
def test_a_budget_is_whole_again_after_its_while() -> None:
    assert take("calls", at_most=1, within=HOUR)
    assert not take("calls", at_most=1, within=HOUR)
    assert 3590 < wait_seconds("calls", within=HOUR) <= 3600
    Budget.objects.update(taken_at=[timezone.now() - HOUR])
    assert wait_seconds("calls", within=HOUR) == 0
    assert take("calls", at_most=1, within=HOUR)


@pytest.mark.django_db
def test_no_while_holds_more_whenever_it_begins() -> None:
    now, minute = timezone.now(), timedelta(minutes=1)
    Budget.objects.create(key="calls", taken_at=[now - 70 * minute, now - 50 * minute, now - 5 * minute])
    assert take("calls", at_most=3, within=HOUR)  # the oldest is out of the hour, the others are not
    assert not take("calls", at_most=3, within=HOUR)
    assert 590 < wait_seconds("calls", within=HOUR) <= 600
    assert len(Budget.objects.get().taken_at) == 3


@pytest.mark.django_db
def test_a_clock_set_back_makes_nobody_wait_longer_than_one_while() -> None:
    take("calls", at_most=1, within=HOUR)
    Budget.objects.update(taken_at=[timezone.now() + timedelta(days=40)])
    assert wait_seconds("calls", within=HOUR) <= 3600


@pytest.mark.django_db
def test_more_than_the_budget_is_never_there_and_takes_nothing() -> None:
    assert not take("calls", at_most=3, within=HOUR, amount=4)
    assert take("calls", at_most=3, within=HOUR, amount=3)
    give_back("calls")
    assert take("calls", at_most=3, within=HOUR)
    assert not take("calls", at_most=3, within=HOUR)


@pytest.mark.django_db
def test_budgets_that_are_over_are_swept() -> None:
    take("old", at_most=1, within=HOUR)
    Budget.objects.update(taken_at=[timezone.now() - timedelta(days=40)])
    take("new", at_most=1, within=HOUR)
    assert sweep() == 1
    assert Budget.objects.get().key == "new"


def test_a_limited_view_says_until_when(ada: Member) -> None:
    @limited("test", at_most=2, within=HOUR)
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("done")

    def send(method: str) -> HttpResponse:
        request = getattr(RequestFactory(), method)("/")
        request.user = ada
        return view(request)

    assert [send("post").status_code for _ in range(4)] == [200, 200, 429, 429]
    assert send("get").status_code == 200
    refused = send("post")
    assert 3500 < int(refused.headers["Retry-After"]) <= 3600
    assert b"Please wait until" in refused.content


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("nonsense", "unknown"),
        ("", "unknown"),
    ],
)
def test_an_ipv6_customer_is_a_network(address: str, network: str) -> None:
    assert network_of(address) == network
