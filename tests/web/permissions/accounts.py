"""Rows of the doors and one's own account."""

from tests.web.permissions.row import GONE, IN, OK, SPENT, Row

AGAIN = 302  # asked once more who one is, before what touches the account's safety
ONWARD = 302  # this step is not theirs now: led to where they are

ACCOUNTS: dict[str, Row] = {
    "front": Row("GET", anonymous=OK, member=302, owner=302, host=302, waiting=302, suspended=302),
    "walk_in": Row("POST", anonymous=GONE, member=GONE, owner=GONE, host=GONE, waiting=GONE, suspended=GONE),
    "link": Row(
        "POST", anonymous=SPENT, member=SPENT, owner=SPENT, host=SPENT, waiting=SPENT, suspended=SPENT
    ),
    "welcome": Row("GET", anonymous=IN, member=ONWARD, owner=ONWARD, host=ONWARD),
    "join": Row(
        "GET", anonymous=SPENT, member=SPENT, owner=SPENT, host=SPENT, waiting=SPENT, suspended=SPENT
    ),
    "claim": Row(
        "GET", anonymous=SPENT, member=SPENT, owner=SPENT, host=SPENT, waiting=SPENT, suspended=SPENT
    ),
    "held": Row("GET", anonymous=IN, member=302, owner=302, host=302, waiting=OK, suspended=OK),
    "appeal": Row("POST", anonymous=IN, member=302, owner=302, host=302),
    "ask_again": Row("POST", anonymous=IN, member=302, owner=302, host=302),
    "sign_out": Row("POST", anonymous=302, member=302, owner=302, host=302, waiting=302, suspended=302),
    "styleguide": Row("GET", anonymous=OK, member=OK, owner=OK, host=OK, waiting=OK, suspended=OK),
    "settings": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "keep_address": Row("POST", anonymous=IN, member=302, owner=302, host=302),
    "again_by_code": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK, waiting=OK, suspended=OK),
}
# Signing in and up: for visitors; whoever is signed in is led on.
ACCOUNTS |= {
    name: Row("GET", anonymous=OK, member=ONWARD, owner=ONWARD, host=ONWARD)
    for name in ("account_login", "account_signup", "account_request_login_code")
}
# Steps of a sign-in that nobody began here: they lead visitors to where one begins.
STEPS = {
    "account_confirm_login_code",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "account_email_verification_sent",
    "account_confirm_password_reset_code",
    "account_complete_password_reset",
    "socialaccount_signup",
}
ACCOUNTS |= {name: Row("GET", anonymous=ONWARD, member=ONWARD, owner=ONWARD, host=ONWARD) for name in STEPS}
# Elsewhere a visitor who is sent away is sent to sign in and comes back after it.
LEADS_ON = STEPS | {"sign_out", "mfa_index"}
# The same words for everybody.
ACCOUNTS |= {
    name: Row("GET", anonymous=OK, member=OK, owner=OK, host=OK)
    for name in (
        "account_inactive",
        "account_reset_password",
        "account_password_reset_completed",
        "socialaccount_login_cancelled",
    )
}
ACCOUNTS["socialaccount_login_error"] = Row("GET", anonymous=401, member=401, owner=401, host=401)
# No identity provider is set up in the tests.
ACCOUNTS |= {
    name: Row("GET", anonymous=GONE, member=GONE, owner=GONE, host=GONE)
    for name in ("openid_connect_login", "openid_connect_callback")
}
# Saying once more who one is: by what one has. The members here have no password, so the code by mail.
ACCOUNTS |= {
    name: Row("GET", anonymous=IN, member=ONWARD, owner=ONWARD, host=ONWARD)
    for name in ("account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn")
}
# One's own account: nothing in the address names anybody, and what is sensitive asks first.
ACCOUNTS |= {
    name: Row("GET", anonymous=IN, member=AGAIN, owner=AGAIN, host=AGAIN)
    for name in (
        "account_email",
        "account_change_password",
        "account_set_password",
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_add_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "socialaccount_connections",
    )
}
ACCOUNTS |= {
    "usersessions_list": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "mfa_list_webauthn": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "mfa_index": Row("GET", anonymous=302, member=302, owner=302, host=302),
}
