"""Pages of reports: the reporter's, and the hosts' (S-38)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from kith.members import restrictions
from kith.members.models import Member, Restriction
from kith.network.actions.invitations import invite
from kith.trust.models import Report

pytestmark = pytest.mark.django_db
SignIn = Callable[[Member], Client]


def test_a_report_goes_to_the_hosts_and_its_answer_comes_back(
    ada: Member, mal: Member, hana: Member, signed_in: SignIn
) -> None:
    asked = invite(mal, ada, "Buy my course")
    form = f"/people/{mal.handle}/report/?invitation={asked.public_id}"
    assert signed_in(ada).get(form).status_code == 200
    refused = signed_in(ada).post(form, {"reason": "other", "text": ""})
    assert refused.status_code == 422 and "please say it" in refused.text
    assert signed_in(ada).post(form, {"reason": "pitch", "text": "At once"}).status_code == 302
    assert "Waiting" in signed_in(ada).get("/reported/").text
    row = Report.objects.get()
    assert "1 report waits" in signed_in(hana).get("/host/").text
    case = f"/host/reports/{row.public_id}/"
    assert "Buy my course" in signed_in(hana).get(case).text
    assert signed_in(mal).get(case).status_code == 404
    assert signed_in(hana).post(case, {"decision": "uphold", "words": ""}).status_code == 422
    Report.objects.update(made_at=timezone.now() - timedelta(hours=1))
    signed_in(hana).post(case, {"decision": "uphold", "words": "Thank you"})
    mine = signed_in(ada).get("/reported/").text
    assert "Upheld" in mine and "decided in 1\xa0hour" in mine and "Thank you" in mine
    assert "Thank you" not in signed_in(mal).get("/reported/").text
    assert "Buy my course" in signed_in(hana).get(case).text


def test_a_host_answers_the_appeal_against_restricted_invitations(
    mal: Member, hana: Member, signed_in: SignIn
) -> None:
    kind = Restriction.Kind.INVITATIONS
    restriction = restrictions.restrict(mal, kind, "Pitched", timezone.now() + timedelta(days=30))
    restrictions.appeal(restriction, "I never did")
    page = signed_in(hana).get(f"/host/members/{mal.public_id}/").text
    assert "I never did" in page and "Suspended since" not in page
    answer = {"answer": "lift", "words": "You are right"}
    signed_in(hana).post(f"/host/restrictions/{restriction.public_id}/appeal/", answer)
    assert restrictions.standing(mal, kind) is None
