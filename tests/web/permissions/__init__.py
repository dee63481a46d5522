"""The permission matrix: every route and every role that exists. A route without a row fails the build."""

from tests.web.permissions.accounts import ACCOUNTS
from tests.web.permissions.desk import DESK
from tests.web.permissions.host import HOST
from tests.web.permissions.leaving import LEAVING
from tests.web.permissions.network import NETWORK
from tests.web.permissions.notices import NOTICES
from tests.web.permissions.profiles import PROFILES
from tests.web.permissions.row import ROLES, Row

MATRIX: dict[str, Row] = {**ACCOUNTS, **DESK, **PROFILES, **NETWORK, **NOTICES, **LEAVING, **HOST}

__all__ = ["MATRIX", "ROLES", "Row"]
