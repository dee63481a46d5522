"""What touches the safety of one's own account; it cannot be switched off."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.core.ids import public_id
from kith.members.models import Member
from kith.notifications.actions import notify
from kith.notifications.kinds import Kind, Route, Told

CHANGES = {
    "email": gettext_lazy("Your e-mail address was changed."),
    "password": gettext_lazy("Your password was changed."),
    "method_added": gettext_lazy("A new way to sign in was added to your account."),
    "method_removed": gettext_lazy("A way to sign in was removed from your account."),
    "codes": gettext_lazy("Your recovery codes were made anew."),
    "second_step_dropped": gettext_lazy("A host removed the second step from your account."),
    "sign_in_link": gettext_lazy("A host made a link that signs in to your account once."),
}


def _sentence(told: Told) -> str:
    what = CHANGES.get(told.facts.get("what", ""), _("Something about your account was changed."))
    return f"{what} {_('If this was not you, look at it now.')}"


def _address(told: Told) -> Route:
    return "settings", {}


ACCOUNT = Kind(
    "account",
    gettext_lazy("Changes to your account"),
    gettext_lazy(
        "Whatever touches the safety of your account is told to you, so that nobody changes it unseen."
    ),
    sentence=_sentence,
    address=_address,
    essential=True,
)


def tell_account_changed(member: Member, what: str) -> None:
    """Tell the owner of an account what changed about it; `what` is a key of CHANGES."""
    assert what in CHANGES, what
    notify(ACCOUNT, [member], event=f"account:{what}:{public_id()}", facts={"what": what})
