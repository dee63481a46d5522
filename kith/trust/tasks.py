"""Background work of trust: what is usual in this house."""

from procrastinate.contrib.django import app


@app.periodic(cron="29 4 * * *")
@app.task(queue="letters", name="trust.measure", queueing_lock="trust.measure")
def measure(timestamp: int) -> None:
    """Once a night."""
    from kith.trust import usual

    usual.measure()
