"""First messages in nearly the same words are one version: what they share is text, what differs is a slot."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from kith.core.text import fold

SHINGLE = 3  # words
ALIKE = 0.6  # share of words in common, in order, of both texts
LONGEST_SLOT = 7  # words: a longer stretch of other words is another sentence, so another version
LONGEST_ADDITION = 3  # words: a line more (S-29: "reply Not Interested") makes another version
SLOT_STRETCH = 4  # words a slot's filling may differ in length
SHORTEST_LOOSE = 5  # words: shorter texts must be equal
CROWDED = 64  # a shingle in more versions than this tells nothing

_WORD = re.compile(r"https?://\S+|[\u3040-\u30ff\u3400-\u9fff]|\d+(?:[.,:/-]\d+)*|\w+")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_GREETINGS = frozenset(
    re.findall(
        r"\w+",
        """hi hello hey dear hei hallo hej heisann hola ola bonjour salut ciao moi namaste kjaere lieber liebe
        cher chere caro cara querido estimado estimada good god guten bom buenos buenas morning afternoon evening
        day dag morgen tag abend dia dias tardes there mr mrs ms dr herr frau""",
    )
)
_BLANK = "…"


@dataclass(frozen=True, slots=True)
class FirstMessage:
    """What opened a conversation: `index` is the caller's, `names` are those of its recipients."""

    index: int
    text: str
    names: tuple[str, ...] = ()


def group_versions(items: Sequence[FirstMessage]) -> list[list[int]]:
    """The indexes of messages in nearly the same words, largest group first; every index is in one group.

    Names, numbers, addresses and the greeting do not count as words. The answer does not depend on the
    order of `items`, except that equal sizes stand in order of their lowest index. (MSG-09, S-30)
    """
    same: dict[tuple[str, ...], list[int]] = defaultdict(list)
    folded: dict[str, str] = {}
    for item in items:
        same[_essence(item, folded)].append(item.index)
    groups = [sorted(index for words in leader for index in same[words]) for leader in _led(same)]
    return sorted(groups, key=lambda group: (-len(group), group[0]))


def representative(messages: Sequence[FirstMessage]) -> str:
    """The text that stands for a version: its most frequent wording, with the recipients' names left blank."""
    folded: dict[str, str] = {}
    essences = [_essence(message, folded) for message in messages]
    counts: dict[tuple[str, ...], int] = defaultdict(int)
    for essence in essences:
        counts[essence] += 1
    best = max(counts, key=lambda essence: (counts[essence], -essences.index(essence)))
    return _without_names(messages[essences.index(best)])


def _essence(item: FirstMessage, folded: dict[str, str]) -> tuple[str, ...]:
    """The words that count: folded, without names, numbers as 0, addresses as one sign, no greeting."""
    text, names = unicodedata.normalize("NFC", item.text), _name_words(item.names)
    for name in names:
        if _WIDE.search(name):
            text = text.replace(name, " ")
    words: list[str] = []
    for raw in _WORD.findall(text):
        if raw[0].isdigit():
            words.append("0")
        elif raw.startswith("http"):
            words.append("@")
        elif raw in names:
            continue
        else:
            word = folded.get(raw)
            if word is None:
                word = folded[raw] = fold(raw)
            if words or word not in _GREETINGS:
                words.append(word)
    return tuple(words)


def _name_words(names: Sequence[str]) -> frozenset[str]:
    """Each word of the names as it is written; one letter is no name."""
    return frozenset(
        word
        for name in names
        for word in re.findall(r"\w+", unicodedata.normalize("NFC", name))
        if len(word) > 1
    )


def _led(same: dict[tuple[str, ...], list[int]]) -> list[list[tuple[str, ...]]]:
    """Gather equal texts behind the most frequent text they are alike to."""
    versions: list[list[tuple[str, ...]]] = []
    met_in: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for words in sorted(same, key=lambda words: (-len(same[words]), len(words), words)):
        if len(words) < SHORTEST_LOOSE:
            versions.append([words])
            continue
        shingles = {words[at : at + SHINGLE] for at in range(len(words) - SHINGLE + 1)}
        found = _find(words, shingles, met_in, versions)
        if found is not None:
            versions[found].append(words)
            continue
        for shingle in shingles:
            if len(met_in[shingle]) <= CROWDED:
                met_in[shingle].append(len(versions))
        versions.append([words])
    return versions


def _find(
    words: tuple[str, ...],
    shingles: set[tuple[str, ...]],
    met_in: dict[tuple[str, ...], list[int]],
    versions: list[list[tuple[str, ...]]],
) -> int | None:
    """The version that shares most shingles and is alike; only the first of each version is compared."""
    shared: dict[int, int] = defaultdict(int)
    for shingle in shingles:
        met = met_in.get(shingle, ())
        if len(met) <= CROWDED:
            for version in met:
                shared[version] += 1
    for version in sorted(shared, key=lambda version: (-shared[version], version))[:6]:
        if _alike(versions[version][0], words):
            return version
    return None


def _alike(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Whether two texts differ in slots only."""
    short, long = sorted((len(one), len(two)))
    if 2 * short < ALIKE * (short + long):
        return False
    start = 0
    while start < short and one[start] == two[start]:
        start += 1
    end = 0
    while end < short - start and one[-1 - end] == two[-1 - end]:
        end += 1
    left, right = one[start : len(one) - end], two[start : len(two) - end]
    kept = start + end
    if kept + _in_common(left, right) < ALIKE * (short + long) / 2:
        return False
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            kept += i2 - i1
        elif not _is_slot(i2 - i1, j2 - j1):
            return False
    return 2 * kept >= ALIKE * (short + long)


def _is_slot(left: int, right: int) -> bool:
    if not left or not right:
        return left + right <= LONGEST_ADDITION
    return max(left, right) <= LONGEST_SLOT and abs(left - right) <= SLOT_STRETCH


def _in_common(left: tuple[str, ...], right: tuple[str, ...]) -> int:
    """How many words both have, in any order: the most that could be in common in order."""
    stock: dict[str, int] = defaultdict(int)
    for word in left:
        stock[word] += 1
    found = 0
    for word in right:
        if stock[word] > 0:
            stock[word] -= 1
            found += 1
    return found


def _without_names(message: FirstMessage) -> str:
    """The text with each run of its recipients' names as one blank."""
    text = unicodedata.normalize("NFC", message.text)
    names = sorted(_name_words(message.names), key=lambda name: (-len(name), name))
    if not names:
        return text.strip()
    one = "|".join(re.escape(name) if _WIDE.search(name) else rf"\b{re.escape(name)}\b" for name in names)
    return re.sub(rf"(?:{one})(?:[\s.-]+(?:{one}))*", _BLANK, text).strip()
