"""Rows of profiles, people, photos."""

from tests.web.permissions.row import GONE, IN, OK, Row

PROFILES: dict[str, Row] = {
    "people": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "member": Row("GET", anonymous=GONE, member=OK, owner=OK, host=OK, blocked=GONE),
    "card_file": Row("GET", anonymous=GONE, member=OK, owner=OK, host=OK, blocked=GONE),
    "resume_file": Row("GET", anonymous=GONE, member=OK, owner=OK, host=OK, blocked=GONE),
    "switch_public": Row("POST", anonymous=IN, member=302, owner=302, host=302),
}
