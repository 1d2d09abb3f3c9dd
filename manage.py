#!/usr/bin/env python
"""Assay's command line: `manage.py help` lists the commands."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "screener.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as missing:
        raise SystemExit(
            f"Assay's requirements are not installed ({missing}). Run `make install`, "
            "then start with `.venv/bin/python manage.py` or `make run`."
        ) from missing
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
