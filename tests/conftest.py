import atexit
import os
import random
import shutil
import tempfile

import pytest

from tests import database

# Before anything imports a model, so that fixtures may import them at the top of their files.
database.provide()

import django

django.setup()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--seed", type=int, default=None, help="repeat the random order of an earlier run")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    if config.option.basetemp is None:
        # A folder of this run's own: pytest's common one is closed again by every other run that starts.
        config.option.basetemp = tempfile.mkdtemp(prefix="kith-pytest-")
        atexit.register(shutil.rmtree, config.option.basetemp, ignore_errors=True)
    # By the environment, which the workers of a parallel run inherit: they must all shuffle alike.
    chosen = config.option.seed or os.environ.get("KITH_TEST_SEED") or random.randrange(10_000)
    config.option.seed = int(chosen)
    os.environ["KITH_TEST_SEED"] = str(chosen)


def pytest_report_header(config: pytest.Config) -> str:
    return f"random order: --seed {config.option.seed}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Shuffle files, and tests within their file, so that module fixtures are still made once."""
    shuffle = random.Random(config.option.seed)
    items.sort(key=lambda item: item.nodeid)  # workers of a parallel run must begin with one order
    files = sorted({str(item.path) for item in items})
    shuffle.shuffle(files)
    place = {name: position for position, name in enumerate(files)}
    shuffle.shuffle(items)
    items.sort(key=lambda item: place[str(item.path)])


from tests.cast import *  # the cast is at hand everywhere
