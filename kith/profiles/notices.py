"""What profiles tell: endorsed (folded into one line, END-14), asked, recommended, approved."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.notifications.actions import notify
from kith.notifications.kinds import Fold, Kind, Route, Told
from kith.notifications.wording import people
from kith.profiles.models import Endorsement, EndorsementRequest, Recommendation


def _endorses(told: Told) -> str:
    return ngettext("%(people)s vouches for a skill of yours.", "%(people)s vouch for skills of yours.", told.people) % {"people": people(told)}  # fmt: skip


def _asks(told: Told) -> str:
    if told.subject:
        return _("%(people)s asks you to vouch for their skill: %(skill)s.") % {
            "people": people(told),
            "skill": told.subject.name,
        }
    return _("%(people)s asks you to vouch for a skill.") % {"people": people(told)}


def _asks_words(told: Told) -> str:
    return _("%(people)s asks you for a recommendation.") % {"people": people(told)}


def _recommends(told: Told) -> str:
    return _("%(people)s recommends you: read it, and decide whether it shows.") % {"people": people(told)}


def _approves(told: Told) -> str:
    return _("%(people)s approved your recommendation.") % {"people": people(told)}


def _endorsements(told: Told) -> Route:
    return "endorsements", {}


def _recommendations(told: Told) -> Route:
    return "recommendations", {}


def _to_asker(told: Told) -> Route:
    return ("endorse", {"handle": told.subject.asker.handle}) if told.subject else _endorsements(told)


def _requests(ids: Collection[int]) -> Mapping[int, EndorsementRequest]:
    return EndorsementRequest.objects.select_related("asker").in_bulk(ids)


ENDORSED = Kind(
    "endorsed",
    gettext_lazy("Endorsements"),
    gettext_lazy("A connection vouches for a skill of yours; unread ones stand in one line."),
    sentence=_endorses,
    address=_endorsements,
    fold=Fold.BY_KIND,
)
ASKED_TO_ENDORSE = Kind(
    "asked_to_endorse",
    gettext_lazy("Requests for endorsements"),
    gettext_lazy("A connection asks you to vouch for a skill."),
    sentence=_asks,
    address=_to_asker,
    subjects=_requests,
)
ASKED_TO_RECOMMEND = Kind(
    "asked_to_recommend",
    gettext_lazy("Requests for recommendations"),
    gettext_lazy("A connection you worked with asks for your words."),
    sentence=_asks_words,
    address=_recommendations,
)
RECOMMENDED = Kind(
    "recommended",
    gettext_lazy("Recommendations"),
    gettext_lazy("Somebody wrote about working with you; it shows once you approve it."),
    sentence=_recommends,
    address=_recommendations,
)
APPROVED = Kind(
    "recommendation_approved",
    gettext_lazy("Your recommendations, approved"),
    gettext_lazy("What you wrote about somebody now stands on their profile."),
    sentence=_approves,
    address=_recommendations,
)


def tell_endorsed(row: Endorsement) -> None:
    notify(ENDORSED, [row.member], event=f"endorsed:{row.pk}", actor=row.endorser, subject=row)


def tell_asked_to_endorse(row: EndorsementRequest) -> None:
    notify(ASKED_TO_ENDORSE, [row.asked], event=f"ask_endorse:{row.pk}", actor=row.asker, subject=row)


def tell_asked_to_recommend(row: Recommendation) -> None:
    event = f"ask_recommend:{row.pk}"
    notify(ASKED_TO_RECOMMEND, [row.author], event=event, actor=row.subject, subject=row)


def tell_recommended(row: Recommendation) -> None:
    event = f"recommended:{row.pk}"
    notify(RECOMMENDED, [row.subject], event=event, actor=row.author, subject=row, at=row.sent_at)


def tell_approved(row: Recommendation) -> None:
    notify(APPROVED, [row.author], event=f"approved:{row.pk}", actor=row.subject, subject=row)
