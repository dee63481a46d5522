"""Where to report a weakness."""

import pytest
from django.test import Client

from kith.core.host import set_setting

ADDRESS = "/.well-known/security.txt"


@pytest.mark.django_db
def test_the_hosts_contact_is_where_programs_look_for_it(client: Client) -> None:
    assert client.get(ADDRESS).status_code == 404
    set_setting("security_contact", "security@example.org\r\nX: y")
    said = client.get(ADDRESS).content.decode().splitlines()
    assert said[0] == "Contact: mailto:security@example.org X: y"
    assert said[1].startswith("Expires: 2")
    assert len(said) == 4
