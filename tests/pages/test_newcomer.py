"""The newcomer's way: from an empty state folder to a real market and a saved screen, in a browser."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.end_to_end.installation import RECORDED, ROOT, replay_server
from tests.servers.browser import PATIENCE_MS
from tests.servers.waiting import PATIENCE_S

pytestmark = [
    *RECORDED,
    pytest.mark.page,
    pytest.mark.slow(
        "screener/management/commands/up.py",
        "screener/services/operation",
        "screener/supervisor",
        "screener/views/screening/first_run.py",
        "templates/screening/screener/_first_run.html",
    ),
]
READY = re.compile(r"Assay is ready: (http://127\.0\.0\.1:\d+/)")
LOG_IN = re.compile(r"Log in as (\S+) with the password (\S+) ")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Started:
    """`manage.py up` on an empty folder; what it said, and when."""

    def __init__(self, state: Path, replay: str) -> None:
        kept = {
            name: value for name, value in os.environ.items() if not name.startswith(("ASSAY_", "DJANGO_"))
        }
        self.said: list[str] = []
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", "up"],
            cwd=ROOT,
            env=kept
            | {
                "PORT": str(free_port()),
                "PYTHONUNBUFFERED": "1",
                "ASSAY_ENV_FILE": os.devnull,
                "ASSAY_STATE_DIR": str(state),
                "ASSAY_SANDBOX_ASSETS": "40",
                "ASSAY_CONTACT": "ops@example.org",
                "ASSAY_COINGECKO_URL": f"{replay}/coingecko-2017/api/v3",
                "ASSAY_COINGECKO_RATE": "600/60",
                "ASSAY_GECKOTERMINAL_URL": f"{replay}/geckoterminal/api/v2",
                "ASSAY_GECKOTERMINAL_NETWORKS": "solana",
                "ASSAY_GECKOTERMINAL_RATE": "600/60",
                "ASSAY_DEFILLAMA_URL": f"{replay}/defillama",
                "ASSAY_SEC_WWW_URL": f"{replay}/sec-www",
                "ASSAY_SEC_FRAMES_URL": f"{replay}/sec-data",
                "ASSAY_NASDAQTRADER_URL": f"{replay}/nobody",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        self.said += iter(self.process.stdout.readline, "")

    def find(self, wanted: re.Pattern[str], *, within_s: float = 4 * PATIENCE_S) -> re.Match[str]:
        until = time.monotonic() + within_s
        while time.monotonic() < until and self.process.poll() is None:
            if found := wanted.search("".join(self.said)):
                return found
            time.sleep(0.1)
        raise AssertionError("".join(self.said))


def test_from_an_empty_folder_to_a_real_market_and_a_saved_screen(browser: Browser, tmp_path, capsys):
    began, times = time.monotonic(), {}

    def reached(place: str) -> None:
        times[place] = round(time.monotonic() - began, 1)

    with replay_server() as replay:
        started = Started(tmp_path / "state", replay)
        page = browser.new_context(locale="en-GB").new_page()
        page.set_default_timeout(4 * PATIENCE_MS)
        try:
            address = started.find(READY)[1]
            name, password = started.find(LOG_IN).groups()
            reached("address and password on the screen")
            page.goto(address)
            expect(page.locator("#first-run")).to_be_visible()
            reached("first page")
            expect(page.locator("#first-run-title")).to_have_text(
                "Everything below is invented", timeout=600_000
            )
            started.find(re.compile("The sandbox market is filled"))
            reached("sandbox filled; the page has renewed itself")
            expect(page.locator("tr[data-row] .badge.sandbox").first).to_be_visible()
            page.get_by_role("link", name="Log in to bring it in").click()
            page.get_by_role("textbox", name="Username").fill(name)
            page.get_by_role("textbox", name="Password").fill(password)
            page.locator("main form button[type=submit], main form button.primary").first.click()
            page.get_by_role("button", name="Bring in the real market").click()
            expect(page.locator("#first-run [role=status]")).to_contain_text("of 8")
            reached("ordered; its step is told")
            expect(page.locator("#first-run")).to_have_count(0, timeout=1_200_000)
            reached("real market in, the card is gone")
            expect(page.locator(".left-out")).to_contain_text("40 invented assets are left out.")
            expect(page.locator("tr[data-row] .badge.sandbox")).to_have_count(0)
            page.goto(f"{address}?q=kind:token market_cap<100m")
            assert page.locator("tr[data-row]").count() >= 50
            page.locator("#saved-summary").click()
            page.get_by_label("Name", exact=True).fill("Small tokens")
            page.get_by_role("button", name="Save the screen").click()
            expect(page.locator("#saved-summary")).to_contain_text("Small tokens")
            reached("screen saved")
            noise = [each for each in started.said if not each.startswith("assay ")]
        finally:
            started.process.send_signal(signal.SIGINT)
            started.process.wait(PATIENCE_S)
            page.context.close()
    with capsys.disabled():
        sys.stdout.write(
            "\n" + "\n".join(f"{seconds:7.1f} s  {place}" for place, seconds in times.items()) + "\n"
        )
    assert not noise, "it is quiet"
