import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.insights.chance import Rate, difference, fisher, probability, surely_different

rates = st.integers(0, 60).flatmap(lambda of: st.integers(0, of).map(lambda hits: Rate(hits, of)))


@given(rates)
def test_the_interval_holds_the_rate(rate):
    if rate.of:
        assert 0 <= rate.low <= rate.share + 1e-12
        assert rate.share - 1e-12 <= rate.high <= 1
    else:
        assert rate.share is rate.low is rate.high is rate.percent is None


@given(rates, rates)
def test_the_order_of_two_rates_does_not_change_the_probability(one, two):
    assert probability(one, two) == pytest.approx(probability(two, one))
    assert 0 <= probability(one, two) <= 1


def test_wilson_agrees_with_its_published_example():
    rate = Rate(1, 10)
    assert (rate.low, rate.high) == (pytest.approx(0.0179, abs=1e-4), pytest.approx(0.4042, abs=1e-4))


def test_fisher_agrees_with_the_tea_tasting():
    assert fisher(Rate(3, 4), Rate(1, 4)) == pytest.approx(0.4857, abs=1e-4)


def test_sixteen_and_twenty_point_eight_percent_of_184_could_be_chance():  # S-29
    found = difference(Rate(29, 184), Rate(38, 184))
    assert found.could_be_chance
    assert found.relative == pytest.approx(0.31, abs=0.01)
    assert found.points == pytest.approx(4.9, abs=0.1)


def test_the_same_rates_of_ten_times_as_many_are_more_than_chance():
    assert not difference(Rate(290, 1840), Rate(380, 1840)).could_be_chance


def test_large_tables_are_counted_exactly_too():
    assert fisher(Rate(2, 900), Rate(9, 900)) == pytest.approx(0.0647, abs=2e-3)


def test_many_comparisons_need_stronger_signs():
    assert surely_different([0.04]) == [True]
    assert surely_different([0.04, 0.9, 0.5]) == [False, False, False]
    assert surely_different([0.9, 0.001, 0.02]) == [False, True, True]
    assert surely_different([]) == []
