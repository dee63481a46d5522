"""The command `kith`: every act a host does at a terminal."""

import argparse
import json
import os
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from kith import __version__
from kith.ops import ports, supervisor
from kith.ops.database import at_hand
from kith.ops.folders import data_folder, give, give_tree
from kith.ops.problems import Problem

SAID_EVERY = 3  # seconds between lines about what takes long


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 refused with one sentence, 2 not understood."""
    options = _parser().parse_args(arguments)
    try:
        status: int | None = options.act(options)
        sys.stdout.flush()
    except Problem as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # The reader, such as `head`, has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status or 0


def up(options: argparse.Namespace) -> int:
    return supervisor.up()


def part(options: argparse.Namespace) -> int:
    return supervisor.run_part(options.command)


def run(options: argparse.Namespace) -> None:
    """What the supervisor starts as a child."""
    acts: dict[str, Callable[[], None]] = {"prepare": _prepare, "worker": _work}
    _set_up_django()
    acts[options.part]()


def migrate(options: argparse.Namespace) -> None:
    with _kith():
        from kith.ops import prepare

        prepare.migrate()
        _keep_the_erased_away()
        prepare.collect_static(data_folder())


def demo(options: argparse.Namespace) -> None:
    with _kith(migrated=True):
        from kith.demo import actions

        if options.remove:
            print(f"Removed {actions.remove()} members.")
        elif not actions.build():
            raise Problem("The demo is made only in an empty house that no other machine can reach.")


def doctor(options: argparse.Namespace) -> int:
    from kith.ops import doctor

    with _kith():
        from kith.network.adjacency import prove_some

        found = doctor.checks(data_folder(), count_members=_count_members, prove_graph=prove_some)
        return doctor.report(found)


def member_add(options: argparse.Namespace) -> None:
    with _kith(migrated=True):
        from kith.members import actions, links

        try:
            member = actions.join(email=options.email, name=options.name)
        except actions.CannotJoin as refusal:
            raise Problem(refusal) from None
        print(f"{_origin()}{links.one_time_link(member)}")


def link(options: argparse.Namespace) -> None:
    with _kith(migrated=True):
        from kith.core.refusal import Refused
        from kith.members import hosting, links

        member = _member(options.email)
        if options.no_second_step:
            try:
                hosting.drop_second_step(member, None)
            except Refused as refusal:
                raise Problem(refusal) from None
        print(f"{_origin()}{links.one_time_link(member)}")


def import_archive(options: argparse.Namespace) -> None:
    if not options.zip.exists():
        raise Problem(f"There is no file {options.zip}.")
    with _kith(migrated=True):
        from kith.archive import actions
        from kith.archive.reading import Refused

        member = _member(options.member)
        try:
            outcome = actions.import_now(member, options.zip.absolute())
        except Refused as refusal:
            raise Problem(refusal) from None
        if options.json:
            print(json.dumps(outcome, ensure_ascii=False, indent=1, default=str))
        else:
            print(f"Imported in {outcome['seconds']} seconds: the report is at {_origin()}/report/.")


def export(options: argparse.Namespace) -> None:
    file: Path = options.file.absolute()
    if file.exists():
        raise Problem(f"There is a file {file} already.")
    with _kith(migrated=True):
        from kith.archive.export import actions, zip

        member = _member(options.email)
        try:
            counts = zip.write_zip(member, file, actions.house_name(), lambda step, share: None)
        except OSError as error:
            raise Problem(f"The export cannot be written to {file}: {error.strerror}.") from None
    file.chmod(0o600)
    print(f"{file}: {sum(counts.values())} rows.")


def erase(options: argparse.Namespace) -> None:
    with _kith(migrated=True):
        from kith.archive import erasure
        from kith.core.refusal import Refused

        member = _member(options.email)
        if not options.yes:
            raise Problem("Everything of theirs goes for good: add --yes if that is meant.")
        try:
            erasure.begin(member)
        except Refused as refusal:
            raise Problem(refusal) from None
        erasure.erase(member)
        print("Erased.")


def backup(options: argparse.Namespace) -> None:
    from kith.ops import backup

    with at_hand(data_folder()) as url:
        manifest = backup.write(options.file.absolute(), url, data_folder(), __version__)
    _note_backup(manifest["made_at"])
    print(f"{options.file}: {sum(manifest['tables'].values())} rows, {len(manifest['members'])} files.")


def _note_backup(made_at: str) -> None:
    """For the host's page of health; a backup is whole without the note."""
    note = data_folder() / "last-backup"
    with suppress(OSError):
        note.write_text(made_at)
        give(note)


def restore(options: argparse.Namespace) -> None:
    from kith.ops import backup, lock

    with lock.hold(data_folder()), at_hand(data_folder()) as url:
        manifest = backup.restore(options.file.absolute(), url, data_folder(), overwrite=options.yes)
        with _kith(migrated=True):
            pass  # who was erased since the backup is erased again before anybody opens the site
    give_tree(data_folder() / "media")
    print(f"Restored {sum(manifest['tables'].values())} rows as of {manifest['made_at']}.")


def move_database(options: argparse.Namespace) -> None:
    from kith.ops import lock, move

    with lock.hold(data_folder()), at_hand(data_folder()) as url:
        rows = move.database(url, options.url)
    print(
        f"Moved {rows} rows, and counted them there. Set DATABASE_URL to that address and start Kith again; "
        f"the old database stays in {data_folder() / 'pg'} until you delete it."
    )


def rebuild_graph(options: argparse.Namespace) -> int:
    with _kith(migrated=True):
        from kith.network import adjacency

        if not options.check:
            members = adjacency.rebuild(_say_progress())
            print(f"Wrote the bitmaps of {members:,} members anew from the connections.")
            return 0
        proof = adjacency.prove(_say_progress())
        compared = f"Compared {proof.members:,} members with {proof.connections:,} connections"
        if proof.holds:
            print(f"{compared}: every bitmap is what the rows say.")
            return 0
        print(f"{compared}: {_differ(proof.wrong, proof.unseen)} Run: kith rebuild-graph")
        return 1


def shell(options: argparse.Namespace) -> None:
    with _kith():
        from django.core.management import call_command

        call_command("shell")


def _prepare() -> None:
    """Tables, static files, the demo on a fresh loopback house, and the link for its first host."""
    from kith.demo import actions
    from kith.members.actions import first_host_link
    from kith.ops import prepare

    prepare.migrate()
    _keep_the_erased_away()
    prepare.collect_static(data_folder())
    problem = None
    try:
        actions.build()  # Before the host's account, which would make the house no longer a fresh one.
    except Exception as error:  # noqa: BLE001  # A house without its demo is still a house.
        traceback.print_exc()
        problem = str(error) or type(error).__name__
    print(json.dumps({"host_link": first_host_link(), "demo_problem": problem}))


def _work() -> None:
    from django.core.management import call_command

    call_command("procrastinate", "worker", concurrency=2, shutdown_graceful_timeout=0.4)


@contextmanager
def _kith(*, migrated: bool = False) -> Iterator[None]:
    """Django, set up on a database that answers (with its tables, if `migrated`)."""
    data = data_folder()
    with at_hand(data) as url:
        os.environ["DATABASE_URL"] = url
        _set_up_django()
        if migrated:
            from kith.ops import prepare

            prepare.migrate()
            _keep_the_erased_away()
        try:
            yield
        finally:
            from django.db import connections

            for connection in connections.all(initialized_only=True):
                connection.close()
                connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's has it
            # Started by root, a command must not leave files that web and worker cannot change.
            give_tree(data / "media")


def _keep_the_erased_away() -> None:
    """Whoever is on the list of the erased and here again, as after an older backup, goes again (b37)."""
    from kith.archive import erasure

    erasure.replay()


def _set_up_django() -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "kith.settings"
    django.setup()


def _member(email: str) -> Any:
    from kith.members.models import Member

    member = Member.objects.with_address(email).first()
    if member is None:
        raise Problem(f"No member has the address {email}.")
    return member


def _count_members() -> int:
    from kith.members.models import Member

    return Member.objects.count()


def _differ(wrong: list[int], unseen: list[int]) -> str:
    """“2 bitmaps differ (3, 7).”, with ten at most by the number of their member."""
    kinds = ((wrong, "bitmap differs", "bitmaps differ"), (unseen, "choice differs", "choices differ"))
    said = []
    for members, one, many in kinds:
        if members:
            named = ", ".join(map(str, members[:10])) + (" and others" if len(members) > 10 else "")
            who = "member" if len(members) == 1 else "members"
            said.append(f"{len(members):,} {one if len(members) == 1 else many} ({who} {named}).")
    return " ".join(said)


def _say_progress() -> Callable[[int, int], None]:
    """A line on stderr every few seconds, for whoever waits."""
    last = time.monotonic()

    def say(done: int, of: int) -> None:
        nonlocal last
        if time.monotonic() - last > SAID_EVERY:
            last = time.monotonic()
            print(f"{done:,} of {of:,}", file=sys.stderr, flush=True)

    return say


def _origin() -> str:
    return ports.origin(data_folder())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="kith", description="Run a Kith: a professional network of your own."
    )
    parser.add_argument("--version", action="version", version=f"Kith {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(
        name: str, act: Callable[[argparse.Namespace], int | None], help: str
    ) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help, description=help)
        added.set_defaults(act=act)
        return added

    command("up", up, "run everything: database, web, worker")
    command("web", part, "run the web server alone")
    command("worker", part, "run the worker alone")
    command("migrate", migrate, "bring tables and static files up to date")
    command("demo", demo, "make the demo community").add_argument(
        "--remove", action="store_true", help="delete everybody the demo made"
    )
    command("doctor", doctor, "say what is wrong, and the mend")

    members = commands.add_parser("member", help="add members").add_subparsers(dest="act_on", required=True)
    adding = members.add_parser("add", help="make an account and print its one-time link")
    adding.add_argument("email")
    adding.add_argument("--name", required=True)
    adding.set_defaults(act=member_add)

    linking = command("link", link, "print a one-time link for signing in")
    linking.add_argument("email")
    linking.add_argument(
        "--no-second-step", action="store_true", help="remove the second step too, for who lost app and codes"
    )

    importing = command("import-archive", import_archive, "bring in a LinkedIn archive")
    importing.add_argument("zip", type=Path)
    importing.add_argument("--member", required=True, metavar="EMAIL")
    importing.add_argument("--json", action="store_true", help="print what came in as one JSON object")

    exporting = command("export", export, "write everything of a member to one file")
    exporting.add_argument("email")
    exporting.add_argument("file", type=Path)
    erasing = command("erase", erase, "erase a member and everything of theirs")
    erasing.add_argument("email")
    erasing.add_argument("--yes", action="store_true", help="do it")

    command("backup", backup, "write database, media and secrets to one file").add_argument("file", type=Path)
    restoring = command("restore", restore, "bring a backup back")
    restoring.add_argument("file", type=Path)
    restoring.add_argument("--yes", action="store_true", help="overwrite what is there")

    command(
        "rebuild-graph", rebuild_graph, "write the bitmaps of the network anew from the connections"
    ).add_argument("--check", action="store_true", help="write nothing, prove both equal")
    command("move-database", move_database, "copy the embedded database to a server").add_argument("url")
    command("shell", shell, "open a Python shell")

    # Not listed: what the supervisor starts as children.
    hidden = commands.add_parser("run")
    hidden.add_argument("part", choices=["prepare", "worker"])
    hidden.set_defaults(act=run)
    return parser
