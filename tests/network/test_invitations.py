"""Invitations: asked, answered, taken back, over; what each side sees (b22, b35, S-26, S-27)."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from kith.core.models import Letter
from kith.core.refusal import Refused
from kith.members.actions import join
from kith.members.models import Member, QuietAddress
from kith.members.policy import Viewer
from kith.members.restrictions import suspend
from kith.network import adjacency, letters
from kith.network.actions import invitations as acts
from kith.network.actions import outside
from kith.network.actions.blocks import block
from kith.network.actions.choices import choose
from kith.network.actions.connections import connect, disconnect
from kith.network.models import Connection, Invitation
from kith.network.sent import Seen, sent, usual_days
from kith.notifications.models import Notification
from tests.network.circle import pass_days, people

State = Invitation.State


def connected(one: Member, other: Member) -> bool:
    return Connection.objects.between(one, other).exists()


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refusal:
        act()
    return str(refusal.value)


def told(member: Member) -> list[str]:
    rows = Notification.objects.visible_to(Viewer(member)).order_by("pk")
    return list(rows.values_list("kind", flat=True))


def test_accepting_connects_both_and_tells_the_sender(ada: Member, bo: Member) -> None:
    invitation = acts.invite(ada, bo, "We met in Porto.")
    assert told(bo) == ["invited"]
    assert acts.accept(invitation, bo).state == State.ACCEPTED
    assert connected(ada, bo)
    assert adjacency.differences() == []
    assert told(ada) == ["invitation_accepted"]
    assert sent(ada)[0].state is Seen.ACCEPTED


def test_accepting_twice_is_accepting_once(ada: Member, bo: Member) -> None:
    invitation = acts.invite(ada, bo)
    acts.accept(invitation, bo)
    disconnect(ada, bo)
    assert acts.accept(invitation, bo).state == State.ACCEPTED
    assert not connected(ada, bo), "an old answer connects nobody anew"


def test_only_the_recipient_may_decide(ada: Member, bo: Member, mal: Member) -> None:
    invitation = acts.invite(ada, bo)
    for act in (acts.accept, acts.set_aside, acts.decline, acts.decline_as_unknown):
        for other in (ada, mal):
            assert "no longer open" in refused(lambda act=act, other=other: act(invitation, other))
    assert "no longer open" in refused(lambda: acts.withdraw(invitation, bo))
    assert Invitation.objects.get().state == State.WAITING


@pytest.mark.parametrize("end", ["withdrawn", "expired", "declined"])
def test_what_is_over_cannot_be_accepted(ada: Member, bo: Member, end: str) -> None:
    invitation = acts.invite(ada, bo)
    if end == "withdrawn":
        acts.withdraw(invitation, ada)
    elif end == "declined":
        acts.decline(invitation, bo)
    else:
        pass_days(181)
    assert "no longer open" in refused(lambda: acts.accept(invitation, bo))
    assert not connected(ada, bo)


def test_somebody_blocked_held_or_suspended_is_as_nobody(ada: Member, bo: Member, hana: Member) -> None:
    waiting = join(email="w@example.org", name="Wanda", confirmed=False)
    gone, out, blocked = people(3)
    Member.objects.filter(pk=gone.pk).update(is_active=False)
    suspend(out, hana, "Spam.")
    block(blocked, ada)
    for other in (waiting, gone, out, blocked):
        for one, two in ((ada, other), (other, ada)):
            assert refused(lambda one=one, two=two: acts.invite(one, two)) == (
                "There is nobody here to connect with."
            )
    invitation = acts.invite(ada, bo)
    suspend(ada, hana, "Spam.")
    assert "nobody here" in refused(lambda: acts.accept(invitation, bo))


def test_a_block_ends_what_waits_and_an_unblock_brings_nothing_back(ada: Member, bo: Member) -> None:
    first = acts.invite(ada, bo)
    block(bo, ada)
    first.refresh_from_db()
    assert first.state == State.EXPIRED
    assert "no longer open" in refused(lambda: acts.decline(first, bo))
    assert sent(ada) == []


def test_crossing_invitations_connect(ada: Member, bo: Member) -> None:
    acts.set_aside(acts.invite(ada, bo), bo)
    assert acts.invite(bo, ada).state == State.ACCEPTED
    assert connected(ada, bo)
    assert Invitation.objects.count() == 1


def test_connecting_another_way_settles_the_invitation(ada: Member, bo: Member) -> None:
    invitation = acts.invite(ada, bo)
    connect(ada, bo)
    invitation.refresh_from_db()
    assert invitation.state == State.ACCEPTED
    assert refused(lambda: acts.invite(ada, bo)) == "You are connected already."


@pytest.mark.parametrize("say_no", [acts.decline, acts.decline_as_unknown])
def test_a_decline_looks_like_waiting_until_the_end_and_is_told_to_nobody(
    ada: Member, bo: Member, mal: Member, say_no: Callable[[Invitation, Member], Invitation]
) -> None:
    silent, declined = acts.invite(ada, bo), acts.invite(ada, mal)
    say_no(declined, mal)
    assert {row.state for row in sent(ada)} == {Seen.WAITING}
    assert told(ada) == []
    assert refused(lambda: acts.invite(ada, mal)) == refused(lambda: acts.invite(ada, bo))
    pass_days(12)
    assert {(row.state, row.days) for row in sent(ada)} == {(Seen.WAITING, 12)}
    pass_days(170)
    acts.expire_old()
    one, other = sent(ada)
    assert one.state is other.state is Seen.NOT_ACCEPTED
    assert refused(lambda: acts.invite(ada, mal)) == refused(lambda: acts.invite(ada, bo))
    assert Invitation.objects.get(pk=silent.pk).state == State.EXPIRED
    pass_days(91)
    assert acts.invite(ada, mal).state == acts.invite(ada, bo).state == State.WAITING


def test_withdrawing_what_was_declined_looks_like_any_withdrawal(
    ada: Member, bo: Member, mal: Member
) -> None:
    silent, declined = acts.invite(ada, bo), acts.invite(ada, mal)
    acts.decline(declined, mal)
    for invitation in (silent, declined):
        acts.withdraw(invitation, ada)
        acts.withdraw(invitation, ada)
    assert {row.state for row in sent(ada)} == {Seen.WITHDRAWN}
    assert Invitation.objects.get(pk=declined.pk).state == State.DECLINED, "an end is an end (d4)"
    assert refused(lambda: acts.invite(ada, mal)) == refused(lambda: acts.invite(ada, bo))
    pass_days(20)
    assert "not long ago" in refused(lambda: acts.invite(ada, bo))
    pass_days(1.1)
    assert acts.invite(ada, bo).state == acts.invite(ada, mal).state == State.WAITING


def test_a_withdrawn_invitation_takes_its_notice_along(ada: Member, bo: Member) -> None:
    acts.withdraw(acts.invite(ada, bo), ada)
    assert told(bo) == []
    accepted = acts.invite(bo, ada)
    acts.accept(accepted, ada)
    assert "accepted it already" in refused(lambda: acts.withdraw(accepted, bo))


def test_whoever_declined_may_ask_later_and_that_ends_the_old_one(ada: Member, bo: Member) -> None:
    acts.decline(acts.invite(ada, bo), bo)
    acts.accept(acts.invite(bo, ada), ada)
    assert connected(ada, bo)
    assert [row.state for row in sent(ada)] == [Seen.NOT_ACCEPTED]


def test_a_recipient_asks_more_before_deciding(ada: Member, bo: Member, mal: Member) -> None:
    invitation = acts.invite(ada, bo)
    assert "wait until they ask" in refused(lambda: acts.say(invitation, ada, "Hello?"))
    acts.say(invitation, bo, "Where did we meet?")
    acts.say(invitation, ada, "In Porto.")
    assert "wait until they ask" in refused(lambda: acts.say(invitation, ada, "In May."))
    assert "no longer open" in refused(lambda: acts.say(invitation, mal, "Me too."))
    assert "Your question" in refused(lambda: acts.say(invitation, bo, "  "))
    assert (told(ada), told(bo)) == (["invitation_words"], ["invited", "invitation_words"])
    for n in range(8):
        acts.say(invitation, bo, f"And {n}?")
    assert "as much as fits" in refused(lambda: acts.say(invitation, bo, "More?"))
    assert Invitation.objects.get().state == State.WAITING


def test_an_answer_after_an_unseen_decline_is_taken_and_tells_nobody(ada: Member, bo: Member) -> None:
    invitation = acts.invite(ada, bo)
    acts.say(invitation, bo, "Who are you?")
    acts.decline(invitation, bo)
    acts.say(invitation, ada, "Ada.")
    assert told(bo) == ["invited"]


def test_the_note_keeps_its_limit(ada: Member, bo: Member) -> None:
    with pytest.raises(Refused, match="Note: at most 500 characters") as refusal:
        acts.invite(ada, bo, "a" * 501)
    assert refusal.value.field == "note"
    assert not Invitation.objects.exists()


def test_who_may_invite_me_is_mine_to_choose(ada: Member, bo: Member, mal: Member) -> None:
    choose(bo, may_invite="mutual")
    assert "people who know somebody" in refused(lambda: acts.invite(ada, bo))
    connect(ada, mal)
    connect(bo, mal)
    choose(mal, in_paths=False)
    assert "people who know somebody" in refused(lambda: acts.invite(ada, bo)), "unseen people tie nobody"
    choose(mal, in_paths=True)
    acts.withdraw(acts.invite(ada, bo), ada)
    [cy] = people(1)
    choose(bo, may_invite="email")
    assert "please type it" in refused(lambda: acts.invite(cy, bo))
    assert "not their address" in refused(lambda: acts.invite(cy, bo, address="b@example.org"))
    assert acts.invite(cy, bo, address=" BO@example.org ").state == State.WAITING


def test_the_usual_wait_is_told_beside_the_age(ada: Member) -> None:
    circle = people(4)
    asked = [acts.invite(ada, member) for member in circle]
    assert usual_days(ada) is None
    for days, invitation, member in zip((1.5, 0.5, 3), asked, circle, strict=False):
        pass_days(days, [invitation])
        Invitation.objects.filter(pk=acts.accept(invitation, member).pk).update(answered_at=timezone.now())
    assert usual_days(ada) == 2, "half of them took under two days"


def test_somebody_outside_gets_one_letter_and_is_connected_on_joining(ada: Member) -> None:
    invitation = outside.invite_address(ada, "Cy@Example.org", "Come in.")
    letter = Letter.objects.get()
    assert letter.to == "cy@example.org"
    assert "Come in." in letter.text and letters.token(invitation) in letter.text
    assert outside.find_by_token(letters.token(invitation)) == invitation
    assert outside.find_by_token(letters.stop_token(invitation.email_hash)) is None
    assert "waiting for an answer" in refused(lambda: outside.invite_address(ada, "cy@example.org"))
    pass_days(60)
    assert outside.remind() == 0, "the sender did not agree to reminders"
    cy = join(email="cy@example.org", name="Cy")
    assert outside.connect_invited(cy) == 1
    assert outside.connect_invited(cy) == 0
    assert connected(ada, cy)
    [row] = sent(ada)
    assert (row.state, row.recipient, row.invitation.email) == (Seen.ACCEPTED, cy, "")


def test_an_address_that_is_not_shown_to_be_theirs_connects_nobody(ada: Member) -> None:
    outside.invite_address(ada, "cy@example.org")
    claimed = join(email="cy@example.org", name="Cy", confirmed=False)
    assert outside.connect_invited(claimed) == 0
    assert not Connection.objects.exists()


def test_two_reminders_go_out_with_consent_and_a_withdrawal_stops_them(ada: Member, bo: Member) -> None:
    outside.invite_address(ada, "cy@example.org", reminders=True)
    stopped = outside.invite_address(bo, "dee@example.org", reminders=True)
    pass_days(7)
    assert outside.remind() == 2
    assert outside.remind() == 0
    acts.withdraw(stopped, bo)
    pass_days(14)
    assert outside.remind() == 1
    pass_days(60)
    assert outside.remind() == 0
    assert Letter.objects.filter(to="cy@example.org").count() == 3
    pass_days(10)
    acts.expire_old()
    assert outside.forget_addresses() == 2
    assert {row.invitation.email for row in (*sent(ada), *sent(bo))} == {""}


def test_never_again_holds_for_everybody_and_keeps_a_hash_alone(ada: Member, bo: Member) -> None:
    invitation = outside.invite_address(ada, "cy@example.org", reminders=True)
    found = outside.find_by_stop_token(letters.stop_token(invitation.email_hash))
    assert found
    outside.never_again(found)
    pass_days(10)
    assert outside.remind() == 0
    again = outside.invite_address(bo, "cy@example.org")
    assert Letter.objects.count() == 1
    assert [row.state for row in sent(bo)] == [Seen.WAITING], "the sender is not told who wants quiet"
    assert "cy@" not in str(list(QuietAddress.objects.values()))
    assert outside.find_by_token(letters.token(again)) is None


def test_an_address_gets_no_more_than_three_letters_a_month_whoever_asks(db: None) -> None:
    for member in people(5):
        outside.invite_address(member, "cy@example.org")
    assert Letter.objects.count() == 3


def test_the_address_of_a_member_asks_the_member_and_tells_the_sender_nothing(
    ada: Member, bo: Member
) -> None:
    outside.invite_address(ada, "bo@example.org")
    outside.invite_address(ada, "nobody@example.org")
    assert [(row.state, row.recipient) for row in sent(ada)] == [(Seen.WAITING, None)] * 2
    assert told(bo) == ["invited"]
    assert not Letter.objects.filter(to="bo@example.org").exists()
    assert acts.invite(ada, bo).state == State.WAITING, "by name as if there were none"
    acts.accept(Invitation.objects.get(recipient=bo), bo)
    assert [row.recipient for row in sent(ada)] == [bo, None, None]


def test_an_address_behind_a_block_looks_like_any_other(ada: Member, bo: Member) -> None:
    block(bo, ada)
    outside.invite_address(ada, "bo@example.org")
    assert [(row.state, row.address) for row in sent(ada)] == [(Seen.WAITING, "bo@example.org")]
    assert told(bo) == []
    assert outside.connect_invited(bo) == 0


def test_a_block_does_not_tell_whose_address_it_was(ada: Member, bo: Member) -> None:
    invitation = outside.invite_address(ada, "bo@example.org")
    block(bo, ada)
    assert [(row.state, row.address) for row in sent(ada)] == [(Seen.WAITING, "bo@example.org")]
    assert "no longer open" in refused(lambda: acts.accept(invitation, bo))
    acts.withdraw(invitation, ada)
    assert [row.state for row in sent(ada)] == [Seen.WITHDRAWN]
