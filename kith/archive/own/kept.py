"""Ties of another house, kept for their owner to read: nobody is blocked, invited or notified by them here."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.utils.timezone import is_aware
from django.utils.translation import gettext as _

from kith.archive.export.ties import TIES
from kith.archive.models import KeptTie
from kith.archive.own.values import refuse
from kith.archive.reading.kith_export import KithExport, Line
from kith.archive.writing.keep import BATCH
from kith.members.models import Member

LONGEST = 200_000  # signs of one line


def take_in(owner: Member, export: KithExport) -> dict[str, dict[str, int]]:
    """Each line once; what came along from an earlier house stays what it was."""
    known = set(KeptTie.objects.owned_by(owner).values_list("kind", "fingerprint"))
    counts: dict[str, dict[str, int]] = {}
    for tie in TIES:
        fresh, left = [], 0
        for line in export.lines(tie.path):
            row = _kept(owner, export.host, tie.name, line)
            if (row.kind, row.fingerprint) in known:
                left += 1
                continue
            known.add((row.kind, row.fingerprint))
            fresh.append(row)
        KeptTie.objects.bulk_create(fresh, batch_size=BATCH)
        if fresh or left:
            counts[tie.path] = {"added": len(fresh), "left": left}
    return counts


def _kept(owner: Member, host: str, name: str, line: Line) -> KeptTie:
    kind, says, at = name, line.says, line.says.get("at")
    if name == "kept":  # it came along once already
        kind, host, says = str(says.get("kind"))[:40], str(says.get("host"))[:300], says.get("line") or {}
    if not isinstance(says, dict):
        refuse(line, "line", _("it is no object"))
    whole = json.dumps([host, says], sort_keys=True, ensure_ascii=False)
    if len(whole) > LONGEST:
        refuse(line, name, _("it is longer than %(most)s characters") % {"most": f"{LONGEST:,}"})
    fingerprint = hashlib.sha256(whole.encode()).hexdigest()
    return KeptTie(owner=owner, kind=kind, host=host, at=_moment(at), line=says, fingerprint=fingerprint)


def _moment(said: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(said)
    except (TypeError, ValueError):
        return None
    return moment if is_aware(moment) and 1000 <= moment.year <= 9000 else None
