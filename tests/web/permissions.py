"""The permission matrix: what each route answers to whom, by its first door (GET, or POST where GET is refused).

Roles of the day: anonymous; member (signed in, not the owner of what the address names); owner; host (who
sees no more of a member's private desk than any other member). A route without a row fails the build.
"""

IN = 302  # sent to the front page to sign in
OK = 200
GONE = 404
SPENT = 410
REFUSED = 422

# route: (method, anonymous, member, owner, host)
MATRIX: dict[str, tuple[str, int, int, int, int]] = {
    "front": ("GET", OK, 302, 302, 302),
    "walk_in": ("POST", GONE, GONE, GONE, GONE),
    "link": ("POST", SPENT, SPENT, SPENT, SPENT),
    "welcome": ("GET", IN, OK, OK, OK),
    "sign_out": ("POST", 302, 302, 302, 302),
    "styleguide": ("GET", OK, OK, OK, OK),
    "bring_in": ("GET", IN, OK, OK, OK),
    "bring_in_sample": ("POST", IN, 302, 302, 302),
    "import_run": ("GET", IN, GONE, OK, GONE),
    "import_start": ("POST", IN, GONE, 302, GONE),
    "import_cancel": ("POST", IN, GONE, 302, GONE),
    "import_take_back": ("POST", IN, GONE, 302, GONE),
    "today": ("GET", IN, OK, OK, OK),
    "answer_today": ("POST", IN, GONE, REFUSED, GONE),
    "contacts": ("GET", IN, OK, OK, OK),
    "back_fill": ("GET", IN, OK, OK, OK),
    "back_fill_answer": ("POST", IN, GONE, GONE, GONE),
    "back_fill_undo": ("POST", IN, 302, 302, 302),
    "back_fill_again": ("POST", IN, 302, 302, 302),
    "contact": ("GET", IN, GONE, OK, GONE),
    "log_talk": ("POST", IN, GONE, REFUSED, GONE),
    "erase_talk": ("POST", IN, GONE, GONE, GONE),
    "write_note": ("POST", IN, GONE, REFUSED, GONE),
    "erase_note": ("POST", IN, GONE, GONE, GONE),
    "edit_contact": ("GET", IN, GONE, OK, GONE),
    "let_go": ("POST", IN, GONE, 302, GONE),
    "take_up_again": ("POST", IN, GONE, 302, GONE),
    "merge_contact": ("GET", IN, GONE, OK, GONE),
    "undo_merge": ("POST", IN, GONE, 302, GONE),
    "remove_contact": ("GET", IN, GONE, OK, GONE),
    "report": ("GET", IN, OK, OK, OK),
    "report_table": ("GET", IN, OK, OK, OK),
    "report_people": ("GET", IN, OK, OK, OK),
    "report_version": ("GET", IN, GONE, OK, GONE),
}
