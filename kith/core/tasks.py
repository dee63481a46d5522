"""Background work of the core: letters go out; old ones, answered forms and old budgets are swept."""

from contextlib import suppress

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from kith.core import delivery, limits, once


def deliver_soon() -> None:
    """Wake the worker; one waiting round is enough for all letters."""
    with suppress(AlreadyEnqueued), transaction.atomic():
        deliver_letters.defer(timestamp=0)  # type: ignore[call-arg]


@app.periodic(cron="* * * * * */20")
@app.task(
    queue="letters",
    name="core.deliver_letters",
    queueing_lock="core.deliver_letters",
    lock="core.deliver_letters",  # a server that hangs holds one hand of the worker, not both
)
def deliver_letters(timestamp: int) -> None:
    from django.conf import settings

    if settings.MAIL_SERVER:
        delivery.deliver()


@app.periodic(cron="41 3 * * *")
@app.task(queue="letters", name="core.sweep_letters", queueing_lock="core.sweep_letters")
def sweep_letters(timestamp: int) -> None:
    delivery.sweep()


@app.periodic(cron="47 3 * * *")
@app.task(queue="letters", name="core.forget", queueing_lock="core.forget")
def forget(timestamp: int) -> None:
    """Once a night: forms answered yesterday, budgets that are over."""
    limits.sweep()
    once.sweep()
