"""An installation in a folder of its own, the commands of a person, and the recorded providers."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REPLAY = ROOT.parent / "shared" / "replay" / "replay.py"

RECORDED = [
    pytest.mark.shared,
    pytest.mark.broker,
    pytest.mark.skipif(not REPLAY.exists(), reason="the recorded provider data is not beside the checkout"),
]
"""Marks of tests that need the recordings."""

SCORING = (
    *("screener/checklist", "screener/services/evidence", "screener/services/scoring", "screener/models"),
    *("screener/migrations", "screener/management", "screener/apps.py", "screener/broker.py"),
    *("screener/celery.py", "screener/configuration.py", "screener/settings.py", "screener/tasks.py"),
)
"""What stands between facts and their scorecards, beside `assets`."""


class Installation:
    """A state folder of its own and the commands that a person would type."""

    def __init__(self, state_dir: Path, replay_url: str) -> None:
        self.replay_url = replay_url
        self.env = os.environ | {
            "ASSAY_DEBUG": "true",
            "ASSAY_STATE_DIR": str(state_dir),
            "ASSAY_DATABASE_URL": f"sqlite:///{state_dir / 'assay.sqlite3'}",
            "ASSAY_CONTACT": "ops@example.org",
            "ASSAY_GECKOTERMINAL_NETWORKS": "solana",
            "ASSAY_GECKOTERMINAL_URL": f"{replay_url}/geckoterminal/api/v2",
        }
        self.env.pop("ASSAY_BROKER_URL", None)

    def manage(self, *arguments, may_fail=False, **changes):
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.env | changes,
            capture_output=True,
            text=True,
            timeout=3_600,
            check=False,
        )
        assert may_fail or done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def ask(self, script):
        return json.loads(self.manage("shell", "--no-imports", "-v", "0", "-c", script).splitlines()[-1])

    def refresh_coingecko(self, market, **options):
        self.manage(
            *("refresh", "--provider", "coingecko", "--family", "market", "--wait"),
            ASSAY_COINGECKO_URL=f"{self.replay_url}/{market}/api/v3",
            **options,
        )


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def replay_server(*arguments: str, port: int | None = None) -> Iterator[str]:
    """The recorded providers on this port, or one of their own; gives their base address."""
    port = port or free_port()
    server = subprocess.Popen(
        [sys.executable, str(REPLAY), "--port", str(port), *arguments], stdout=subprocess.PIPE, text=True
    )
    assert server.stdout is not None
    try:
        assert "ready" in server.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()
        server.stdout.close()
