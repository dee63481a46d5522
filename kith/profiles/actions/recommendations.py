"""Acts on recommendations: ask, write, send, approve, hide, withdraw; what is approved stands as it is (b60, REC-*)."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.core.limits import take
from kith.core.refusal import Refused, line_of, text_of
from kith.members.blocks import lock_pair
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network.asking import reachable
from kith.network.limits import is_new
from kith.network.models import Connection
from kith.profiles import notices
from kith.profiles.models import Recommendation
from kith.profiles.overlap import worked_together

TEXT_LIMIT, LEAST_TEXT, RELATION_LIMIT = 3_000, 80, 200
ASKED_A_WEEK = 5  # ask sparingly (REC-03)
SENT_A_WEEK, SENT_A_WEEK_NEW = 10, 3  # by new members (b56)


@transaction.atomic
def ask_for_recommendation(subject: Member, author: Member, relation: str = "") -> Recommendation:
    """Ask a connection one worked with; only while nothing stands between the two."""
    relation = line_of(relation, RELATION_LIMIT, _("How you worked together"), "relation")
    together = _together(subject, author, relation)
    if not take(f"ask-recommendation:{subject.pk}", at_most=ASKED_A_WEEK, within=timedelta(days=7)):
        raise Refused(_("You have asked %(most)s people this week; ask sparingly.") % {"most": ASKED_A_WEEK})
    draft = standing(author, subject)
    if draft and not draft.asked_at and not draft.sent_at:  # a draft is its author's secret
        draft.asked_at = timezone.now()
        draft.save(update_fields=["asked_at"])
        notices.tell_asked_to_recommend(draft)
        return draft
    asked_already = Refused(_("You have asked them, or they have written already."))
    if _declined(author, subject):
        raise asked_already
    try:
        with transaction.atomic():
            made = Recommendation.objects.create(
                author=author, subject=subject, together=together, relation=relation, asked_at=timezone.now()
            )
    except IntegrityError:
        raise asked_already from None
    notices.tell_asked_to_recommend(made)
    return made


@transaction.atomic
def write_recommendation(
    author: Member, subject: Member, text: str, relation: str = "", *, send: bool
) -> Recommendation:
    """Keep a draft or send it; until it is approved the author may change it."""
    text = text_of(text, TEXT_LIMIT, _("Recommendation"), "text")
    relation = line_of(relation, RELATION_LIMIT, _("How you worked together"), "relation")
    if send and len(text) < LEAST_TEXT:
        said = _("Recommendation: at least %(least)s characters; a generic one is worse than none.")
        raise Refused(said % {"least": LEAST_TEXT}, "text")
    together = _together(author, subject, relation)
    row = standing(author, subject) or _declined(author, subject)
    row = row or Recommendation(author=author, subject=subject)
    if row.approved_at:
        raise Refused(_("They approved it, so it stands as it is. You can withdraw it and write another."))
    now, first = timezone.now(), row.sent_at is None
    if send and first:
        _spend(author)
    row.text, row.relation, row.together, row.drafted_at = text, relation, together, now
    row.sent_at, row.withdrawn_at = now if send else row.sent_at, None
    if row.pk is None:
        row.save()
    else:
        row.save(update_fields=["text", "relation", "together", "drafted_at", "sent_at", "withdrawn_at"])
    if send and first:
        notices.tell_recommended(row)
    return row


def approve(row: Recommendation, subject: Member, text: str) -> Recommendation:
    """Show it on one's profile from now on; `text` is what one read, so that nothing changes under one's hand."""
    with transaction.atomic():
        lock_pair(row.author, subject)  # so that nothing is written between reading and approving
        current = _locked(row)
        mine = current.subject_id == subject.pk and current.sent_at and not current.withdrawn_at
        if not mine or current.is_closed:
            raise Refused(_("There is nothing to approve."))
        if current.approved_at:
            return current
        if " ".join(current.text.split()) != " ".join(text.split()):
            raise Refused(_("It was changed meanwhile: please read it again."), "text")
        current.approved_at = timezone.now()
        current.save(update_fields=["approved_at"])
        notices.tell_approved(current)
    return current


def hide_recommendation(row: Recommendation, subject: Member, *, hidden: bool) -> bool:
    """Take it from one's profile, or put it back; its author is not told."""
    mine = Recommendation.objects.filter(pk=row.pk, subject=subject, sent_at__isnull=False)
    return bool(mine.update(hidden_at=timezone.now() if hidden else None))


def withdraw_recommendation(row: Recommendation, author: Member) -> bool:
    """The author takes it back for good, or says no to being asked; nobody is told."""
    mine = Recommendation.objects.filter(pk=row.pk, author=author, withdrawn_at__isnull=True)
    return bool(mine.update(withdrawn_at=timezone.now()))


def standing(author: Member, subject: Member) -> Recommendation | None:
    """What one has for the other now, whatever its state; of what a block came after there is nothing."""
    rows = Recommendation.objects.filter(author=author, subject=subject, withdrawn_at__isnull=True)
    return rows.unclosed().first()


def asked_or_sent(author: Member, subject: Member) -> Recommendation | None:
    """What the subject may know of: asked for, whether or not the author said no, or sent."""
    row = standing(author, subject) or _declined(author, subject)
    return row if row and (row.asked_at or row.sent_at) else None


def _declined(author: Member, subject: Member) -> Recommendation | None:
    return Recommendation.objects.filter(author=author, subject=subject).declined().unclosed().first()


def _together(one: Member, other: Member, relation: str) -> str:
    """Where both worked, by rule; refused for strangers, and where nothing common is found or stated (REC-01)."""
    lock_pair(one, other)
    reachable(one, other)
    if not Connection.objects.between(one, other).exists():
        raise Refused(_("Only people who are connected recommend each other."))
    # What stood before a block is nobody's any more, and leaves its place to what is said anew.
    old = Recommendation.objects.filter(author__in=[one, other], subject__in=[one, other])
    old.closed().filter(withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())
    found = worked_together(Viewer(one), other)
    if not found and not relation:
        said = _("How you worked together: your profiles show no common work, so please say it in a line.")
        raise Refused(said, "relation")
    return found


def _spend(author: Member) -> None:
    most = SENT_A_WEEK_NEW if is_new(author) else SENT_A_WEEK
    if not take(f"recommend:{author.pk}", at_most=most, within=timedelta(days=7)):
        raise Refused(_("You have sent %(most)s recommendations this week; few carry more.") % {"most": most})


def _locked(row: Recommendation) -> Recommendation:
    found = Recommendation.objects.select_for_update().filter(pk=row.pk).first()
    if found is None:
        raise Refused(_("It is gone."))
    return found
