"""Background work of imports: looked at, then written; started again from the stored upload after a kill."""

from procrastinate.contrib.django import app

from kith.archive.models import Export
from kith.contacts.models import ImportRun
from kith.members.models import Member

ONE_AT_A_TIME = "archive"  # the worker takes letters meanwhile, never a second import
ALIVE_SECONDS = 25.0  # a worker that showed no sign for this long is gone


def defer(step: str, run_id: int) -> None:
    """Queue a step of a run in the caller's transaction."""
    {"preview": preview_import, "import": carry_out_import, "take_back": take_back_import}[step].defer(
        run_id=run_id
    )


@app.task(queue="imports", name="archive.preview", lock=ONE_AT_A_TIME)
def preview_import(run_id: int) -> None:
    from kith.archive import actions

    if run := ImportRun.objects.filter(pk=run_id).first():
        actions.preview(run)


@app.task(queue="imports", name="archive.import", lock=ONE_AT_A_TIME)
def carry_out_import(run_id: int) -> None:
    from kith.archive import actions

    if run := ImportRun.objects.filter(pk=run_id).first():
        actions.carry_out(run)


@app.task(queue="imports", name="archive.take_back", lock=ONE_AT_A_TIME)
def take_back_import(run_id: int) -> None:
    from kith.archive import actions

    if run := ImportRun.objects.filter(pk=run_id).first():
        try:
            actions.take_back(run)
        except Exception:
            ImportRun.objects.filter(pk=run_id).update(
                take_back_asked_at=None
            )  # it still stands, and can be asked again
            raise


@app.periodic(cron="* * * * * */15")
@app.task(
    queue="imports",
    name="archive.take_up_stalled",
    queueing_lock="archive.take_up_stalled",
    pass_context=True,
)
async def take_up_stalled(context: object, timestamp: int) -> None:
    """Tasks whose worker died start again."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=ALIVE_SECONDS):
        await app.job_manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(queue="imports", name="archive.forget_unanswered", queueing_lock="archive.forget_unanswered")
def forget_unanswered(timestamp: int) -> None:
    """Once a night: uploads nobody agreed to within a week are deleted."""
    from kith.archive import actions

    actions.forget_unanswered()


@app.task(queue="imports", name="archive.export", lock=ONE_AT_A_TIME)
def make_export(export_id: int) -> None:
    from kith.archive.export import actions

    if export := Export.objects.select_related("owner").filter(pk=export_id).first():
        actions.make(export)


@app.task(queue="imports", name="archive.erase", retry=5, lock=ONE_AT_A_TIME)
def erase_member(member_id: int) -> None:
    """Whoever pressed "erase" is gone within seconds; a failure tries again, and again each night."""
    from kith.archive import erasure

    if member := Member.objects.filter(pk=member_id).first():
        erasure.erase(member)


@app.periodic(cron="27 3 * * *")
@app.task(queue="imports", name="archive.sweep", queueing_lock="archive.sweep")
def sweep(timestamp: int) -> None:
    """Once a night: files taken out a week ago, files nobody owns, and members whose erasure did not end."""
    from kith.archive import erasure, uploads
    from kith.archive.export import actions

    actions.sweep()
    uploads.sweep()
    erasure.replay()
    erasure.sweep_pictures()
