#!/usr/bin/env python
"""Assay's command line: `manage.py help` lists the commands."""

import os
import sys
from pathlib import Path


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "screener.settings")
    try:
        from django.core.exceptions import ImproperlyConfigured
        from django.core.management import execute_from_command_line
        from environ import Env
    except ImportError as missing:
        raise SystemExit(
            f"Assay's requirements are not installed ({missing}). Run `make install`, "
            "then start with `.venv/bin/python manage.py` or `make run`."
        ) from missing
    # Where nothing is configured somebody tries Assay out. Only this command line assumes so:
    # the web server and the worker themselves refuse to start without a secret.
    Env.read_env(os.environ.get("ASSAY_ENV_FILE") or Path(__file__).with_name(".env"))
    if not os.environ.get("ASSAY_SECRET_KEY"):
        os.environ.setdefault("ASSAY_DEBUG", "true")
    if sys.argv[1:2] == ["up"]:  # Whoever starts everything reads what it says, not what each part does.
        os.environ.setdefault("ASSAY_LOG_LEVEL", "WARNING")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as mistake:
        raise SystemExit(str(mistake)) from mistake


if __name__ == "__main__":
    main()
