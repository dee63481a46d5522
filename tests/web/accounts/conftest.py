from typing import Any

import pytest


@pytest.fixture(autouse=True)
def letters(settings: Any) -> None:
    """Mail goes where it goes outside the tests: into the outbox."""
    settings.EMAIL_BACKEND = "kith.core.mail.OutboxBackend"
