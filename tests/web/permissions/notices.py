"""Rows of notices and blocks."""

from tests.web.permissions.row import GONE, IN, OK, Row

NOTICES: dict[str, Row] = {
    "notices": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "read_all": Row("POST", anonymous=IN, member=302, owner=302, host=302),
    "notice_settings": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "switch_kind": Row("POST", anonymous=IN, member=302, owner=302, host=302),
    "open_notice": Row("POST", anonymous=IN, member=GONE, owner=302, host=GONE),
    "mark_notice": Row("POST", anonymous=IN, member=GONE, owner=302, host=GONE),
    "announcement": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "blocked_people": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "unblock": Row("POST", anonymous=IN, member=GONE, owner=GONE, host=GONE),
    "block": Row("GET", anonymous=IN, member=OK, owner=GONE, host=OK, blocked=GONE),
}
