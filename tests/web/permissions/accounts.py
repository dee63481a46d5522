"""Rows of the doors and one's own account."""

from tests.web.permissions.row import GONE, IN, OK, SPENT, Row

ACCOUNTS: dict[str, Row] = {
    "front": Row("GET", anonymous=OK, member=302, owner=302, host=302, waiting=302, suspended=302),
    "walk_in": Row("POST", anonymous=GONE, member=GONE, owner=GONE, host=GONE, waiting=GONE, suspended=GONE),
    "link": Row(
        "POST", anonymous=SPENT, member=SPENT, owner=SPENT, host=SPENT, waiting=SPENT, suspended=SPENT
    ),
    "welcome": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "held": Row("GET", anonymous=IN, member=302, owner=302, host=302, waiting=OK, suspended=OK),
    "sign_out": Row("POST", anonymous=302, member=302, owner=302, host=302, waiting=302, suspended=302),
    "styleguide": Row("GET", anonymous=OK, member=OK, owner=OK, host=OK, waiting=OK, suspended=OK),
}
