"""Rows of notices and blocks."""

from tests.web.permissions.row import GONE, IN, OK, Row

NOTICES: dict[str, Row] = {
    "blocked_people": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "unblock": Row("POST", anonymous=IN, member=GONE, owner=GONE, host=GONE),
    "block": Row("GET", anonymous=IN, member=OK, owner=GONE, host=OK, blocked=GONE),
}
