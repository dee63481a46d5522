"""What a host does to accounts: makes and unmakes hosts, hands out sign-in links, fills the host's own fields."""

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kith.core.ids import public_id
from kith.core.refusal import Refused, line_of
from kith.members import links
from kith.members.audit import record
from kith.members.models import HostField, Member
from kith.members.roster import VALUE_LIMIT, fill_fields


def make_host(member: Member, host: Member) -> None:
    """Give a member who is let in the host's role."""
    with transaction.atomic():
        current = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
        if current.is_held:
            raise Refused(_("Only somebody who is let in can be a host."))
        if not current.is_host:
            Member.objects.filter(pk=member.pk).update(host_since=timezone.now())
            record("host_made", actor=host, subject=member)


def unmake_host(member: Member, host: Member) -> None:
    """Take the role back; one host always stays. All hosts are locked, so two at once cannot end the last."""
    with transaction.atomic():
        rows = list(Member.objects.select_for_update(no_key=True).hosts().order_by("pk"))
        if member.pk not in {row.pk for row in rows}:
            raise Refused(_("They are no host."))
        # Whoever is leaving hosts nothing any more, and somebody of the demo cannot host for real people.
        if not any(
            row.is_active and (row.demo_at is None or member.demo_at is not None)
            for row in rows
            if row.pk != member.pk
        ):
            raise Refused(_("Somebody must host. Make another member a host first."))
        Member.objects.filter(pk=member.pk).update(host_since=None)
        record("host_unmade", actor=host, subject=member)


def make_sign_in_link(member: Member, host: Member) -> str:
    """The path of a one-time link for somebody who cannot sign in; never for another host."""
    if member.is_host and member.pk != host.pk:
        raise Refused(_("A host's link is made on the machine itself: kith link ADDRESS."))
    record("sign_in_link_made", actor=host, subject=member)
    return links.one_time_link(member)


def has_second_step(member: Member) -> bool:
    """Whether signing in asks for an app's code besides."""
    return Authenticator.objects.filter(user=member, type=Authenticator.Type.TOTP).exists()


def drop_second_step(member: Member, host: Member | None) -> None:
    """For somebody who lost app and recovery codes: signing in asks for neither; passkeys stay. Never another host's."""
    if member.is_host and host is not None and member.pk != host.pk:
        raise Refused(
            _("A host's second step is removed on the machine itself: kith link --no-second-step ADDRESS.")
        )
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    with transaction.atomic():
        if not Authenticator.objects.filter(user=member, type__in=kinds).delete()[0]:
            raise Refused(_("They have no second step."))
        record("second_step_dropped", actor=host, subject=member)


def fill_host_fields(member: Member, host: Member, values: dict[str, str]) -> None:
    """What the host's own fields say of a member, typed by hand."""
    labels = dict(HostField.objects.filter(key__in=values).values_list("key", "label"))
    clean = {key: line_of(values[key], VALUE_LIMIT, labels[key], f"field-{key}") for key in labels}
    with transaction.atomic():
        fill_fields(member, clean)
        record("host_field_set", actor=host, subject=member, fields=sorted(clean))


def host_field(label: str) -> HostField:
    """The host's own field of this name, made when there is none."""
    label = line_of(label, 80, _("Field"), "label")
    if not label:
        raise Refused(_("Field: please give it a name."), "label")
    if field := HostField.objects.filter(label__iexact=label).first():
        return field
    key = slugify(label)[:34] or "field"
    if HostField.objects.filter(key=key).exists():
        key = f"{key}-{public_id()[:5]}"
    return HostField.objects.create(key=key, label=label)
