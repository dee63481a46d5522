"""A member's page for everybody who may come by, and its owner's forms with and without a script."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from kith.members.models import Block, HostField, Member, MemberField, Organisation
from kith.members.organisations import find_or_make, merge_organisations
from kith.profiles import actions
from kith.profiles.models import Audience, ContactField, Link, Position, Profile, Skill, Specialty

SignIn = Callable[[Member], Client]
HTMX = {"HX-Request": "true"}
POSITION = {"title": "Editor", "organisation": "Novamed", "start_year": "2019", "current": "1"}


@pytest.fixture
def full(ada: Member) -> Member:
    """Ada with something in every part."""
    actions.edit_card(ada, name="Ada Lund", pronunciation="AH-da", headline="Editor", place="Bergen")
    actions.write_summary(ada, "I make evidence readable.")
    actions.add_row(ada, "specialties", {"text": "Medical writing"})
    for year in range(1990, 2010):
        actions.add_row(ada, "positions", POSITION | {"organisation": f"N{year}", "start_year": str(year)})
    actions.add_row(ada, "education", {"school": "Bergen"})
    actions.add_skills(ada, ",".join(f"skill {number}" for number in range(30)))
    actions.add_row(ada, "languages", {"name": "Norwegian"})
    actions.add_row(ada, "links", {"url": "https://ada.example/"})
    actions.add_row(ada, "contact", {"kind": "email", "value": "a@ada.example", "audience": "members"})
    actions.add_row(ada, "contact", {"kind": "phone", "value": "555 0101", "audience": "me"})
    actions.set_birthday(ada, day="9", month="3")
    return ada


def words(client: Client, path: str = "/people/ada-lund/", **headers: str) -> str:
    response = client.get(path, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_a_member_sees_what_is_for_members(full: Member, bo: Member, signed_in: SignIn) -> None:
    page = words(signed_in(bo))
    for seen in ("AH-da", "I make evidence readable.", "Medical writing", "a@ada.example", "skill 29"):
        assert seen in page
    for hidden in ("555 0101", "9 March", "only you see this", "/profile/positions/", "one of 20"):
        assert hidden not in page
    assert 'rel="nofollow ugc noopener noreferrer"' in page


def test_the_owner_reads_all_and_may_edit_each_part(full: Member, signed_in: SignIn) -> None:
    page = words(signed_in(full))
    for seen in ("555 0101", "9 March", "only you see this", "/profile/positions/", "one of 20"):
        assert seen in page


@pytest.mark.parametrize("role", ["member", "host", "blocked", "web"])
def test_the_owner_sees_the_page_as_others_get_it(role: str, full: Member, signed_in: SignIn) -> None:
    page = words(signed_in(full), f"/people/ada-lund/?as={role}")
    assert "This is your page as they get it" in page
    assert "555 0101" not in page
    assert ("I make evidence readable." in page) == (role in ("member", "host"))
    assert ("Nobody is here for them" in page) == (role in ("blocked", "web"))


def test_nobody_else_may_choose_as_whom_they_look(full: Member, bo: Member, signed_in: SignIn) -> None:
    for role in ("me", "web", "nonsense"):
        page = words(signed_in(bo), f"/people/ada-lund/?as={role}")
        assert "I make evidence readable." in page
        assert "555 0101" not in page
        assert "as they get it" not in page


def test_who_is_blocked_and_an_address_of_nobody_get_one_answer(
    full: Member, mal: Member, signed_in: SignIn
) -> None:
    Block.objects.create(blocker=full, blocked=mal)
    client = signed_in(mal)
    assert client.get("/people/ada-lund/").status_code == 404
    assert client.get("/people/nobody-here/").status_code == 404
    assert signed_in(full).get("/people/mal-grey/").status_code == 404


def test_the_hosts_fields_are_read_by_the_member_and_the_host(
    full: Member, bo: Member, hana: Member, signed_in: SignIn
) -> None:
    field = HostField.objects.create(key="class", label="Class of")
    MemberField.objects.create(member=full, field=field, value="of ninety-eight")
    seen = ["of ninety-eight" in words(signed_in(member)) for member in (full, hana, bo)]
    assert seen == [True, True, False]


@pytest.mark.parametrize("part", ["card", "summary", "birthday", "specialties", "positions", "education",
                                  "skills", "languages", "links", "contact"])  # fmt: skip
def test_each_part_has_a_form_alone_and_as_a_page(part: str, full: Member, signed_in: SignIn) -> None:
    client = signed_in(full)
    assert "<html" in words(client, f"/profile/{part}/")
    alone = words(client, f"/profile/{part}/", **HTMX)
    assert "<html" not in alone
    assert f'id="{part}"' in alone
    shown = words(client, f"/profile/{part}/?done", **HTMX)
    assert "<form" not in shown.replace('<form method="post" action="/profile/' + part + "/audience/", "")
    assert f'id="{part}"' in shown
    plain = client.get(f"/profile/{part}/?done")
    assert plain.url == f"/people/ada-lund/#{part}"


def test_done_adds_what_was_begun_and_nothing_when_nothing_was(ada: Member, signed_in: SignIn) -> None:
    client, done = signed_in(ada), {"done": "1"}
    untouched = {"kind": "email", "value": " ", "audience": "me"} | done
    assert client.post("/profile/contact/", untouched).url == "/people/ada-lund/#contact"
    assert not ContactField.objects.exists()
    assert client.post("/profile/links/", {"url": "ada.example"} | done).url == "/people/ada-lund/#links"
    assert Link.objects.get().url == "https://ada.example"
    refused = client.post("/profile/positions/", {"title": "", "organisation": "Oru Solar"} | done)
    assert refused.status_code == 422 and "Oru Solar" in refused.content.decode()
    assert "Leave it as it was" in refused.content.decode()


@pytest.mark.parametrize(
    ("part", "typed", "model"),
    [
        ("positions", POSITION, Position),
        ("specialties", {"text": "Blogging"}, Specialty),
        ("skills", {"name": "Editing"}, Skill),
        ("links", {"url": "ada.example"}, Link),
        ("contact", {"kind": "phone", "value": "1", "audience": "me"}, ContactField),
    ],
)
def test_a_row_is_added_changed_moved_and_removed(
    part: str, typed: dict, model: type, ada: Member, signed_in: SignIn
) -> None:
    client = signed_in(ada)
    assert client.post(f"/profile/{part}/", typed).url == f"/profile/{part}/"
    row = model.objects.get()
    assert client.get(f"/profile/{part}/{row.public_id}/").status_code == 200
    assert client.post(f"/profile/{part}/{row.public_id}/", typed).status_code == 302
    assert (
        client.post(f"/profile/{part}/{row.public_id}/move/", {"by": "up"}, headers=HTMX).status_code == 200
    )
    assert client.post(f"/profile/{part}/{row.public_id}/remove/").status_code == 302
    assert not model.objects.exists()


@pytest.mark.parametrize(
    ("part", "typed", "says"),
    [
        ("card", {"name": "", "headline": "kept as typed"}, "Name: please give one."),
        ("summary", {"summary": "kept as typed" * 400}, "Summary: at most 4,000 characters; this has 5,200."),
        ("positions", {"title": "", "place": "kept as typed"}, "Title: please fill this in."),
        (
            "positions",
            POSITION | {"start_month": "13", "place": "kept as typed"},
            "From: a month from 1 to 12.",
        ),
        ("links", {"url": "javascript:alert(1)", "label": "kept as typed"}, "Address: only one that starts"),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_what_is_refused_is_said_and_kept_as_typed(
    part: str, typed: dict, says: str, headers: dict, ada: Member, signed_in: SignIn
) -> None:
    response = signed_in(ada).post(f"/profile/{part}/", typed, headers=headers)
    page = response.content.decode()
    assert response.status_code == 422
    assert says in page
    assert "kept as typed" in page
    assert 'aria-invalid="true"' in page


def test_a_long_list_is_named_where_it_is_typed(ada: Member, signed_in: SignIn) -> None:
    for number in range(5):
        actions.add_row(ada, "specialties", {"text": f"Thing {number}"})
    client = signed_in(ada)
    assert "You name" not in words(client, "/profile/specialties/")
    page = client.post("/profile/specialties/", {"text": "One more"}, headers=HTMX).content.decode()
    assert "You name 6 specialties" in page


@pytest.mark.parametrize("mode", ["shown", "edit", "table", "photo", ""])
def test_an_audience_is_chosen_where_the_part_stands(mode: str, ada: Member, signed_in: SignIn) -> None:
    client = signed_in(ada)
    for headers in ({}, HTMX):
        said = {"audience": "web", "mode": mode}
        assert client.post("/profile/summary/audience/", said, headers=headers).status_code in (200, 302)
    assert Profile.objects.get().audiences == {"summary": Audience.WEB}
    assert client.post("/profile/photo/audience/", {"audience": "me", "mode": mode}).status_code in (302, 422)


def test_organisations_are_offered_by_any_spelling_but_never_from_what_is_private(
    ada: Member, bo: Member, signed_in: SignIn
) -> None:
    actions.add_row(ada, "positions", POSITION | {"organisation": "Novamed AS"})
    actions.add_row(bo, "positions", POSITION | {"organisation": "Nova Secreta"})
    actions.set_audience(bo, "positions", Audience.ME)
    merge_organisations(Organisation.objects.get(name="Novamed AS"), find_or_make("Nvmd"))
    client = signed_in(ada)
    assert "Novamed AS" in words(client, "/profile/organisations/?organisation=NVMD")
    offered = words(client, "/profile/organisations/?organisation=nova")
    assert "Novamed AS" in offered
    assert "Secreta" not in offered
    assert "Secreta" in words(signed_in(bo), "/profile/organisations/?school=nova")
    assert "<option" not in words(client, "/profile/organisations/?organisation=n")


def test_a_merged_spelling_shows_the_name_that_stands(ada: Member, bo: Member, signed_in: SignIn) -> None:
    actions.add_row(ada, "positions", POSITION | {"organisation": "novamed"})
    merge_organisations(find_or_make("Novamed AS"), find_or_make("novamed"))
    assert "Novamed AS" in words(signed_in(bo))


def test_looking_as_the_web_is_the_public_page_itself(full: Member, signed_in: SignIn) -> None:
    Profile.objects.update(public_since=timezone.now())
    actions.set_audience(full, "summary", Audience.WEB)
    article = re.compile(r"<article.*</article>", re.DOTALL)
    seen = article.search(words(signed_in(full), "/people/ada-lund/?as=web"))
    real = article.search(words(Client()))
    assert seen and real and seen[0] == real[0]
    assert "I make evidence readable." in real[0]
    assert "a@ada.example" not in real[0]


@pytest.mark.parametrize("path", ["/profile/photo/", "/profile/banner/"])
def test_the_public_page_is_what_the_web_gets(path: str, full: Member) -> None:
    assert Client().get("/people/ada-lund/").status_code == 404
    Profile.objects.update(public_since=timezone.now())
    assert Client().get("/people/ada-lund/").status_code == 200
    assert Client().get(path).status_code == 302


@pytest.mark.parametrize(
    ("path", "ceiling"),
    [("/people/ada-lund/", 21), ("/profile/positions/", 22), ("/profile/skills/?done", 18),
     ("/profile/audiences/", 21), ("/profile/photo/", 17), ("/profile/organisations/?organisation=N1", 8)],
)  # fmt: skip
def test_pages_keep_their_query_ceilings(
    path: str, ceiling: int, full: Member, signed_in: SignIn, django_assert_max_num_queries: Callable
) -> None:
    client = signed_in(full)
    with django_assert_max_num_queries(ceiling):
        client.get(path)


def test_a_strangers_page_keeps_its_query_ceiling(
    full: Member, bo: Member, signed_in: SignIn, django_assert_max_num_queries: Callable
) -> None:
    client = signed_in(bo)
    with django_assert_max_num_queries(26):
        client.get("/people/ada-lund/")
