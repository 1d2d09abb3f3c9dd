"""Loaded by pytest before Django: the environment that tests run in.

`ASSAY_TEST_DATABASE=postgres` runs them on a PostgreSQL of their own, which the first
process starts and the processes of pytest-xdist share, each with its own database.
Nothing of the developer's configuration gets in. `ASSAY_TEST_EXAMPLES=5000` tries so many examples
of every property instead of a hundred.
"""

import atexit
import gc
import os
import shutil
import tempfile

import pytest
from hypothesis import settings

# What is read in and collected stays until the end: looking for garbage in it took half of that time.
gc.disable()


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop() -> None:
    """From the first test on garbage is looked for, though seldom, and not among what was collected."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)
    gc.enable()


OURS = "ASSAY_TEST_"
is_first = "PYTEST_XDIST_WORKER" not in os.environ
inherited = os.environ.get("ASSAY_DATABASE_URL", "")

for name in [each for each in os.environ if each.startswith("ASSAY_") and not each.startswith(OURS)]:
    del os.environ[name]

state_dir = tempfile.mkdtemp(prefix="assay-test-")
atexit.register(shutil.rmtree, state_dir, ignore_errors=True)

os.environ["ASSAY_ENV_FILE"] = os.devnull
os.environ["ASSAY_DEBUG"] = "true"
os.environ["ASSAY_STATE_DIR"] = state_dir
os.environ["ASSAY_DATABASE_URL"] = "sqlite:///:memory:"
os.environ["ASSAY_TASK_REDELIVERY_S"] = "15"
os.environ["ASSAY_REFRESH"] = "none"
os.environ["ASSAY_KEEP_COLUMNS"] = "false"  # A test's database is emptied, and its ids come again.
# Playwright runs an event loop in the test's thread, and Django takes that for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

if os.environ.get("ASSAY_TEST_DATABASE") == "postgres":
    if is_first:
        from screener.benches.postgres import Postgres

        server = Postgres()
        atexit.register(server.stop)
        os.environ["ASSAY_DATABASE_URL"] = server.url
    else:
        os.environ["ASSAY_DATABASE_URL"] = inherited

# The same examples in every run, however slow the machine.
examples = int(os.environ.get("ASSAY_TEST_EXAMPLES", "100"))
settings.register_profile("assay", deadline=None, derandomize=True, max_examples=examples)
settings.load_profile("assay")
