"""What is too large is refused by what its head says, before any of it is read (b46)."""

from io import BytesIO

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client

Browsers = dict[str, Client]


class Unread(BytesIO):
    """A body nobody may touch."""

    def read(self, *_: object) -> bytes:
        raise AssertionError("the body was read")

    readline = read


def send(client: Client, address: str, size: int) -> HttpResponse:
    head = {"CONTENT_TYPE": "multipart/form-data; boundary=x", "CONTENT_LENGTH": str(size)}
    return client.post(address, b"", content_type="", **head, **{"wsgi.input": Unread()})


@pytest.mark.parametrize(
    ("role", "address", "size"),
    [
        ("anonymous", "/bring-in/", 3_000_001),
        ("anonymous", "/no/such/page/", 10**12),
        ("anonymous", "/sign-in/", 10**12),
        ("waiting", "/bring-in/", 3_000_001),
        ("suspended", "/bring-in/", 3_000_001),
        ("owner", "/profile/card/", 3_000_001),
        ("owner", "/no/such/page/", 3_000_001),
        ("owner", "/profile/photo/", 25_000_001),
        ("owner", "/bring-in/", settings.UPLOAD_MAX_BYTES + 1_000_001),
        ("host", "/host/brand/", 10**30),
    ],
)
def test_a_huge_body_is_refused_unread(browsers: Browsers, role: str, address: str, size: int) -> None:
    browsers[role].raise_request_exception = True
    answer = send(browsers[role], address, size)
    assert answer.status_code == 413
    assert "larger than" in answer.content.decode() and "Nothing was kept" in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "address", "size"),
    [("owner", "/bring-in/", settings.UPLOAD_MAX_BYTES), ("owner", "/profile/photo/", 11_000_000)],
)
def test_a_file_within_its_limit_is_read(browsers: Browsers, role: str, address: str, size: int) -> None:
    browsers[role].raise_request_exception = True
    with pytest.raises(AssertionError, match="the body was read"):
        send(browsers[role], address, size)
