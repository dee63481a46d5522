"""Rows of the desk: everything on it is its owner's alone."""

from tests.web.permissions.row import GONE, IN, OK, REFUSED, Row

DESK: dict[str, Row] = {
    "bring_in": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "bring_in_sample": Row("POST", anonymous=IN, member=302, owner=302, host=302),
    "import_run": Row("GET", anonymous=IN, member=GONE, owner=OK, host=GONE),
    "import_start": Row("POST", anonymous=IN, member=GONE, owner=302, host=GONE),
    "import_cancel": Row("POST", anonymous=IN, member=GONE, owner=302, host=GONE),
    "import_take_back": Row("POST", anonymous=IN, member=GONE, owner=302, host=GONE),
    "today": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "answer_today": Row("POST", anonymous=IN, member=GONE, owner=REFUSED, host=GONE),
    "contacts": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "back_fill": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "back_fill_answer": Row("POST", anonymous=IN, member=GONE, owner=GONE, host=GONE),
    "back_fill_undo": Row("POST", anonymous=IN, member=302, owner=302, host=302),
    "back_fill_again": Row("POST", anonymous=IN, member=302, owner=302, host=302),
    "contact": Row("GET", anonymous=IN, member=GONE, owner=OK, host=GONE),
    "log_talk": Row("POST", anonymous=IN, member=GONE, owner=REFUSED, host=GONE),
    "erase_talk": Row("POST", anonymous=IN, member=GONE, owner=GONE, host=GONE),
    "write_note": Row("POST", anonymous=IN, member=GONE, owner=REFUSED, host=GONE),
    "erase_note": Row("POST", anonymous=IN, member=GONE, owner=GONE, host=GONE),
    "edit_contact": Row("GET", anonymous=IN, member=GONE, owner=OK, host=GONE),
    "let_go": Row("POST", anonymous=IN, member=GONE, owner=302, host=GONE),
    "take_up_again": Row("POST", anonymous=IN, member=GONE, owner=302, host=GONE),
    "merge_contact": Row("GET", anonymous=IN, member=GONE, owner=OK, host=GONE),
    "undo_merge": Row("POST", anonymous=IN, member=GONE, owner=302, host=GONE),
    "remove_contact": Row("GET", anonymous=IN, member=GONE, owner=OK, host=GONE),
    "report": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "report_table": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "report_people": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "report_version": Row("GET", anonymous=IN, member=GONE, owner=OK, host=GONE),
}
