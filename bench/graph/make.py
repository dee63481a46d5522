"""A made-up community of any size: heavy-tailed degrees, ties by company, past company, school, city and chance."""

import random
from dataclasses import dataclass
from typing import Any

import numpy as np

HEAVIEST = 30_000  # connections anybody may have
UNSEEN_SHARE = 0.05  # members who appear in no path
BLOCKERS_SHARE, BLOCKS_EACH = 0.01, 10  # who blocks, and how many people two steps away

Numbers = Any  # a numpy array


@dataclass
class Community:
    """Members 1 to `size`; connections as rows of a compressed sparse matrix and as pairs low < high."""

    size: int
    starts: Numbers  # where each member's neighbours begin, size + 2 long (member 0 does not exist)
    neighbours: Numbers  # sorted within each member
    low: Numbers
    high: Numbers
    company: Numbers  # by member
    title: Numbers
    unseen: Numbers  # sorted ids
    blocks: list[tuple[int, int]]

    def of(self, member: int) -> Numbers:
        return self.neighbours[self.starts[member] : self.starts[member + 1]]

    @property
    def degrees(self) -> Numbers:
        return np.diff(self.starts)


def make(size: int, seed: int = 42) -> Community:
    """Build one; the same size and seed give the same community."""
    dice = np.random.default_rng(seed)
    company = _popular(dice, size, max(size // 60, 50), 0.85)
    groups = [
        (company, 0.30),
        (_popular(dice, size, max(size // 60, 50), 0.85), 0.18),  # past company
        (_popular(dice, size, max(size // 600, 50), 0.7), 0.14),  # school
        (_popular(dice, size, 400, 0.9), 0.12),  # city
    ]
    wanted = np.exp(dice.normal(3.62, 1.25, size))
    heavy = dice.choice(size, max(int(size * 0.0012), 3), replace=False)
    wanted[heavy] = 2_500 * (1 - dice.random(len(heavy))) ** (-1 / 1.25)
    wanted = np.minimum(wanted, min(HEAVIEST, size // 7))
    pairs = []
    for group, share in groups:
        most = 0.45 * np.bincount(group)[group]  # nobody knows more than that of one circle
        pairs.append(_pair_up(dice, group, np.minimum(wanted * share, most)))
    used = sum(np.bincount(np.r_[one, other], minlength=size) for one, other in pairs)
    pairs.append(_pair_up(dice, np.zeros(size, np.int32), np.maximum(wanted - used, 0) * 1.03))
    one, other = (np.concatenate(side) for side in zip(*pairs, strict=True))
    low, high = np.minimum(one, other) + 1, np.maximum(one, other) + 1
    code = np.unique((low.astype(np.int64) * (size + 1) + high)[low != high])
    low, high = (code // (size + 1)).astype(np.int32), (code % (size + 1)).astype(np.int32)
    both = np.sort(
        np.concatenate([low.astype(np.int64) * (size + 1) + high, high.astype(np.int64) * (size + 1) + low])
    )
    counts = np.bincount(both // (size + 1), minlength=size + 1)
    starts = np.zeros(size + 2, np.int64)
    np.cumsum(counts, out=starts[1:])
    community = Community(
        size=size,
        starts=starts,
        neighbours=(both % (size + 1)).astype(np.int32),
        low=low,
        high=high,
        company=np.r_[0, company + 1],
        title=np.r_[0, _popular(dice, size, 600, 0.9) + 1],
        unseen=np.sort(dice.choice(size, int(size * UNSEEN_SHARE), replace=False).astype(np.int32) + 1),
        blocks=[],
    )
    community.blocks = _blocks(community, random.Random(seed))
    return community


def _popular(dice: Any, size: int, choices: int, slope: float) -> Numbers:
    """Each member's choice among circles of very different sizes."""
    weights = 1.0 / np.arange(1, choices + 1) ** slope
    order = dice.permutation(choices)
    return order[dice.choice(choices, size=size, p=weights / weights.sum())].astype(np.int32)


def _pair_up(dice: Any, group: Numbers, wanted: Numbers) -> tuple[Numbers, Numbers]:
    """Pair members of one group at random until each has about as many as wanted."""
    who = np.repeat(
        np.arange(len(group), dtype=np.int32), np.floor(wanted + dice.random(len(group))).astype(int)
    )
    circle = group[who]
    order = np.argsort(circle.astype(np.int64) << 32 | dice.integers(0, 1 << 32, len(who)), kind="stable")
    who, circle = who[order], circle[order]
    place = np.arange(len(circle))
    begins = np.r_[True, circle[1:] != circle[:-1]]
    first = np.maximum.accumulate(np.where(begins, place, 0))
    even = np.nonzero((place - first) % 2 == 0)[0]
    even = even[even + 1 < len(circle)]
    even = even[circle[even] == circle[even + 1]]
    return who[even], who[even + 1]


def _blocks(community: Community, dice: random.Random) -> list[tuple[int, int]]:
    """Blocks of people two steps away: nobody is connected with whom they block."""
    found: set[tuple[int, int]] = set()
    for blocker in dice.sample(range(1, community.size + 1), int(community.size * BLOCKERS_SHARE)):
        mine = community.of(blocker)
        known = set(mine.tolist()) | {blocker}
        for _ in range(BLOCKS_EACH if len(mine) else 0):
            theirs = community.of(int(dice.choice(mine)))
            other = int(dice.choice(theirs))
            if other not in known:
                found.add((blocker, other))
    return sorted(found)
