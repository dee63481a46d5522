"""The figures of an import: people and acts counted in the database, facts of the files from its report."""

from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from kith.contacts.models import (
    Deed,
    ImportRun,
    PastEndorsement,
    PastInvitation,
    PastRecommendation,
    Sighting,
    Thread,
)


def result(run: ImportRun) -> dict[str, Any]:
    """One JSON-ready object with the keys of the reader's facts, `people` and `seconds`."""
    if run.kind == ImportRun.Kind.KITH:
        return {"counts": (run.report or {})["counts"], "seconds": run.seconds}
    if run.kind == ImportRun.Kind.WORKBOOK:
        kept = (run.report or {})["figures"]
        return {"days": len(kept["days"]), "posts": len(kept["posts"]), "seconds": run.seconds}
    found: dict[str, Any] = {key: dict(value) for key, value in (run.report or {})["facts"].items()}
    for key, counted in _counted(run).items():
        if key in found:
            found[key].update({name: value for name, value in counted.items() if name in found[key]})
    return found | {"people": _people(run), "seconds": run.seconds}


def _counted(run: ImportRun) -> dict[str, dict[str, Any]]:
    return {
        "connections": _connections(run),
        "invitations": _invitations(run),
        "messages": _messages(run),
        "endorsements": _tell(
            _seen(run, PastEndorsement),
            received=Q(received=True),
            received_accepted=Q(received=True, status="ACCEPTED"),
            given=Q(received=False),
        ),
        "recommendations": _tell(
            _seen(run, PastRecommendation), received=Q(received=True), given=Q(received=False)
        ),
        "shares": _tell(
            _deeds(run, "share"), rows=Q(), without_text=Q(text=""), multiline=Q(text__contains="\n")
        ),
        "comments": _tell(_deeds(run, "comment"), rows=Q(), with_quote=Q(text__contains='"')),
        "reactions": _reactions(run),
        "follows": {
            "members": _deeds(run, "member_follow").count(),
            "companies": _deeds(run, "company_follow").count(),
            "hashtags": _deeds(run, "hashtag_follow").count(),
        },
    }


def _seen(run: ImportRun, model: Any) -> QuerySet[Any]:
    return model.objects.owned_by(run.owner).filter(seen_in__contains=[run.pk])


def _deeds(run: ImportRun, kind: str) -> QuerySet[Deed]:
    return _seen(run, Deed).filter(kind=kind)


def _tell(among: QuerySet[Any], /, **asked: Q) -> dict[str, int]:
    """How many rows answer each question."""
    return {name: among.filter(question).count() for name, question in asked.items()}


def _connections(run: ImportRun) -> dict[str, Any]:
    named = Sighting.objects.filter(run=run, connected_on__isnull=False)
    hidden = _deeds(run, "hidden_connection")
    span = named.aggregate(first=Min("connected_on"), last=Max("connected_on"))
    days = [day for day in span.values() if day]
    days += [moment.date() for moment in hidden.values_list("done_at", flat=True) if moment]
    return {
        "rows": named.count() + hidden.count(),
        "named": named.count(),
        "hidden_date_only_rows": hidden.count(),
        "with_email": named.exclude(email="").count(),
        "first_connected_on": min(days).isoformat() if days else None,
        "last_connected_on": max(days).isoformat() if days else None,
    }


def _invitations(run: ImportRun) -> dict[str, Any]:
    rows = _seen(run, PastInvitation)
    counted: dict[str, Any] = {"rows": rows.count()}
    for word, outgoing in (("outgoing", True), ("incoming", False)):
        side = rows.filter(outgoing=outgoing)
        counted[word] = side.count()
        counted |= _tell(side, **{f"{word}_accepted": Q(accepted=True), f"{word}_pending": Q(accepted=False)})
    counted["with_note"] = _tell(rows.exclude(note=""), outgoing=Q(outgoing=True), incoming=Q(outgoing=False))
    return counted


def _messages(run: ImportRun) -> dict[str, Any]:
    threads = _seen(run, Thread).annotate(
        mine=Count("messages", filter=Q(messages__outgoing=True)),
        theirs=Count("messages", filter=Q(messages__outgoing=False)),
    )
    return {
        "threads": threads.count(),
        "with_reply": threads.filter(mine__gt=0, theirs__gt=0).count(),
        "only_others_wrote": threads.filter(mine=0, theirs__gt=0).count(),
        "only_owner_wrote": threads.filter(mine__gt=0, theirs=0).count(),
        "group": threads.filter(is_group=True).count(),
        "sponsored": threads.filter(is_sponsored=True).count(),
    }


def _reactions(run: ImportRun) -> dict[str, Any]:
    rows = _deeds(run, "reaction")
    by_type = rows.values("detail__type").annotate(n=Count("id")).order_by("detail__type")
    return {"rows": rows.count(), "by_type": {row["detail__type"]: row["n"] for row in by_type}}


def _people(run: ImportRun) -> dict[str, dict[str, Any]]:
    """Everybody this run saw, by profile slug, else by a name nobody shares."""
    people: dict[int, dict[str, Any]] = {}
    keys: dict[int, str] = {}
    names: dict[str, int] = {}
    rows = Sighting.objects.filter(run=run).values_list("contact_id", "slug", "name", "connected_on")
    for contact, slug, name, connected_on in rows:
        people[contact] = {"name": name} | (
            {"connected_on": connected_on.isoformat()} if connected_on else {}
        )
        keys[contact] = slug or name
        names[name] = names.get(name, 0) + 1
    for contact, outgoing, accepted in _seen(run, PastInvitation).values_list(
        "contact_id", "outgoing", "accepted"
    ):
        if contact in people:
            people[contact] |= {"invitation": "outgoing" if outgoing else "incoming", "accepted": accepted}
    threads = _seen(run, Thread).filter(is_sponsored=False).values("people").annotate(n=Count("id"))
    for row in threads:
        if row["people"] in people:
            people[row["people"]]["threads"] = row["n"]
    endorsed = _seen(run, PastEndorsement).filter(received=True).values("contact_id").annotate(n=Count("id"))
    for row in endorsed:
        if row["contact_id"] in people:
            people[row["contact_id"]]["endorsed_owner"] = row["n"]
    return {
        key: people[contact]
        for contact, key in sorted(keys.items(), key=lambda item: item[1])
        if key and (key != people[contact]["name"] or names[key] == 1)
    }
