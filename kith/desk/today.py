"""What Today proposes: who waits for a word, why, and since when; each with one next step."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import Case, Count, DateTimeField, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Cast

from kith.contacts.models import Contact, ImportRun, PastInvitation
from kith.contacts.models.contact import ContactQuerySet
from kith.desk.models import Answer
from kith.members.policy import Viewer

SHOWN = 7  # people a group shows at first
OPENED = 300  # people an opened group shows at most
QUIET = timedelta(days=183)
NEW = timedelta(days=60)
MANY = 3  # messages each way from which a B contact is missed when quiet
MINUTES = {"waiting": 4, "invitation": 1, "job_change": 3, "greeting": 3, "quiet": 5}


@dataclass(frozen=True, slots=True)
class Step:
    """One proposal: a contact, why, and the day it is counted from."""

    kind: str
    contact: Contact
    since: date | None
    before: dict[str, str] | None = None
    after: dict[str, str] | None = None
    note: str = ""
    precision: str = "day"


@dataclass(frozen=True, slots=True)
class Group:
    """Steps of one kind: those shown, and how many there are in all."""

    kind: str
    steps: list[Step]
    total: int
    oldest: date | None = None
    of: int = 0
    a_total: int = 0

    @property
    def more(self) -> int:
        return self.total - len(self.steps)


@dataclass(frozen=True, slots=True)
class Today:
    """The groups that have something, and the day of the archive ages are counted to."""

    groups: list[Group]
    as_of: date | None
    counted_to: date
    has_contacts: bool

    @property
    def shown(self) -> int:
        return sum(len(group.steps) for group in self.groups)

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)

    @property
    def behind(self) -> int:
        return self.total - self.shown

    @property
    def minutes(self) -> int:
        """About how long the shown steps take, in fives."""
        spent = sum(MINUTES[group.kind] * len(group.steps) for group in self.groups)
        return max(5, round(spent / 5) * 5)


def today_for(viewer: Viewer, today: date, opened: str = "") -> Today:
    """Everything proposed to somebody on a day; one group may be opened beyond its first seven."""
    run = newest_archive(viewer)
    as_of = run.as_of if run and run.as_of else today
    groups = [
        _waiting(viewer, today, _size("waiting", opened)),
        _invitations(viewer, today, _size("invitation", opened)),
        _job_changes(viewer, run, today, _size("job_change", opened)),
        _greetings(viewer, as_of, today, _size("greeting", opened)),
    ]
    changed = [step.contact.pk for step in groups[2].steps]
    groups.append(_quiet(viewer, today, _size("quiet", opened), changed))
    return Today(
        groups=[group for group in groups if group.total],
        as_of=run.as_of if run else None,
        counted_to=as_of,
        has_contacts=Contact.objects.visible_to(viewer).exists(),
    )


def newest_archive(viewer: Viewer) -> ImportRun | None:
    """The archive ages are counted to: the newest by its own date that stands."""
    return (
        ImportRun.objects.visible_to(viewer)
        .standing()
        .filter(kind=ImportRun.Kind.ARCHIVE)
        .order_by(F("as_of").desc(nulls_last=True), "-finished_at")
        .defer("report", "preview")
        .first()
    )


def waiting(viewer: Viewer, today: date) -> ContactQuerySet:
    """Who wrote last in a conversation of two; a talk held since then is an answer too."""
    people = (
        Contact.objects.visible_to(viewer).proposable().waiting_for_me().annotate(moment=F("wrote_last_at"))
    )
    spoken_since = Q(last_talk_on__isnull=False, last_talk_on__gte=F("wrote_last_at__date"))
    return _unanswered(people.exclude(spoken_since), Answer.Kind.WAITING, today)


def invitations(viewer: Viewer, today: date) -> ContactQuerySet:
    """Who asked to connect and has no answer yet."""
    sent = PastInvitation.objects.filter(contact=OuterRef("pk"), outgoing=False, accepted=False).order_by(
        "-sent_at"
    )
    people = (
        Contact.objects.visible_to(viewer)
        .proposable()
        .filter(connected_on__isnull=True)
        .annotate(moment=Subquery(sent.values("sent_at")[:1]), note=Subquery(sent.values("note")[:1]))
        .filter(moment__isnull=False)
    )
    return _unanswered(people, Answer.Kind.INVITATION, today)


def greetings(viewer: Viewer, as_of: date, today: date) -> ContactQuerySet:
    """Who was connected lately and has had no word from the owner (MSG-06, CON-11)."""
    people = (
        Contact.objects.visible_to(viewer)
        .proposable()
        .filter(connected_on__gte=as_of - NEW, sent_count=0, talk_count=0, wrote_last_at__isnull=True)
        .annotate(moment=Cast("connected_on", DateTimeField()))
    )
    return _unanswered(people, Answer.Kind.GREETING, today)


def quiet(viewer: Viewer, today: date) -> ContactQuerySet:
    """A contacts, and B contacts of many messages, not in touch for half a year (MET-27)."""
    people = (
        Contact.objects.visible_to(viewer)
        .proposable()
        .filter(in_touch_on__lt=today - QUIET)
        .filter(Q(last_talk_on__isnull=False) | Q(sent_count__gte=MANY, received_count__gte=MANY))
        .exclude(wrote_last_at__isnull=False, last_talk_on__isnull=True)
        .annotate(moment=Cast("in_touch_on", DateTimeField()))
    )
    done_lately = Answer.objects.filter(
        contact=OuterRef("pk"), kind=Answer.Kind.QUIET, done_at__date__gt=today - QUIET
    )
    put_aside = Answer.objects.filter(contact=OuterRef("pk"), kind=Answer.Kind.QUIET).filter(
        Q(later_until__gt=today) | Q(dropped_at__isnull=False, about_at__gte=OuterRef("moment"))
    )
    return people.exclude(Exists(done_lately)).exclude(Exists(put_aside))


def _unanswered(people: ContactQuerySet, kind: str, today: date) -> ContactQuerySet:
    """Without those put off, and those done or dropped unless something newer happened."""
    return people.exclude(Exists(_answers(kind, OuterRef("moment"), today)))


def _answers(kind: str, moment: OuterRef | datetime, today: date) -> QuerySet[Answer]:
    over = Q(done_at__isnull=False) | Q(dropped_at__isnull=False)
    return Answer.objects.filter(contact=OuterRef("pk"), kind=kind).filter(
        Q(later_until__gt=today) | (over & Q(about_at__gte=moment))
    )


def _group(kind: str, steps: list[Step], people: ContactQuerySet) -> Group:
    row = people.order_by().aggregate(total=Count("pk"), oldest=Min("moment"))
    return Group(kind, steps, row["total"], row["oldest"] and row["oldest"].date())


def _size(kind: str, opened: str) -> int:
    return OPENED if kind == opened else SHOWN


def _waiting(viewer: Viewer, today: date, size: int) -> Group:
    people = waiting(viewer, today)
    known = Case(When(last_talk_on__isnull=False, then=0), When(sent_count__gt=0, then=1), default=2)
    best = people.order_by(known, "-wrote_last_at", "pk")  # Whoever never had a word from you comes last
    steps = [
        Step("waiting", person, person.moment.date())  # type: ignore[attr-defined]  # annotated
        for person in best[:size]
    ]
    return _group("waiting", steps, people)


def _invitations(viewer: Viewer, today: date, size: int) -> Group:
    people = invitations(viewer, today)
    steps = [
        Step("invitation", person, person.moment.date(), note=person.note)  # type: ignore[attr-defined]
        for person in people.order_by("-moment", "pk")[:size]  # type: ignore[misc]  # both are annotated
    ]
    return _group("invitation", steps, people)


def _greetings(viewer: Viewer, as_of: date, today: date, size: int) -> Group:
    people = greetings(viewer, as_of, today)
    steps = [
        Step("greeting", person, person.connected_on)
        for person in people.order_by("-connected_on", "pk")[:size]
    ]
    return _group("greeting", steps, people)


def _quiet(viewer: Viewer, today: date, size: int, not_these: list[int]) -> Group:
    people = quiet(viewer, today).exclude(pk__in=not_these)
    b_after_a = Case(When(last_talk_on__isnull=False, then=0), default=1)
    best = people.order_by(b_after_a, (F("sent_count") + F("received_count")).desc(), "in_touch_on", "pk")
    steps = [
        Step(
            "quiet",
            person,
            person.in_touch_on,
            precision="year" if person.in_touch_precision == "year" else "month",
        )
        for person in best[:size]
    ]
    group = _group("quiet", steps, people)
    return replace(
        group,
        of=Contact.objects.visible_to(viewer).proposable().in_a_network().count() if steps else 0,
        a_total=people.in_a_network().count() if steps else 0,
    )


def _job_changes(viewer: Viewer, run: ImportRun | None, today: date, size: int) -> Group:
    """What the newest archive's diff says of people who can be proposed (TPT-05)."""
    rows = {row["contact"]: row for row in ((run.diff or {}).get("changed") or [])} if run else {}
    if not rows or run is None:
        return Group("job_change", [], 0)
    since = run.as_of or run.uploaded_at.date()
    people = {
        person.public_id: person
        for person in Contact.objects.visible_to(viewer)
        .proposable()
        .filter(public_id__in=rows)
        .exclude(Exists(_answers(Answer.Kind.JOB_CHANGE, midnight(since), today)))
    }
    told = sorted(
        (key for key in rows if key in people), key=lambda key: (not people[key].is_a, people[key].sort_name)
    )
    steps = [
        Step("job_change", people[key], since, before=rows[key].get("before"), after=rows[key].get("after"))
        for key in told[:size]
    ]
    return Group("job_change", steps, len(told))


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
