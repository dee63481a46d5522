"""Rows of taking out and leaving; who is held back may take their things and go."""

from tests.web.permissions.row import GONE, IN, OK, Row

AGAIN = 302  # asked once more who one is: what is behind it is tried in test_leaving

LEAVING: dict[str, Row] = {
    "leave": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK, waiting=OK, suspended=OK),
    "take_out": Row(
        "POST", anonymous=IN, member=AGAIN, owner=AGAIN, host=AGAIN, waiting=AGAIN, suspended=AGAIN
    ),
    "export": Row("GET", anonymous=IN, member=GONE, owner=OK, host=GONE, waiting=GONE, suspended=GONE),
    "export_file": Row(
        "GET", anonymous=IN, member=AGAIN, owner=AGAIN, host=AGAIN, waiting=AGAIN, suspended=AGAIN
    ),
    "came_along": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK, waiting=OK, suspended=OK),
    "leave_for_good": Row(
        "GET", anonymous=IN, member=AGAIN, owner=AGAIN, host=AGAIN, waiting=AGAIN, suspended=AGAIN
    ),
}
