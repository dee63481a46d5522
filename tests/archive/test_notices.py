"""The owner of an import hears once that it is in, or failed, and nobody else does."""

import pytest

from kith.archive import actions, uploads
from kith.contacts.models import ImportRun
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.notifications.lines import page_of
from kith.notifications.models import Notification

pytestmark = pytest.mark.thorough

SAMPLE = uploads.SAMPLE


def sentences(member: Member) -> list[str]:
    return [line.sentence for line in page_of(Viewer(member)).lines]


def test_an_archive_that_is_in_is_told_to_its_owner(ada: Member, bo: Member) -> None:
    actions.import_now(ada, SAMPLE)
    run = ImportRun.objects.get()
    [line] = page_of(Viewer(ada)).lines
    assert line.sentence == "Your archive is in. See what it brought."
    assert line.route == ("import_run", {"public_id": run.public_id})
    assert sentences(bo) == []
    actions.take_back(run)
    assert len(sentences(ada)) == 1, "once shown it stays"


@pytest.mark.parametrize("stage", ["preview", "import"])
def test_an_archive_that_cannot_be_read_is_told_too(ada: Member, stage: str) -> None:
    run = actions.receive_sample(ada)
    if stage == "import":
        actions.preview(run)
        actions.start(run, {})
        run.refresh_from_db()
    uploads.path_of(run).write_bytes(b"PK\x03\x04 broken")
    (actions.preview if stage == "preview" else actions.carry_out)(run)
    assert sentences(ada) == ["Your archive could not be brought in; the page says why."]
    assert Notification.objects.count() == 1
