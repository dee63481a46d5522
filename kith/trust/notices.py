"""What reports tell: hosts that one waits, reporters what became of theirs; never whom it is about."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.members.models import Member
from kith.notifications.actions import notify
from kith.notifications.kinds import Fold, Kind, Route, Told
from kith.notifications.wording import people
from kith.trust.models import Report


def _reported(told: Told) -> str:
    return _("%(people)s reported somebody.") % {"people": people(told)}


def _decided(told: Told) -> str:
    return _("The hosts have decided about what you reported.")


def _queue(told: Told) -> Route:
    return "host_reports", {}


def _mine(told: Told) -> Route:
    return "reports", {}


REPORTED = Kind(
    "reported",
    gettext_lazy("Reports"),
    gettext_lazy("You are a host, and somebody tells what they met here."),
    sentence=_reported,
    address=_queue,
    fold=Fold.BY_KIND,
    hosts_only=True,
)
DECIDED = Kind(
    "report_decided",
    gettext_lazy("What became of your reports"),
    gettext_lazy("You reported something, and a host decided."),
    sentence=_decided,
    address=_mine,
)


def tell_hosts(report: Report) -> None:
    hosts = Member.objects.let_in().hosts().exclude(pk=report.about_id)
    notify(REPORTED, list(hosts), event=f"reported:{report.pk}", actor=report.reporter, subject=report)


def tell_decided(report: Report) -> None:
    notify(DECIDED, [report.reporter], event=f"report_decided:{report.pk}", subject=report)
