"""Upgrade from the previous commit while its web, worker and readers run: no page fails, then a rollback."""

import io
import os
import socket
import subprocess
import sys
import tarfile
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from screener.benches.postgres import Postgres
from screener.supervisor.services import SERVER
from tests.servers.waiting import until

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("/", "/?q=score%3E50", "/assets/{slug}/", "/assets/{slug}/history/", "/checklist/", "/healthz")
PATIENCE_S = 600

pytestmark = pytest.mark.slow(
    *("assets/migrations", "assets/models", "screener/migrations", "screener/models", "screener/postgres"),
    *("screener/management", "screener/supervisor"),
)


def git(*arguments):
    return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=False)


@pytest.fixture(scope="module")
def previous(tmp_path_factory):
    """The previous commit in a folder of its own; on a branch, the commit of the main branch that it left."""
    base = git("merge-base", "HEAD", "main").stdout.decode().strip()
    head = git("rev-parse", "HEAD").stdout.decode().strip()
    archive = git("archive", base if base and base != head else "HEAD~1")
    if archive.returncode:
        pytest.skip("This is not a git checkout with a previous commit.")
    folder = tmp_path_factory.mktemp("previous")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(folder, filter="data")
    return folder


@pytest.fixture(params=["sqlite", "postgresql"])
def environment(request, tmp_path_factory):
    """What both versions share: the database, the broker, the state folder."""
    state = tmp_path_factory.mktemp("up")
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("ASSAY_", "DJANGO_"))}
    shared = clean | {
        "ASSAY_ENV_FILE": os.devnull,
        "ASSAY_DEBUG": "true",
        "ASSAY_STATE_DIR": str(state),
        "ASSAY_SANDBOX_ASSETS": "40",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    if request.param == "sqlite":
        yield shared
        return
    server = Postgres()
    yield shared | {"ASSAY_DATABASE_URL": server.url}
    server.stop()


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@contextmanager
def running(arguments, *, folder, environment, log):
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *arguments], cwd=folder, env=environment, stdout=output, stderr=output
        )
        try:
            yield process
        finally:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(30)
            process.kill()
            process.wait()


def answers(process, port):
    """Whether it is up; a process that has ended will never be."""
    assert process.poll() is None, "it has ended, see its log"
    return status_of(f"http://127.0.0.1:{port}/healthz") == 200


def status_of(address):
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310
            answer.read()
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError as error:
        return repr(error)


class Readers(threading.Thread):
    """Ask for every page in turn until they are stopped; `failed` is what did not come with 200."""

    def __init__(self, port, pages):
        super().__init__(daemon=True)
        self.addresses = [f"http://127.0.0.1:{port}{page}" for page in pages]
        self.read, self.failed, self.stopped = 0, [], threading.Event()

    def run(self):
        while not self.stopped.is_set():
            for address in self.addresses:
                status = status_of(address)
                self.read += 1
                if status != 200:
                    self.failed.append((address, status))
            time.sleep(0.05)

    def stop(self):
        self.stopped.set()
        self.join(60)


def manage(folder, environment, *arguments):
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_no_page_fails_while_the_next_version_takes_over_and_gives_way_again(
    previous, environment, tmp_path, capsys
):
    old_port, new_port = free_port(), free_port()
    up = ["manage.py", "up", "--port", str(old_port)]
    with running(up, folder=previous, environment=environment, log=tmp_path / "old.log") as before:
        ask = (
            "from assets.models import Asset as A; print(A.objects.count() >= 40 and A.objects.first().slug)"
        )

        def slug():
            with suppress(AssertionError):
                said = manage(previous, environment, "shell", "--no-imports", "-v", "0", "-c", ask).strip()
                return said if said != "False" else None

        until(lambda: answers(before, old_port), "The start")
        pages = [page.format(slug=until(slug, "The market")) for page in PAGES]
        old = Readers(old_port, pages)
        old.start()
        until(lambda: old.read > len(pages), "A round of reading")
        manage(ROOT, environment, "migrate", "--no-input")
        refresh = ("refresh", "--provider", "sandbox", "--family", "market", "--wait")
        manage(previous, environment, *refresh)  # By the old worker, into the new tables.
        web = ["-m", "granian", *SERVER, "--host", "127.0.0.1", "--port", str(new_port)]
        web += ["screener.asgi:application"]
        with running(web, folder=ROOT, environment=environment, log=tmp_path / "new.log") as after:
            until(lambda: answers(after, new_port), "The new start")
            new = Readers(new_port, pages)
            new.start()
            until(lambda: new.read > 3 * len(pages), "Three rounds of reading")
            manage(ROOT, environment, *refresh)
            manage(ROOT, environment, "prune")  # What it packs, the old version sees from here on.
            seen = new.read
            until(lambda: new.read > seen + len(pages), "A round of reading")
            new.stop()
        seen = old.read
        until(lambda: old.read > seen + len(pages), "A round of reading")  # Rolled back.
        old.stop()
    with capsys.disabled():
        failed = old.failed + new.failed
        sys.stdout.write(f"\nupgrade: {old.read + new.read} pages read, {len(failed)} failed\n")
    assert old.failed == []
    assert new.failed == []
