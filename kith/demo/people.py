"""The two hundred of the demo community, thought up: always the same ones."""

from dataclasses import dataclass, field
from random import Random

from django.utils.text import slugify

from kith.core.text import fold
from kith.demo.faces import Look
from kith.demo.names import ORIGINS, Origin
from kith.demo.trades import DEGREES, SCHOOLS, TRADES, Trade

COUNT = 200
THIS_YEAR = 2026
NAME_ONLY, CARD_ONLY, WITH_PHOTO, ON_THE_WEB = 0.06, 0.18, 0.78, 0.2
LONG_LISTS = {3: 30, 28: 11, 53: 20}  # who lists how many specialties, in place of one to three (S-02)
LANGUAGES = (
    "English",
    "Español",
    "Français",
    "العربية",
    "Deutsch",
    "हिन्दी",
    "中文",
    "Norsk",
    "Português",
    "日本語",
)
LEVELS = ("native", "fluent", "at work", "slowly")


@dataclass(frozen=True)
class Job:
    """A position: no end means still held; a month may be unknown."""

    title: str
    firm: str
    start: tuple[int, int | None]
    end: tuple[int | None, int | None] = (None, None)
    place: str = ""
    told: str = ""


@dataclass
class Invented:
    """Somebody who never was."""

    name: str
    handle: str
    look: Look
    headline: str = ""
    place: str = ""
    summary: str = ""
    jobs: list[Job] = field(default_factory=list)
    schools: list[tuple[str, str, str, int]] = field(default_factory=list)  # school, degree, field, last year
    specialties: list[str] = field(default_factory=list)
    skills: list[str] = field(default_factory=list)
    languages: list[tuple[str, str]] = field(default_factory=list)
    has_photo: bool = False
    is_public: bool = False

    @property
    def email(self) -> str:
        return f"{self.handle}@demo.example"


def invented() -> list[Invented]:
    """All of them, each origin and trade mixed through the whole."""
    return [_somebody(number) for number in range(COUNT)]


def _somebody(number: int) -> Invented:
    chance = Random(f"kith {number}")  # noqa: S311 the same people each time
    origin, turn = ORIGINS[number % len(ORIGINS)], number // len(ORIGINS)
    trade = TRADES[(number * 7 + turn) % len(TRADES)]
    is_woman = turn % 2 == 0
    person = _named(origin, turn // 2, is_woman, chance)
    depth = 1.0 if number in LONG_LISTS else chance.random()
    person.has_photo = depth > NAME_ONLY and chance.random() < WITH_PHOTO
    if depth <= NAME_ONLY:
        return person
    person.place = chance.choice(origin.places)
    years = chance.randint(2, 30)
    person.jobs = _jobs(trade, years, person.place, chance)
    now = person.jobs[0]
    person.headline = chance.choice((f"{now.title} at {now.firm}", chance.choice(trade.lines), now.title))
    if depth <= CARD_ONLY:
        person.jobs = person.jobs[:1] if chance.random() < 0.5 else []
        return person
    _told(person, number, trade, years, chance)
    return person


def _named(origin: Origin, turn: int, is_woman: bool, chance: Random) -> Invented:
    given = (origin.f if is_woman else origin.m).split()[turn]
    families = origin.families.split()
    family = families[(turn + (not is_woman)) % len(families)]
    (written, latin), (house, latin_house) = _both(given), _both(family)
    name = f"{house}{origin.glue}{written}" if origin.family_first else f"{written}{origin.glue}{house}"
    wears = origin.worn if (origin.worn == "scarf") == is_woman and chance.random() < 0.45 else ""
    look = Look("f" if is_woman else "m", wears, origin.skins, old=chance.random() < 0.15, fair=origin.fair)
    return Invented(name=name, handle=slugify(fold(f"{latin} {latin_house}")), look=look)


def _both(word: str) -> tuple[str, str]:
    written, _, latin = word.partition("|")
    return written, latin or written


def _jobs(trade: Trade, years: int, place: str, chance: Random) -> list[Job]:
    """The latest first; the older ones sometimes without months."""
    count = min(3, 1 + years // 6)
    steps = sorted(chance.sample(range(1, years + 2), count), reverse=True)
    jobs: list[Job] = []
    for step, back in enumerate(steps):
        start = (THIS_YEAR - back, chance.choice((None, *range(1, 13))))
        end = (
            (THIS_YEAR - steps[step + 1], chance.choice((None, 3, 6, 9)))
            if step + 1 < count
            else (None, None)
        )
        rank = min(2, step + (2 if count == 1 and years > 12 else 0))
        told = f"{chance.choice(trade.specialties)}." if chance.random() < 0.4 else ""
        jobs.insert(0, Job(trade.titles[rank], chance.choice(trade.firms), start, end, place, told))
    return jobs


def _told(person: Invented, number: int, trade: Trade, years: int, chance: Random) -> None:
    wanted = LONG_LISTS.get(number, chance.choice((0, 1, 1, 1, 2, 2, 3)))
    if number in LONG_LISTS:
        everything = [text for other in TRADES for text in other.specialties]
        person.specialties = chance.sample(everything, wanted)
    else:
        person.specialties = chance.sample(trade.specialties, min(wanted, len(trade.specialties)))
    person.skills = chance.sample(trade.skills, chance.randint(2, len(trade.skills)))
    last = THIS_YEAR - years
    school = SCHOOLS[(number * 3) % len(SCHOOLS)]
    person.schools = (
        [(school, chance.choice(DEGREES), trade.skills[0], last)] if chance.random() < 0.8 else []
    )
    known = chance.sample(LANGUAGES, chance.randint(1, 3))
    person.languages = [(language, LEVELS[min(place, 3)]) for place, language in enumerate(known)]
    if chance.random() < 0.6:
        about = chance.choice(trade.lines)
        person.summary = f"{about}. {years} years in it, now with {person.jobs[0].firm}. {_offer(chance)}"
    person.is_public = chance.random() < ON_THE_WEB


def _offer(chance: Random) -> str:
    return chance.choice(
        (
            "Ask me anything about it; I answer on Thursdays.",
            "Happy to introduce people who should know each other.",
            "Looking for somebody who has done this in a small town.",
            "I keep a list of what went wrong, and share it.",
            "New here, and curious who else is.",
        )
    )
