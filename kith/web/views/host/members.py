"""Members as their host sees them: account, the host's own fields, what holds them back; nothing of their desk."""

from datetime import datetime, time, timedelta

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from kith.core.refusal import Refused
from kith.members import hosting, joining, overview, restrictions
from kith.members.audit import VERBS, record
from kith.members.models import AuditEntry, HostField, JoinRequest, Member, Restriction
from kith.network import limits
from kith.network.actions.outside import connect_invited
from kith.network.actions.standing import grant
from kith.notifications import hosting as told
from kith.notifications.account import tell_account_changed
from kith.web.requests import Request
from kith.web.views.host.gate import host_only, page_of


@host_only
@require_safe
def host_members(request: Request) -> HttpResponse:
    """The list, found by words and state; that it was looked at is written down (b27)."""
    words, state = request.GET.get("q", "")[:200], request.GET.get("state", "")
    rows = overview.found(words, state)
    after = request.GET.get("after", "")
    page, more = page_of(rows, ("sort_name", "id"), after, "public_id")
    record(
        "members_listed", actor=request.user, shown=len(page), state=state if state in overview.STATES else ""
    )
    context = {
        "page": page,
        "more": more,
        "after": after,
        "words": words,
        "state": state,
        "states": overview.STATES,
        "counts": overview.counts(),
        "matches": rows.count() if words or state else None,
    }
    return render(request, "host/members.html", context)


@host_only
@require_safe
def host_member(request: Request, public_id: str) -> HttpResponse:
    member = _member(public_id)
    record("member_looked_at", actor=request.user, subject=member)
    return member_page(request, member)


@host_only
@require_POST
def host_member_link(request: Request, public_id: str) -> HttpResponse:
    """A one-time sign-in link, shown on this answer alone."""
    member = _member(public_id)
    try:
        with transaction.atomic():
            path = hosting.make_sign_in_link(member, request.user)
            tell_account_changed(member, "sign_in_link")
    except Refused as problem:
        return member_page(request, member, problem, "link")
    return member_page(request, member, link=request.build_absolute_uri(path))


@host_only
@require_POST
def host_member_second_step(request: Request, public_id: str) -> HttpResponse:
    """Somebody lost their app and the recovery codes: take the second step away, and tell them."""
    member = _member(public_id)
    try:
        with transaction.atomic():
            hosting.drop_second_step(member, request.user)
            tell_account_changed(member, "second_step_dropped")
    except Refused as problem:
        return member_page(request, member, problem, "second_step")
    messages.success(request, _("%(name)s signs in without a second step now.") % {"name": member.name})
    return redirect("host_member", member.public_id)


@host_only
@require_POST
def host_member_suspend(request: Request, public_id: str) -> HttpResponse:
    member = _member(public_id)
    try:
        restrictions.suspend(member, request.user, request.POST.get("reason", ""), _end_of_day(request))
    except Refused as problem:
        return member_page(request, member, problem, "suspend")
    messages.success(request, _("%(name)s is suspended and signed out everywhere.") % {"name": member.name})
    return redirect("host_member", member.public_id)


@host_only
@require_POST
def host_lift(request: Request, public_id: str) -> HttpResponse:
    restriction = get_object_or_404(Restriction.objects.select_related("member"), public_id=public_id)
    try:
        with transaction.atomic():
            restrictions.lift(restriction, request.user, request.POST.get("words", ""))
            told.tell_lifted(restriction)
    except Refused as problem:
        return member_page(request, restriction.member, problem, "lift")
    suspended = restriction.kind == Restriction.Kind.SUSPENDED
    said = _("Lifted: %(name)s can come in again.") if suspended else _("Lifted: %(name)s invites freely.")
    messages.success(request, said % {"name": restriction.member.name})
    return redirect("host_member", restriction.member.public_id)


@host_only
@require_POST
def host_appeal(request: Request, public_id: str) -> HttpResponse:
    """The answer to an appeal: it stands, or it is lifted."""
    restriction = get_object_or_404(Restriction.objects.select_related("member"), public_id=public_id)
    uphold = request.POST.get("answer") != "lift"
    try:
        with transaction.atomic():
            words = request.POST.get("words", "")
            restrictions.answer_appeal(restriction, request.user, words, uphold=uphold)
            if not uphold:
                told.tell_lifted(restriction)
    except Refused as problem:
        return member_page(request, restriction.member, problem, "appeal")
    messages.success(
        request, _("Answered. %(name)s reads it when they sign in.") % {"name": restriction.member.name}
    )
    return redirect("host_member", restriction.member.public_id)


@host_only
@require_POST
def host_grant(request: Request, public_id: str) -> HttpResponse:
    """More invitations than the lifetime cap, for one member (S-24)."""
    member = _member(public_id)
    try:
        said = request.POST.get("amount", "").strip()
        is_number = said.isascii() and said.isdigit() and len(said) < 10
        granted = grant(request.user, member, int(said) if is_number else 0)
    except Refused as problem:
        return member_page(request, member, problem, "grant")
    words = {"name": member.name, "count": f"{granted.amount:,}"}
    messages.success(request, _("%(name)s can send %(count)s more invitations.") % words)
    return redirect("host_member", member.public_id)


@host_only
@require_POST
def host_request(request: Request, public_id: str) -> HttpResponse:
    """The answer to somebody who asked to be let in."""
    asked = get_object_or_404(JoinRequest.objects.select_related("member"), public_id=public_id)
    words = request.POST.get("words", "")
    try:
        if request.POST.get("answer") == "decline":
            joining.decline(asked, request.user, words)
            said = _("Declined. %(name)s reads your words when they sign in.")
        else:
            with transaction.atomic():
                joining.let_in(asked, request.user, words)
                told.tell_let_in(asked)
                connect_invited(asked.member)
            said = _("%(name)s is let in.")
    except Refused as problem:
        return member_page(request, asked.member, problem, "request")
    messages.success(request, said % {"name": asked.member.name})
    return redirect(
        "host" if request.POST.get("from") == "front" else "host_member", *_to(request, asked.member)
    )


@host_only
@require_POST
def host_vouch(request: Request, public_id: str) -> HttpResponse:
    """Let in somebody whose address could not be confirmed."""
    member = _member(public_id)
    try:
        with transaction.atomic():
            joining.vouch_for(member, request.user)
            connect_invited(member)
    except Refused as problem:
        return member_page(request, member, problem, "vouch")
    messages.success(request, _("%(name)s is let in.") % {"name": member.name})
    return redirect("host_member", member.public_id)


@host_only
@require_POST
def host_role(request: Request, public_id: str) -> HttpResponse:
    """Make somebody a host, or take the role back."""
    member = _member(public_id)
    try:
        # The form says which: pressed twice, or by two hosts at once, it must not turn into its opposite.
        (hosting.make_host if request.POST.get("to") == "host" else hosting.unmake_host)(member, request.user)
    except Refused as problem:
        return member_page(request, member, problem, "role")
    gone = member.pk == request.user.pk and request.POST.get("to") != "host"
    return redirect("front") if gone else redirect("host_member", member.public_id)


@host_only
@require_POST
def host_fields(request: Request, public_id: str) -> HttpResponse:
    """The host's own fields of one member, typed by hand."""
    member = _member(public_id)
    keys = HostField.objects.values_list("key", flat=True)
    try:
        typed = {key: request.POST[f"field-{key}"] for key in keys if f"field-{key}" in request.POST}
        hosting.fill_host_fields(member, request.user, typed)
    except Refused as problem:
        return member_page(request, member, problem, "fields")
    messages.success(request, _("Kept."))
    return redirect("host_member", member.public_id)


def member_page(
    request: Request, member: Member, refusal: Refused | None = None, form: str = "", link: str = ""
) -> HttpResponse:
    """One member's page; after a refusal with what was typed, after making a link with the link."""
    values = dict(member.host_fields.values_list("field__key", "value"))
    typed = request.POST if refusal else {}
    fields = [
        (field, typed.get(f"field-{field.key}", values.get(field.key, "")))
        for field in HostField.objects.all()
    ]
    context = {
        "member": member,
        "fields": fields,
        "second_step": hosting.has_second_step(member),
        "standing": restrictions.standing(member),
        "restricted": restrictions.standing(member, Restriction.Kind.INVITATIONS),
        "ever_limit": limits.lifetime_cap(member),
        "ever_used": limits.used(member) if limits.EVER.value else 0,
        "past": member.restrictions.filter(kind=Restriction.Kind.SUSPENDED)
        .select_related("made_by")
        .order_by("-made_at"),
        "asked": JoinRequest.objects.filter(member=member).select_related("decided_by").first(),
        "log": _log(member),
        "refusal": refusal,
        "refused_form": form,
        "typed": typed,
        "link": link,
        "tomorrow": timezone.localdate() + timedelta(days=1),
    }
    response = render(request, "host/member.html", context, status=422 if refusal else 200)
    if link:
        response["Cache-Control"] = "no-store"
    return response


def _member(public_id: str) -> Member:
    return get_object_or_404(Member.objects.select_related("joined_by__made_by"), public_id=public_id)


def _log(member: Member) -> list[tuple[AuditEntry, str]]:
    """The newest lines about this account but for looks, with their words."""
    lines = AuditEntry.objects.filter(subject=member).exclude(verb="member_looked_at")[:20]
    return [(line, str(VERBS.get(line.verb, line.verb))) for line in lines]


def _to(request: Request, member: Member) -> list[str]:
    return [] if request.POST.get("from") == "front" else [member.public_id]


def _end_of_day(request: Request) -> datetime | None:
    """The end of the day chosen, or nothing for no end."""
    said = request.POST.get("until", "").strip()
    if not said:
        return None
    try:
        day = parse_date(said)
    except ValueError:
        day = None
    if day is None or day.year > 2200:
        raise Refused(_("Until: please choose a day, or leave it empty for no end."), "until")
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))
