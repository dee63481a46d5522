import contextlib
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
import pytest

from kith.ops import postgres
from kith.ops.problems import Problem
from tests.database import FAST


def test_the_socket_path_fits_however_long_the_data_folder_is() -> None:
    for length in range(1, 200, 7):
        folder = postgres.socket_folder(Path("/srv") / ("x" * length))
        assert len(str(folder / ".s.PGSQL.5432")) <= postgres.SOCKET_PATH_LIMIT


def test_a_server_in_a_long_folder_starts_keeps_its_data_and_ends() -> None:
    with TemporaryDirectory() as short:
        Path(short).chmod(0o755)
        data = Path(short) / ("x" * 120)
        for expected in (None, ("kept",)):
            server = postgres.Server(data, FAST)
            with psycopg.connect(server.start()) as connection:
                found = connection.execute("SELECT obj_description('public'::regnamespace)").fetchone()
                assert expected is None or found == expected
                connection.execute("COMMENT ON SCHEMA public IS 'kept'")
            assert postgres.answers(data)
            server.stop()
            assert not postgres.answers(data)
        postgres.socket_folder(data).rmdir()


def test_the_log_keeps_no_text_of_what_failed() -> None:
    with TemporaryDirectory() as data:
        server = postgres.Server(Path(data), FAST)
        with psycopg.connect(server.start(), autocommit=True) as connection:
            connection.execute("CREATE TABLE person (name text UNIQUE)")
            for _ in range(2):
                with contextlib.suppress(psycopg.errors.UniqueViolation):
                    connection.execute("INSERT INTO person VALUES ('Ada Lovelace')")
        server.stop()
        log = server.log.read_text()
    assert "duplicate key" in log
    assert "Ada" not in log


def test_a_folder_of_another_version_is_refused() -> None:
    with TemporaryDirectory() as data:
        (Path(data) / "pg").mkdir()
        (Path(data) / "pg/PG_VERSION").write_text("12\n")
        with pytest.raises(Problem, match="written by PostgreSQL 12"):
            postgres.Server(Path(data), FAST).start()


def test_a_machine_without_postgresql_is_told_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PG_BIN", "/nowhere")
    monkeypatch.setattr(postgres.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(postgres, "SYSTEM_PROGRAMS", tmp_path)
    with pytest.raises(Problem, match="set DATABASE_URL"):
        postgres.binaries()
    for version in ("9.6", "15", "18"):
        programs = tmp_path / version / "bin"
        programs.mkdir(parents=True)
        (programs / "postgres").touch()
    assert postgres.binaries() == tmp_path / "18" / "bin"
