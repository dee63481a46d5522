"""The permission matrix: what each route answers to whom, by its first door (GET, or POST where GET is refused).

Roles of the day: anonymous; member (signed in, not the owner of what the address names); owner; host (who
sees no more of a member's private desk than any other member). A route without a row fails the build.
"""

IN = 302  # sent to the front page to sign in
OK = 200
GONE = 404
SPENT = 410

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
}
