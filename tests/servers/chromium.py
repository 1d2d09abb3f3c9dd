"""Finds the browser that page tests run in, or installs one: `python -m tests.servers.chromium`."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PLACES: Final = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
INSTRUCTION: Final = (
    "There is no Chromium or Chrome for the page tests. Run `.venv/bin/python -m tests.servers.chromium` "
    "to install one, or install it by hand (Debian: apt-get install chromium), "
    "or set ASSAY_TEST_BROWSER to the path of one."
)


def find() -> str | None:
    """The path of an installed browser; what ASSAY_TEST_BROWSER names comes first."""
    named = os.environ.get("ASSAY_TEST_BROWSER")
    if named:
        return named
    found = (shutil.which(name) for name in NAMES)
    installed = next((path for path in found if path), None)
    return installed or next((path for path in PLACES if Path(path).exists()), None) or playwrights_own()


def playwrights_own() -> str | None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def install() -> None:
    """By the system's own package manager where that is possible, else Playwright's download."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
            if subprocess.run(["apt-get", "--quiet", *command], env=quiet, check=False).returncode:
                break
    if find() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)


def main() -> None:
    if find() is None:
        install()
    path = find()
    if path is None:
        raise SystemExit(INSTRUCTION)
    sys.stdout.write(f"Page tests run in {path}\n")


if __name__ == "__main__":
    main()
