"""One throw-away PostgreSQL for a test session, shared by the workers of a parallel run."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from kith.ops.postgres import Server

# Without autovacuum: what it learns of tables while tests roll back misleads the planner by minutes.
FAST = {
    "autovacuum": "off",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
}


def provide() -> None:
    """Point DATABASE_URL and KITH_DATA at a fresh server and folder; TEST_DATABASE_URL names another server."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "kith.settings"
    os.environ["KITH_TESTING"] = "1"
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        # The controller has started the server, and its environment came along.
        _keep_apart(worker)
        return
    data = Path(tempfile.mkdtemp(prefix="kith-test-"))
    atexit.register(shutil.rmtree, data, ignore_errors=True)
    os.environ["KITH_DATA"] = str(_folder(data))
    if "TEST_DATABASE_URL" in os.environ:
        os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
        return
    server = Server(data, FAST)
    atexit.register(server.stop)
    os.environ["DATABASE_URL"] = server.start()


def _folder(data: Path) -> Path:
    (data / "static").mkdir(parents=True, exist_ok=True)
    return data


def _keep_apart(worker: str) -> None:
    """Files are each worker's own; the settings were read before, with the folder of the controller."""
    from django.conf import settings

    data = _folder(Path(os.environ["KITH_DATA"]) / worker)
    os.environ["KITH_DATA"] = str(data)
    media = Path(settings.MEDIA_ROOT).relative_to(settings.DATA_DIR)
    uploads = Path(settings.UPLOADS_DIR).relative_to(settings.DATA_DIR)
    settings.DATA_DIR, settings.MEDIA_ROOT, settings.UPLOADS_DIR = data, data / media, data / uploads
