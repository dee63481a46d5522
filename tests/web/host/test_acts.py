"""What a host does on the console's pages: each by a form that works without scripts."""

import io
import re
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from kith.core.branding import brand
from kith.core.host import setting
from kith.core.mail import send_letter
from kith.core.models import HostSetting, Letter
from kith.members import joining, restrictions, roster
from kith.members.actions import join
from kith.members.audit import VERBS
from kith.members.models import AuditEntry, JoinLink, Member, Organisation, RosterEntry
from kith.notifications.models import Announcement

pytestmark = pytest.mark.django_db

TABLE = "E-mail;Name;Class year\ncy@example.org;Cy Moreau;1998\nwrong;Dee;2001\n"


def verbs() -> list[str]:
    looks = [verb for verb in VERBS if verb.endswith(("_listed", "_looked_at"))]
    return list(AuditEntry.objects.exclude(verb__in=looks).order_by("pk").values_list("verb", flat=True))


def test_whoever_asked_is_let_in_from_the_first_page(console: Client) -> None:
    cy = join(email="cy@example.org", name="Cy Moreau", confirmed=False)
    asked = joining.ask_to_join(cy, "I sang in the choir.")
    page = console.get(reverse("host")).content.decode()
    assert "I sang in the choir." in page and "Waiting" in page
    answer = console.post(
        reverse("host_request", args=[asked.public_id]), {"answer": "let_in", "from": "front"}
    )
    assert answer.url == reverse("host")
    assert Member.objects.let_in().filter(pk=cy.pk).exists()


def test_a_no_without_words_keeps_the_page_and_writes_nothing(console: Client) -> None:
    cy = join(email="cy@example.org", name="Cy Moreau", confirmed=False)
    asked = joining.ask_to_join(cy, "Choir")
    answer = console.post(reverse("host_request", args=[asked.public_id]), {"answer": "decline"})
    assert answer.status_code == 422
    assert "please tell them why" in answer.content.decode()
    asked.refresh_from_db()
    assert asked.decided_at is None


def test_a_sign_in_link_is_shown_once_and_written_down(console: Client, ada: Member) -> None:
    page = console.post(reverse("host_member_link", args=[ada.public_id]))
    assert page["Cache-Control"] == "no-store"
    found = re.search(r"/link/[^<\"]+", page.content.decode())
    assert found and Client().post(found.group()).status_code == 302
    assert found.group() not in console.get(reverse("host_member", args=[ada.public_id])).content.decode()
    assert "sign_in_link_made" in verbs()


def test_another_hosts_sign_in_link_is_not_made(console: Client, ada: Member) -> None:
    Member.objects.filter(pk=ada.pk).update(host_since=timezone.now())
    assert console.post(reverse("host_member_link", args=[ada.public_id])).status_code == 422


def test_suspending_ends_with_the_day_chosen(console: Client, ada: Member) -> None:
    day = timezone.localdate() + timedelta(days=3)
    where = reverse("host_member_suspend", args=[ada.public_id])
    refused = console.post(where, {"reason": "Sold addresses", "until": "31.12.2026"})
    assert refused.status_code == 422 and "Sold addresses" in refused.content.decode()
    assert console.post(where, {"reason": "Sold addresses", "until": str(day)}).status_code == 302
    ada.refresh_from_db()
    assert ada.suspended_until is not None and timezone.localdate(ada.suspended_until) == day


def test_an_appeal_waits_on_the_first_page_and_is_answered(
    console: Client, ada: Member, hana: Member
) -> None:
    made = restrictions.suspend(ada, hana, "Sold addresses.")
    restrictions.appeal(made, "That was my brother.")
    assert "That was my brother." in console.get(reverse("host")).content.decode()
    where = reverse("host_appeal", args=[made.public_id])
    assert console.post(where, {"answer": "lift", "words": "You are right."}).status_code == 302
    ada.refresh_from_db()
    assert not ada.is_suspended


def test_the_last_host_stays(console: Client, hana: Member, ada: Member) -> None:
    assert console.post(reverse("host_role", args=[hana.public_id])).status_code == 422
    console.post(reverse("host_role", args=[ada.public_id]), {"to": "host"})
    assert console.post(reverse("host_role", args=[hana.public_id])).url == reverse("front")
    assert list(Member.objects.hosts()) == [ada]


def test_a_role_given_or_taken_twice_does_not_turn_into_its_opposite(console: Client, ada: Member) -> None:
    address = reverse("host_role", args=[ada.public_id])
    page = console.get(reverse("host_member", args=[ada.public_id])).content.decode()
    assert 'name="to" value="host"' in page
    for _press in range(2):
        console.post(address, {"to": "host"})
        ada.refresh_from_db()
        assert ada.is_host
    page = console.get(reverse("host_member", args=[ada.public_id])).content.decode()
    assert 'name="to" value="member"' in page
    assert [console.post(address, {"to": "member"}).status_code for _press in range(2)] == [302, 422]
    ada.refresh_from_db()
    assert not ada.is_host


def test_a_join_link_is_shown_once_and_works(console: Client) -> None:
    page = console.post(
        reverse("host_invitations"), {"email": "", "days": "14", "uses": "3", "note": "Choir"}
    )
    found = re.search(r"/join/([\w-]+)/", page.content.decode())
    assert found and joining.find_join_link(found.group(1))
    assert found.group(1) not in console.get(reverse("host_invitations")).content.decode()
    link = JoinLink.objects.get()
    console.post(reverse("host_join_link_revoke", args=[link.public_id]))
    assert joining.find_join_link(found.group(1)) is None


def test_a_join_link_by_mail_goes_to_its_address_alone(console: Client) -> None:
    refused = console.post(
        reverse("host_invitations"), {"days": "14", "uses": "1", "send": "on", "note": "Choir"}
    )
    assert refused.status_code == 422 and "Choir" in refused.content.decode()
    console.post(
        reverse("host_invitations"), {"email": "cy@example.org", "days": "14", "uses": "1", "send": "on"}
    )
    letter = Letter.objects.get()
    assert letter.to == "cy@example.org" and "/join/" in letter.text


@pytest.mark.parametrize("days", ["", "x", "-1", "1.5", "٣", "9" * 30, "400"])
def test_a_number_that_is_none_is_refused(console: Client, days: str) -> None:
    assert console.post(reverse("host_invitations"), {"days": days, "uses": "1"}).status_code == 422


def test_a_roster_comes_in_by_look_and_press(console: Client) -> None:
    where = reverse("host_roster_import")
    look = console.post(where, {"file": io.BytesIO(TABLE.encode("latin-1"))})
    page = look.content.decode()
    assert look.status_code == 200 and "“wrong” is not an address" in page
    assert not RosterEntry.objects.exists()
    columns = {"use-0": "email", "use-1": "name", "use-2": "own", "label-2": "Left in"}
    assert console.post(where, {"text": TABLE, **columns, "take_in": ""}).status_code == 302
    assert "Left in: 1998" in console.get(reverse("host_roster")).content.decode()


def test_a_file_without_addresses_shows_its_columns_to_choose_from(console: Client) -> None:
    look = console.post(reverse("host_roster_import"), {"file": io.BytesIO(b"A,B\nx,y\n")})
    assert look.status_code == 422
    assert 'name="use-1"' in look.content.decode()
    assert console.post(reverse("host_roster_import"), {}).status_code == 422


def test_letters_to_the_roster_are_the_workers_and_say_how_to_stop(console: Client) -> None:
    RosterEntry.objects.create(email="cy@example.org", email_hash=roster.email_hash("cy@example.org"))
    assert console.post(reverse("host_roster_write"), {}).status_code == 302
    assert not Letter.objects.exists()
    roster.write_letters()
    found = re.search(r"/no-more-letters/[\w-]+/", Letter.objects.get().text)
    assert found
    visitor = Client()
    assert visitor.get(found.group()).status_code == 200
    assert RosterEntry.objects.get().never_again_at is None
    assert visitor.post(found.group()).status_code == 200
    entry = RosterEntry.objects.get()
    assert entry.never_again_at and entry.email == ""
    assert visitor.post(found.group()).status_code == 200


def test_the_roster_leaves_as_a_table(console: Client) -> None:
    RosterEntry.objects.create(email="cy@example.org", email_hash="x", name="=1+1")
    table = console.get(reverse("host_roster_csv"))
    assert table["Content-Disposition"].startswith("attachment")
    assert "'=1+1" in table.content.decode()


def test_a_colour_nobody_can_read_is_refused_with_the_nearest_that_can(console: Client) -> None:
    said = {"name": "Alumni", "light": "#ffcc00", "dark": ""}
    refused = console.post(reverse("host_brand"), said)
    nearest = re.search(r"The nearest that can is (#\w{6})", refused.content.decode())
    assert refused.status_code == 422 and nearest and "Alumni" in refused.content.decode()
    assert not brand().is_own
    assert console.post(reverse("host_brand"), {**said, "light": nearest.group(1)}).status_code == 302
    page = console.get(reverse("host")).content.decode()
    assert "· Alumni</title>" in page and "/branding.css?" in page
    sheet = Client().get(reverse("brand_css"))
    assert nearest.group(1) in sheet.content.decode()
    assert Client().get(reverse("brand_css"), headers={"If-None-Match": sheet["ETag"]}).status_code == 304


def test_a_logo_is_drawn_anew_and_svg_is_refused(console: Client) -> None:
    raw = io.BytesIO()
    Image.new("RGB", (900, 300), "navy").save(raw, "JPEG", exif=b"Exif\x00\x00canary")
    raw.seek(0)
    raw.name = "logo.jpg"
    console.post(reverse("host_brand"), {"name": "Alumni", "light": "", "dark": "", "logo": raw})
    served = Client().get(reverse("brand_logo", args=[brand().logo.removesuffix(".png")]))
    assert served["Content-Type"] == "image/png" and b"canary" not in served.content
    svg = io.BytesIO(b'<svg xmlns="http://www.w3.org/2000/svg"/>')
    svg.name = "logo.svg"
    assert console.post(reverse("host_brand"), {"name": "Alumni", "logo": svg}).status_code == 422


def test_a_setting_is_kept_refused_and_reset(console: Client) -> None:
    where = reverse("host_settings")
    assert console.post(where, {"name": "sign_up", "value": "nobody"}).status_code == 422
    assert console.post(where, {"name": "sign_up", "value": "open"}).status_code == 302
    assert setting("sign_up") == "open"
    assert console.post(where, {"name": "sign_up", "reset": ""}).status_code == 302
    assert not HostSetting.objects.filter(name="sign_up").exists()
    assert console.post(where, {"name": "walk_in", "value": "x"}).status_code == 404
    refused = console.post(where, {"name": "site_address", "value": "javascript:alert(1)"})
    assert refused.status_code == 422 and "javascript:alert(1)" in refused.content.decode()
    assert verbs() == ["setting_changed", "setting_changed"]


def test_an_announcement_is_looked_at_then_made_once(console: Client, ada: Member) -> None:
    where = reverse("host_announcements")
    said = {"title": "Summer fair", "text": "Come all."}
    look = console.post(where, said)
    assert look.status_code == 200 and not Announcement.objects.exists()
    found = re.search(r'name="once" value="([^"]+)"', look.content.decode())
    assert found
    for _again in range(2):
        console.post(where, {**said, "announce": "", "once": found.group(1)})
    made = Announcement.objects.get()
    assert "read by 0 of" in console.get(where).content.decode()
    console.post(reverse("host_announcement_withdraw", args=[made.public_id]))
    made.refresh_from_db()
    assert made.withdrawn_at is not None


def test_an_announcement_without_words_is_refused_and_kept(console: Client) -> None:
    answer = console.post(reverse("host_announcements"), {"title": "Fair", "text": ""})
    assert answer.status_code == 422 and 'value="Fair"' in answer.content.decode()


def test_a_kept_letter_is_read_and_a_sent_one_never(console: Client, settings: object) -> None:
    letter = send_letter("cy@example.org", "Your code", "It is 123456.")
    where = reverse("letter", args=[letter.public_id])
    assert "123456" in console.get(where).content.decode()
    assert "letter_read" in verbs()
    assert "123456" not in console.get(reverse("outbox")).content.decode()
    settings.MAIL_SERVER = "smtp://localhost:25?tls=none"  # type: ignore[attr-defined]
    assert console.get(where).status_code == 404
    assert "123456" not in console.get(reverse("outbox")).content.decode()


def test_two_spellings_are_merged_and_parted(console: Client) -> None:
    one = Organisation.objects.create(name="Novamed GmbH", key="novamed gmbh")
    other = Organisation.objects.create(name="Novamed", key="novamed")
    assert "May be the same" in console.get(reverse("host_organisations")).content.decode()
    console.post(reverse("host_organisation_merge", args=[other.public_id]), {"other": one.public_id})
    one.refresh_from_db()
    assert one.merged_into == other
    console.post(reverse("host_organisation_part", args=[one.public_id]))
    one.refresh_from_db()
    assert one.merged_into is None
    assert verbs()[-2:] == ["organisations_merged", "organisations_parted"]


def test_health_names_the_part_and_nothing_else() -> None:
    answer = Client().get(reverse("healthz"))
    assert answer.status_code == 503
    assert answer.json() == {
        "status": "wrong",
        "database": "ok",
        "worker": "wrong",
        "mail": "ok",
        "disk": "ok",
    }


def test_mail_that_is_stuck_is_named(settings: object) -> None:
    settings.MAIL_SERVER = "smtp://localhost:9?tls=none"  # type: ignore[attr-defined]
    send_letter("cy@example.org", "Hello", "Cy")
    assert Client().get(reverse("healthz")).json()["mail"] == "ok"
    Letter.objects.update(made_at=timezone.now() - timedelta(minutes=6))
    assert Client().get(reverse("healthz")).json()["mail"] == "wrong"


def test_the_log_is_found_by_what_and_about_whom(
    console: Client, hana: Member, ada: Member, signed_in: Callable[[Member], Client]
) -> None:
    console.get(reverse("host_member", args=[ada.public_id]))
    page = console.get(reverse("host_audit"), {"about": ada.public_id}).content.decode()
    assert "looked at the account of" in page and "Ada Lund" in page
    assert "Ada Lund" not in console.get(reverse("host_audit"), {"verb": "members_listed"}).content.decode()


def test_a_dead_mail_server_holds_no_page_up(
    console: Client, settings: object, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    settings.MAIL_SERVER = "smtp://192.0.2.1:25?tls=none"  # type: ignore[attr-defined]  # nobody is ever there
    began = time.monotonic()
    said = {"email": "cy@example.org", "days": "14", "uses": "1", "send": "on"}
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        assert console.post(reverse("host_invitations"), said).status_code == 200
    assert time.monotonic() - began < 2
    assert Letter.objects.get().state == "waiting"


def test_whose_sign_in_link_was_made_is_told(console: Client, ada: Member) -> None:
    console.post(reverse("host_member_link", args=[ada.public_id]))
    assert ada.notifications.get().facts == {"what": "sign_in_link"}


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "\u202egnp.exe", "a" * 5_000, "", "\r\nBcc: x@y.z"]
)
def test_odd_words_never_break_a_page_of_the_console(console: Client, ada: Member, text: str) -> None:
    made = Organisation.objects.create(name="Novamed", key="novamed")
    letter = send_letter("cy@example.org", text, text)
    tries = [
        ("host_invitations", [], {"email": text, "days": text, "uses": text, "note": text}),
        ("host_announcements", [], {"title": text, "text": text, "announce": ""}),
        ("host_brand", [], {"name": text, "light": text, "dark": text}),
        ("host_settings", [], {"name": "mail_from", "value": text}),
        ("host_roster_import", [], {"text": text, "use-0": text, "label-0": text, "take_in": ""}),
        ("host_member_suspend", [ada.public_id], {"reason": text, "until": text}),
        ("host_fields", [ada.public_id], {"field-x": text}),
        ("host_organisation_merge", [made.public_id], {"name": text, "other": text}),
        ("letter_again", [letter.public_id], {}),
    ]
    for route, named, said in tries:
        answer = console.post(reverse(route, args=named), said)
        assert answer.status_code in (200, 302, 404, 422), route
        assert b"<script>alert" not in answer.content
    for route in ("host", "host_audit", "outbox", "host_settings", "host_announcements", "host_invitations"):
        page = console.get(reverse(route))
        assert page.status_code == 200 and b"<script>alert" not in page.content


def test_a_lost_second_step_is_taken_away_and_told(console: Client, ada: Member, hana: Member) -> None:
    address = reverse("host_member_second_step", args=[ada.public_id])
    assert "Remove the second step" not in console.get(reverse("host_member", args=[ada.public_id])).text
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES, Authenticator.Type.WEBAUTHN):
        Authenticator.objects.create(user=ada, type=kind, data={})
    assert "Remove the second step" in console.get(reverse("host_member", args=[ada.public_id])).text
    assert console.post(address).status_code == 302
    assert [way.type for way in Authenticator.objects.filter(user=ada)] == [Authenticator.Type.WEBAUTHN]
    assert ada.notifications.get().facts == {"what": "second_step_dropped"}
    assert "second_step_dropped" in verbs()
    assert console.post(address).status_code == 422


def test_another_hosts_second_step_stays(console: Client, ada: Member) -> None:
    Member.objects.filter(pk=ada.pk).update(host_since=timezone.now())
    Authenticator.objects.create(user=ada, type=Authenticator.Type.TOTP, data={})
    assert console.post(reverse("host_member_second_step", args=[ada.public_id])).status_code == 422
    assert Authenticator.objects.filter(user=ada).exists()
