"""The demo's people vouching for each other: endorsements, and a few recommendations."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from kith.core.text import fold
from kith.demo import said
from kith.demo.circles import CONSULTANT, worked_there
from kith.demo.people import Invented
from kith.demo.ties import Circle
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.profiles import notices
from kith.profiles.actions.endorsements import role_now
from kith.profiles.models import Endorsement, Recommendation
from kith.profiles.overlap import worked_together

ENDORSES = 0.3  # of those who worked together
RECOMMENDED_EVERY = 60  # one of so many pairs


def vouch(circle: Circle) -> None:
    """Endorsements and recommendations among connections; for use inside a transaction, once."""
    together = list(_together(circle))
    rows = [row for one, other, firm in together for row in _endorsed(circle, one, other, firm)]
    Endorsement.objects.bulk_create(rows + list(_of_consultant(circle)))
    written = [_recommended(circle, *pair) for pair in together[::RECOMMENDED_EVERY]]
    Recommendation.objects.bulk_create(written + list(_words_of_consultant(circle)))
    for waits in Recommendation.objects.filter(
        subject=circle.members[CONSULTANT], sent_at__isnull=False, approved_at__isnull=True
    ):
        notices.tell_recommended(waits)


def _together(circle: Circle) -> Iterator[tuple[Invented, Invented, str]]:
    """Connected pairs of the invented who worked in one firm in the same year, in one order."""
    found = {one.email: one for one in circle.people}
    for pair in sorted(tuple(sorted(pair)) for pair in circle.met):
        if pair[0] in found and pair[1] in found:
            one, other = found[pair[0]], found[pair[1]]
            if firm := worked_there(one, other):
                yield one, other, firm


def _endorsed(circle: Circle, one: Invented, other: Invented, firm: str) -> Iterator[Endorsement]:
    for member, endorser in ((one, other), (other, one)):
        chance = Random(f"endorse {member.email} {endorser.email}")  # noqa: S311 the same each time
        if not member.skills or chance.random() > ENDORSES:
            continue
        met = circle.met[frozenset((one.email, other.email))]
        made_at = met + (circle.now - met) * chance.random()
        held = next((job for job in member.jobs if job.end[0] is None), None)
        name = chance.choice(member.skills[:4])
        accepted, hidden = chance.random() < 0.6, chance.random() < 0.05
        yield Endorsement(
            member=circle.members[member.email],
            endorser=circle.members[endorser.email],
            name=name,
            key=fold(name),
            how=chance.choice(said.HOW).format(firm=firm),
            role=f"{held.title}, {held.firm}" if held else "",
            made_at=made_at,
            accepted_at=made_at if accepted and not hidden else None,
            hidden_at=made_at if hidden else None,
        )


def _of_consultant(circle: Circle) -> Iterator[Endorsement]:
    """By her clients: most accepted, one hidden, and what she never listed proposed."""
    consultant = circle.members[CONSULTANT]
    role = role_now(consultant, Viewer(consultant))
    clients = [one for one in circle.people if one.headline and circle.know(CONSULTANT, one.email)]
    for name, count, hidden in said.VOUCHED_OF_CONSULTANT:
        chance = Random(f"vouched {name}")  # noqa: S311 the same each time
        for place, client in enumerate(chance.sample(clients, count)):
            met = circle.met[frozenset((CONSULTANT, client.email))]
            made_at = met + (circle.now - met) * chance.random()
            yield Endorsement(
                member=consultant,
                endorser=circle.members[client.email],
                name=name,
                key=fold(name),
                how=said.HOW_CONSULTANT[(place + count) % len(said.HOW_CONSULTANT)],
                role=role,
                made_at=made_at,
                accepted_at=made_at if hidden <= place < count - 1 else None,
                hidden_at=made_at if place < hidden else None,
            )


def _recommended(circle: Circle, author: Invented, subject: Invented, firm: str) -> Recommendation:
    chance = Random(f"recommend {author.email} {subject.email}")  # noqa: S311 the same each time
    met = circle.met[frozenset((author.email, subject.email))]
    at = met + (circle.now - met) * chance.random()
    text = chance.choice(said.RECOMMENDED).format(firm=firm, name=subject.name)
    return _written(circle, circle.members[author.email], circle.members[subject.email], text, at)


def _words_of_consultant(circle: Circle) -> Iterator[Recommendation]:
    consultant, written = circle.members[CONSULTANT], list[str]()

    def author_of(firm: str) -> Member:
        one = next(one for one in circle.known(CONSULTANT, firm) if one.email not in written)
        written.append(one.email)
        return circle.members[one.email]

    for place, (firm, relation, text) in enumerate(said.OF_CONSULTANT):
        at = circle.now - timedelta(days=90 + 130 * place)
        yield _written(circle, author_of(firm), consultant, text, at, relation)
    firm, relation, text = said.WAITS_FOR_CONSULTANT
    waits = _written(circle, author_of(firm), consultant, text, circle.now - timedelta(days=2), relation)
    waits.approved_at = None
    yield waits
    firm, relation = said.CONSULTANT_ASKED_BY
    asked_at = circle.now - timedelta(days=5)
    yield Recommendation(
        author=consultant, subject=author_of(firm), relation=relation, asked_at=asked_at, made_at=asked_at
    )
    colleague = next(islice(circle.known(CONSULTANT, said.OF_CONSULTANT[0][0]), 1))
    text = said.RECOMMENDED[0].format(firm=said.OF_CONSULTANT[0][0], name=colleague.name)
    back = circle.now - timedelta(days=80)
    yield _written(circle, consultant, circle.members[colleague.email], text, back)


def _written(
    circle: Circle, author: Member, subject: Member, text: str, at: datetime, relation: str = ""
) -> Recommendation:
    """Sent, and approved within the day."""
    return Recommendation(
        author=author,
        subject=subject,
        together=worked_together(Viewer(author), subject),
        relation=relation,
        text=text,
        drafted_at=at,
        sent_at=at,
        approved_at=min(circle.now, at + timedelta(hours=7)),
        made_at=at,
    )
