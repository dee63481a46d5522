"""How sure a rate is, and whether two rates differ by more than chance."""

from dataclasses import dataclass
from math import comb, erfc, exp, lgamma, sqrt

SURE = 0.05  # below this probability a difference is called more than chance
_Z = 1.959963984540054  # 95 %
_FEW = 5  # an expected count below this asks for the exact test


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of so many, with the 95 % interval of Wilson; of none, nothing is known."""

    hits: int
    of: int

    @property
    def share(self) -> float | None:
        return self.hits / self.of if self.of else None

    @property
    def percent(self) -> float | None:
        return None if self.share is None else 100 * self.share

    @property
    def low(self) -> float | None:
        return self._bound(-1)

    @property
    def high(self) -> float | None:
        return self._bound(1)

    def _bound(self, side: int) -> float | None:
        if not self.of:
            return None
        share, squared = self.hits / self.of, _Z * _Z
        middle = share + squared / (2 * self.of)
        reach = _Z * sqrt(share * (1 - share) / self.of + squared / (4 * self.of * self.of))
        return min(1.0, max(0.0, (middle + side * reach) / (1 + squared / self.of)))


@dataclass(frozen=True, slots=True)
class Difference:
    """One rate beside another: in points, relative to the first, and the probability that chance alone
    makes a difference as large (two-sided). `relative` is None where the first rate is 0 or unknown."""

    points: float | None
    relative: float | None
    probability: float | None

    @property
    def could_be_chance(self) -> bool:
        return self.probability is None or self.probability >= SURE


def difference(one: Rate, two: Rate) -> Difference:
    """How `two` differs from `one` (S-29: +30 % relative is +4.8 points)."""
    if one.share is None or two.share is None:
        return Difference(None, None, None)
    relative = (two.share - one.share) / one.share if one.share else None
    return Difference(100 * (two.share - one.share), relative, probability(one, two))


def probability(one: Rate, two: Rate) -> float:
    """Two-proportion test, exact (Fisher) where an expected count is small; 1 where nothing can differ."""
    hits, of = one.hits + two.hits, one.of + two.of
    misses = of - hits
    if not (one.of and two.of and hits and misses):
        return 1.0
    if min(one.of, two.of) * min(hits, misses) < _FEW * of:
        return fisher(one, two)
    pooled = hits / of
    spread = sqrt(pooled * (1 - pooled) * (1 / one.of + 1 / two.of))
    return erfc(abs(one.hits / one.of - two.hits / two.of) / spread / sqrt(2))


def fisher(one: Rate, two: Rate) -> float:
    """Exact two-sided probability: every table with the same margins that is no likelier than this one."""
    hits = one.hits + two.hits
    least, most = max(0, hits - two.of), min(hits, one.of)
    weights = [_weight(one.of, two.of, hits, taken) for taken in range(least, most + 1)]
    here = weights[one.hits - least]
    return min(1.0, sum(weight for weight in weights if weight <= here * (1 + 1e-9)) / sum(weights))


def surely_different(probabilities: list[float]) -> list[bool]:
    """Which of several comparisons hold together (Holm): many looks find differences where none are."""
    order = sorted(range(len(probabilities)), key=probabilities.__getitem__)
    sure = [False] * len(probabilities)
    for rank, at in enumerate(order):
        if probabilities[at] * (len(order) - rank) >= SURE:
            break
        sure[at] = True
    return sure


def _weight(left: int, right: int, hits: int, taken: int) -> float:
    if left + right < 500:
        return float(comb(left, taken) * comb(right, hits - taken)) / float(comb(left + right, hits))
    return exp(_log_comb(left, taken) + _log_comb(right, hits - taken) - _log_comb(left + right, hits))


def _log_comb(of: int, taken: int) -> float:
    return lgamma(of + 1) - lgamma(taken + 1) - lgamma(of - taken + 1)
