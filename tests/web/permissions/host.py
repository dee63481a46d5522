"""Rows of the host console: to anybody but a host no page of it exists; and of the doors without an account."""

from datetime import timedelta

from django.utils import timezone

from kith.core.mail import send_letter
from kith.members.actions import join
from kith.members.models import JoinLink, JoinRequest, Member, Organisation, Restriction, RosterEntry
from kith.notifications.models import Announcement
from kith.trust.models import Report
from tests.web.permissions.row import GONE, IN, OK, REFUSED, Row


def _page(host: int = OK) -> Row:
    return Row("GET", anonymous=IN, member=GONE, owner=GONE, host=host)


def _act(host: int = 302) -> Row:
    return Row("POST", anonymous=IN, member=GONE, owner=GONE, host=host)


def _open(answer: int) -> Row:
    return Row(
        "GET", anonymous=answer, member=answer, owner=answer, host=answer, waiting=answer, suspended=answer
    )


HOST: dict[str, Row] = {
    "security_txt": _open(GONE),  # until the host says where to write
    "healthz": _open(503),  # no worker runs in tests
    "brand_css": _open(OK),
    "brand_logo": _open(GONE),
    "no_more_letters": _open(GONE),
    "host": _page(),
    "host_members": _page(),
    "host_member": _page(),
    "host_member_link": _act(OK),
    "host_member_second_step": _act(REFUSED),
    "host_member_suspend": _act(REFUSED),
    "host_grant": _act(REFUSED),
    "host_vouch": _act(REFUSED),
    "host_role": _act(REFUSED),
    "host_fields": _act(),
    "host_request": _act(),
    "host_lift": _act(),
    "host_appeal": _act(REFUSED),
    "host_reports": _page(),
    "host_report": _page(),
    "host_invitations": _page(),
    "host_join_link_revoke": _act(),
    "host_roster": _page(),
    "host_roster_import": _page(),
    "host_roster_write": _act(),
    "host_roster_csv": _page(),
    "host_roster_withdraw": _act(),
    "host_roster_link": _act(OK),
    "host_announcements": _page(),
    "host_announcement_withdraw": _act(),
    "host_brand": _page(),
    "host_brand_logo_remove": _act(),
    "host_settings": _page(),
    "host_organisations": _page(),
    "host_organisation_merge": _act(GONE),
    "host_organisation_part": _act(),
    "host_health": _page(),
    "host_audit": _page(),
    "outbox": _page(),
    "letter": _page(),
    "letter_again": _act(),
}


def named_by(route: str, ada: Member) -> str:
    """The public id of something of Ada's that this route names."""
    if route == "host_request":
        return JoinRequest.objects.create(member=ada, reason="Choir").public_id
    if route in ("host_lift", "host_appeal"):
        return Restriction.objects.create(member=ada, kind="suspended", reason="Test").public_id
    if route == "host_join_link_revoke":
        return JoinLink.objects.create(token_hash="x", until=timezone.now() + timedelta(days=1)).public_id
    if route.startswith("host_roster"):
        return RosterEntry.objects.create(email="cy@example.org", email_hash="x").public_id
    if route == "host_announcement_withdraw":
        return Announcement.objects.create(title="Fair", text="Come").public_id
    if route.startswith("host_organisation"):
        return Organisation.objects.create(name="Novamed", key="novamed").public_id
    if route == "host_report":
        gus = Member.objects.filter(email="gus@example.org").first()
        gus = gus or join(email="gus@example.org", name="Gus")
        made = Report.objects.filter(reporter=gus, about=ada).first()
        return (made or Report.objects.create(reporter=gus, about=ada)).public_id
    if route.startswith("letter"):
        return send_letter(ada.email, "Code", "123456").public_id
    return ada.public_id
