"""What speaks for somebody, beside every clue: who of one's own people vouches for them, time here, what is verified."""

from collections import defaultdict
from collections.abc import Sequence

from allauth.account.models import EmailAddress
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network.adjacency import as_rows, fetch_adjacency
from kith.profiles.models import Endorsement, Recommendation, Skill
from kith.profiles.shown import rows_shown

NAMED = 3  # people of one's own who vouch
A_WHILE = 90  # days here that say something


def speaks_for(viewer: Viewer, people: Sequence[Member]) -> dict[int, list[str]]:
    """Sentences by member, what people the viewer knows say first; ties stand beside them on the page."""
    if viewer.member is None or not people:
        return {}
    mine = list(fetch_adjacency([viewer.member.pk]).get(viewer.member.pk, ()))
    said = _recommend(viewer, people, mine), _endorse(viewer, people, mine), _here(people), _verified(people)
    return {person.pk: [sentence for part in said for sentence in part[person.pk]] for person in people}


def _endorse(viewer: Viewer, people: Sequence[Member], mine: list[int]) -> defaultdict[int, list[str]]:
    """Endorsements by the viewer's connections, of skills the viewer is shown."""
    rows = (
        Endorsement.objects.visible_to(viewer).shown().filter(member__in=people, endorser__in=as_rows(mine))
    )
    listed = rows_shown(Skill, viewer).filter(member=OuterRef("member"), key=OuterRef("key"))
    skills: dict[tuple[int, str], list[str]] = {}
    for row in rows.filter(Exists(listed)).select_related("endorser"):
        skills.setdefault((row.member_id, row.endorser.name), []).append(row.name)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for (member, name), names in skills.items():
        if len(found[member]) < NAMED:
            said = {"name": name, "skills": ", ".join(names[:NAMED])}
            found[member].append(_("%(name)s, whom you know, endorses: %(skills)s.") % said)
    return found


def _recommend(viewer: Viewer, people: Sequence[Member], mine: list[int]) -> defaultdict[int, list[str]]:
    rows = Recommendation.objects.visible_to(viewer).shown().filter(subject__in=people)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for row in rows.filter(author__in=as_rows(mine)).select_related("author"):
        if len(found[row.subject_id]) < NAMED:
            found[row.subject_id].append(
                _("%(name)s, whom you know, recommends them.") % {"name": row.author.name}
            )
    return found


def _here(people: Sequence[Member]) -> defaultdict[int, list[str]]:
    now = timezone.now()
    found: defaultdict[int, list[str]] = defaultdict(list)
    for person in people:
        if (now - person.joined_at).days >= A_WHILE:
            since = date_format(timezone.localtime(person.joined_at), "F Y")
            found[person.pk].append(_("They have been here since %(month)s.") % {"month": since})
    return found


def _verified(people: Sequence[Member]) -> defaultdict[int, list[str]]:
    addresses = EmailAddress.objects.filter(user__in=people, verified=True, email=F("user__email"))
    found: defaultdict[int, list[str]] = defaultdict(list)
    for key in addresses.values_list("user_id", flat=True):
        found[key].append(_("Their e-mail address is confirmed."))
    return found
