import os
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict


@pytest.fixture
def new_database() -> Iterator[Callable[[str], str]]:
    """Makes empty databases on the session's server; hands out their URLs and drops them afterwards."""
    server = {key: str(value) for key, value in conninfo_to_dict(os.environ["DATABASE_URL"]).items()}
    made: list[str] = []

    def administrate(statement: str, name: str) -> None:
        with psycopg.connect(**{**server, "dbname": "postgres"}, autocommit=True) as connection:  # type: ignore[arg-type]
            connection.execute(sql.SQL(statement).format(sql.Identifier(name)))

    def make(name: str) -> str:
        unique = f"{name}_{os.getpid()}"
        administrate("CREATE DATABASE {} TEMPLATE template0", unique)
        made.append(unique)
        rest = "&".join(f"{key}={quote(value, safe='')}" for key, value in server.items() if key != "dbname")
        return f"postgresql:///{unique}?{rest}"

    yield make
    for name in made:
        administrate("DROP DATABASE {} WITH (FORCE)", name)


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A data folder with secrets and media, among them names and bytes that invite mistakes."""
    data = tmp_path / "house"
    (data / "media/photos/é").mkdir(parents=True)
    (data / "secrets.json").write_text('{"secret_key": "k"}')
    (data / "media/photos/é/ü 1.webp").write_bytes(bytes(range(256)) * 999)
    (data / "media/empty.txt").touch()
    return data
