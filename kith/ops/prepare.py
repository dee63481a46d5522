"""What must be done between starting the database and serving pages."""

import hashlib
from pathlib import Path

STAMP = "static.stamp"


def migrate() -> bool:
    """Bring the tables up to date; true when the database was empty before."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    was_empty = not executor.loader.applied_migrations
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)
    return was_empty


def collect_static(data: Path) -> bool:
    """Hash and compress the static files when one of them changed; true when that was so."""
    from django.core.management import call_command

    if static_is_current(data):
        return False
    call_command("collectstatic", interactive=False, verbosity=0)
    (data / STAMP).write_text(_fingerprint())
    return True


def static_is_current(data: Path) -> bool:
    """Whether the collected files are those of the program as it is now."""
    from django.conf import settings

    stamp = data / STAMP
    return Path(settings.STATIC_ROOT).exists() and stamp.exists() and stamp.read_text() == _fingerprint()


def _fingerprint() -> str:
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
