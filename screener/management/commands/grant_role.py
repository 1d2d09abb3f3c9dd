"""`manage.py grant_role`: the database role of web and workers, made or brought up to date by the owner."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from screener.services.operation.app_role import grant


class Command(BaseCommand):
    help = (
        "Give a role of PostgreSQL the rows of all tables and nothing else; run it as their owner, after "
        "migrate. Its password comes from the variable APP_DB_PASSWORD."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("role", nargs="?", default="assay_app")

    def handle(self, *, role: str, **_options: Any) -> None:
        if connection.vendor != "postgresql":
            raise CommandError("SQLite has no roles.")
        password = os.environ.get("APP_DB_PASSWORD", "")
        if not password:
            raise CommandError("Set APP_DB_PASSWORD to the password of the role.")
        grant(role, password)
        self.stdout.write(f"{role} reads and writes the rows of all tables, and changes no table.")
