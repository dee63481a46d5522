"""Whether all is well: for machines as JSON, for the host in words."""

import shutil
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from kith import __version__
from kith.core.delivery import mail_trouble
from kith.members.models import Member
from kith.network.adjacency import prove_some
from kith.ops import doctor
from kith.web.requests import Request
from kith.web.views.host.gate import host_only

OK, WRONG = "ok", "wrong"
NAMES = {"database": _("Database"), "worker": _("Worker"), "mail": _("Mail"), "disk": _("Disk")}


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """For whatever watches: 200 when all is well, 503 that names the part; nothing else about the house."""
    found = parts()
    well = WRONG not in found.values()
    response = JsonResponse({"status": OK if well else WRONG, **found}, status=200 if well else 503)
    response["Cache-Control"] = "no-store"
    return response


@host_only
@require_safe
def host_health(request: Request) -> HttpResponse:
    made_at = _last_backup()
    found = doctor.checks(settings.DATA_DIR, count_members=Member.objects.count, prove_graph=prove_some)
    context = {
        "checks": list(found),
        "version": __version__,
        "backup": made_at,
        "backup_is_old": made_at is None or (timezone.now() - made_at).days >= 7,
        "tables": _tables(),
    }
    return render(request, "host/health.html", context)


def parts() -> dict[str, str]:
    """Each part and whether it works; what hangs on the database is wrong without it."""
    found = {"database": OK, "worker": WRONG, "mail": WRONG, "disk": OK}
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT max(last_heartbeat) > now() - interval '1 minute' FROM procrastinate_workers"
            )
            found["worker"] = OK if cursor.fetchone()[0] else WRONG
        found["mail"] = WRONG if settings.MAIL_SERVER and mail_trouble() else OK
    except Exception:  # noqa: BLE001  # Whatever it is, the answer is that the database does not answer.
        found["database"] = WRONG
    if shutil.disk_usage(settings.DATA_DIR).free < doctor.FULL:
        found["disk"] = WRONG
    return found


def _last_backup() -> datetime | None:
    try:
        made_at = datetime.fromisoformat((settings.DATA_DIR / "last-backup").read_text().strip())
    except (OSError, ValueError):
        return None
    return made_at if made_at.tzinfo else None


def _tables() -> list[tuple[str, int, int]]:
    """The largest tables: name, rows (as the planner last counted), bytes with indexes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, greatest(reltuples, 0)::bigint, pg_total_relation_size(oid) FROM pg_class"
            " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
            " ORDER BY 3 DESC, 1 LIMIT 20"
        )
        return cursor.fetchall()
