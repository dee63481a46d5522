"""Background work of the network: invitations end, addresses are forgotten, weeks close."""

from procrastinate.contrib.django import app


@app.periodic(cron="11 4 * * *")
@app.task(queue="letters", name="network.tend_invitations", queueing_lock="network.tend_invitations")
def tend_invitations(timestamp: int) -> None:
    """Once a night: what is over ends, reminders with consent, addresses after 90 days."""
    from kith.network.actions import invitations, outside

    invitations.expire_old()
    outside.remind()
    outside.forget_addresses()


@app.periodic(cron="17 0 * * 1")
@app.task(queue="letters", name="network.close_week", queueing_lock="network.close_week")
def close_week(timestamp: int) -> None:
    """Early on Monday: every sender's figures of the week."""
    from kith.network import figures

    figures.close_week()
