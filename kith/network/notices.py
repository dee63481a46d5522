"""What the network tells: asked to connect, accepted, asked more, followed, restricted. None tells a decline."""

from collections.abc import Collection, Mapping

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.members.models import Member, Restriction
from kith.network.models import Follow, Invitation, InvitationWord
from kith.notifications.actions import notify
from kith.notifications.kinds import Fold, Kind, Route, Told
from kith.notifications.wording import people


def _invites(told: Told) -> str:
    return _("%(people)s invites you to connect.") % {"people": people(told)}


def _accepts(told: Told) -> str:
    return _("%(people)s accepted your invitation: you are connected.") % {"people": people(told)}


def _asks(told: Told) -> str:
    if told.facts.get("asks"):
        return _("%(people)s asks you more about your invitation.") % {"people": people(told)}
    return _("%(people)s answered what you asked about their invitation.") % {"people": people(told)}


def _follows(told: Told) -> str:
    if told.people == 1:
        return _("%(people)s follows you.") % {"people": people(told)}
    return _("%(people)s follow you.") % {"people": people(told)}


def _restricted(told: Told) -> str:
    return _("Your invitations now need the e-mail address of whom you invite. Read why, and until when.")


def _invitations(told: Told) -> Route:
    return "invitations", {}


def _followers(told: Told) -> Route:
    return "followers", {}


def _sent(told: Told) -> Route:
    return "sent_invitations", {}


def _about(told: Told) -> Route:
    return _sent(told) if told.facts.get("asks") else _invitations(told)


def _accepter(told: Told) -> Route | None:
    return ("member", {"handle": told.subject.recipient.handle}) if told.subject else None


def _stands(recipient: Member) -> Q:
    over = (Invitation.State.WITHDRAWN, Invitation.State.EXPIRED)
    return Q(Exists(Invitation.objects.filter(pk=OuterRef("subject_id")).exclude(state__in=over)))


def _fetched(ids: Collection[int]) -> Mapping[int, Invitation]:
    return Invitation.objects.select_related("recipient").in_bulk(ids)


INVITED = Kind(
    "invited",
    gettext_lazy("Invitations to connect"),
    gettext_lazy("Somebody asks to connect with you and waits for your answer."),
    sentence=_invites,
    address=_invitations,
    visible=_stands,
)
ACCEPTED = Kind(
    "invitation_accepted",
    gettext_lazy("Your invitations, accepted"),
    gettext_lazy("Somebody you invited connected with you."),
    sentence=_accepts,
    address=_accepter,
    subjects=_fetched,
)
ASKED_MORE = Kind(
    "invitation_words",
    gettext_lazy("Questions about an invitation"),
    gettext_lazy("Somebody asks, or answers, before an invitation is decided."),
    sentence=_asks,
    address=_about,
)
FOLLOWED = Kind(
    "followed",
    gettext_lazy("New followers"),
    gettext_lazy("Somebody put you on the list of people they follow."),
    sentence=_follows,
    address=_followers,
    fold=Fold.BY_KIND,
)
RESTRICTED = Kind(
    "invitations_restricted",
    gettext_lazy("A restriction of your invitations"),
    gettext_lazy("What restricts you is told to you, with its reason, its end and how to appeal."),
    sentence=_restricted,
    address=_sent,
    essential=True,
)


def tell_invited(invitation: Invitation) -> None:
    assert invitation.recipient
    event = f"invited:{invitation.pk}"
    notify(
        INVITED,
        [invitation.recipient],
        event=event,
        actor=invitation.sender,
        subject=invitation,
        at=invitation.sent_at,
    )


def tell_accepted(invitation: Invitation) -> None:
    event = f"accepted:{invitation.pk}"
    notify(ACCEPTED, [invitation.sender], event=event, actor=invitation.recipient, subject=invitation)


def tell_word(word: InvitationWord, to: Member) -> None:
    """A question for the sender, or an answer for the recipient."""
    notify(
        ASKED_MORE,
        [to],
        event=f"invitation_word:{word.pk}",
        actor=word.author,
        subject=word.invitation,
        facts={"asks": to.pk == word.invitation.sender_id},
        at=word.said_at,
    )


def tell_followed(follow: Follow) -> None:
    """Once for ever, so that following again and again is no way to call somebody (FOL-12: it stays there)."""
    event = f"followed:{follow.follower_id}"
    notify(FOLLOWED, [follow.followed], event=event, actor=follow.follower, at=follow.made_at)


def tell_restricted(restriction: Restriction) -> None:
    event = f"invitations_restricted:{restriction.pk}"
    notify(RESTRICTED, [restriction.member], event=event, subject=restriction)
