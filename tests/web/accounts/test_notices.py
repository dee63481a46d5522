"""Notices come where things really happen: accounts, hosts, restrictions."""

from collections.abc import Callable

from allauth.core.context import request_context
from django.template.loader import get_template
from django.test import Client, RequestFactory

from kith.core.host import set_setting
from kith.members import restrictions
from kith.members.models import JoinRequest, Member
from kith.members.policy import Viewer
from kith.notifications.account import CHANGES as WORDS
from kith.notifications.lines import page_of
from kith.web.accounts.adapter import CHANGES, AccountAdapter
from tests.web.accounts.mail import code_for
from tests.web.accounts.test_signing_up import NEW

SignIn = Callable[[Member], Client]


def sentences(member: Member) -> list[str]:
    return [line.sentence for line in page_of(Viewer(Member.objects.get(pk=member.pk))).lines]


def test_hosts_hear_of_a_request_once_its_address_stands_and_the_asker_of_the_yes(
    hana: Member, ada: Member, signed_in: SignIn
) -> None:
    set_setting("sign_up", "approval")
    visitor = Client()
    visitor.post("/sign-up/", {**NEW, "reason": "I teach here."})
    assert sentences(hana) == [], "an address nobody showed to be theirs reaches no host"
    visitor.post("/sign-up/code/", {"code": code_for(NEW["email"])})
    member = Member.objects.get(email=NEW["email"])
    visitor.post("/held/reason/", {"reason": "I teach chemistry."})
    assert sentences(hana) == ["Cy Novak asked to be let in."]
    assert sentences(ada) == []
    [line] = page_of(Viewer(hana)).lines
    host = signed_in(hana)
    assert host.post(f"/notices/{line.newest.public_id}/open/").url == f"/host/members/{member.public_id}/"
    asked = JoinRequest.objects.get(member=member)
    host.post(f"/host/requests/{asked.public_id}/", {"answer": "let_in"})
    assert sentences(member) == ["You are let in. Welcome!"]


def test_hosts_hear_of_an_appeal_and_the_member_of_the_end(
    hana: Member, ada: Member, signed_in: SignIn
) -> None:
    restriction = restrictions.suspend(ada, hana, "Spam", None)
    signed_in(ada).post("/held/appeal/", {"appeal": "It was not me."})
    assert sentences(hana) == ["Ada Lund appealed against a restriction."]
    signed_in(hana).post(f"/host/restrictions/{restriction.public_id}/lift/")
    assert sentences(ada) == ["Your account is open again: the hosts ended what held it back."]


def test_what_is_mailed_about_an_accounts_safety_is_a_notice_too(
    ada: Member, bo: Member, rf: RequestFactory
) -> None:
    for prefix, what in CHANGES.items():
        with request_context(rf.get("/")):
            AccountAdapter().send_notification_mail(prefix, ada)
        assert str(WORDS[what]) in sentences(ada)[0]
        assert get_template(f"{prefix}_message.txt"), "allauth still calls it so"
    assert len(sentences(ada)) == len(CHANGES)
    assert sentences(bo) == []
