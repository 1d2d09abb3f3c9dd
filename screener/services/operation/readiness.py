"""Readiness: disk, schema, clocks, broker memory, backups, kept columns, steps that nobody can judge.

Each look gives a status and one sentence, and asks only what it is named for; a look that can't be made
is a finding too.
"""

import json
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final, Literal, NamedTuple

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Max, Min
from django.utils import timezone

from assets.models import Observation, RefreshStep
from screener.schema import schema_difference
from screener.universe.file import UniverseFile, reason_of
from screener.universe.live import UNIVERSE

LITTLE_DISK: Final = 0.1
LITTLE_DISK_BYTES: Final = 2_000_000_000
NO_DISK_BYTES: Final = 100_000_000
"""Less than a tenth of a disk, and than 2 GB, is worth a look; SQLite and exports stop before it is full."""

MOST_MEMORY: Final = 0.85
"""The part of the broker's memory from which on somebody should look."""

CLOCKS_APART: Final = timedelta(seconds=30)
AHEAD: Final = timedelta(minutes=5)
"""What is dated further in the future was written while a clock was wrong."""

OLD_BACKUP: Final = timedelta(hours=36)
"""A nightly backup that was left out once."""

LATE_SCORING: Final = timedelta(minutes=15)
NOTE_OF_BACKUP: Final = "newest-backup.json"


class Health(NamedTuple):
    """`warning` is worth a look and does not make the service unready."""

    status: Literal["ok", "warning", "failing"]
    sentence: str


def disk() -> Health:
    """The disks of the state folder and of what is received, each by its free space."""
    free: dict[str, tuple[int, int]] = {}
    for folder in (settings.STATE_DIR, Path(tempfile.gettempdir())):
        try:
            usage = shutil.disk_usage(folder)
        except OSError as error:
            return Health("failing", f"The folder {folder} can't be looked at: {error.strerror}.")
        free[str(folder)] = (usage.free, usage.total)
    fullest, (left, total) = min(free.items(), key=lambda each: each[1][0])
    sentence = f"{left / 1e9:.1f} GB are free at {fullest}."
    if left < NO_DISK_BYTES:
        return Health("failing", f"The disk is full: {sentence}")
    if left < min(LITTLE_DISK_BYTES, LITTLE_DISK * total):
        return Health("warning", f"The disk is nearly full: {sentence}")
    return Health("ok", sentence)


def schema() -> Health:
    difference = schema_difference()
    if difference is None:
        return Health("failing", "Nothing is known of the schema while the database does not answer.")
    if difference.missing:
        return Health("failing", f"The database lacks {_named(difference.missing)}. Run manage.py migrate.")
    if difference.unknown:
        return Health(
            "warning",
            f"The database has {_named(difference.unknown)}, which this program does not know. "
            "Start the newer program.",
        )
    return Health("ok", "The database is of this version.")


def _named(migrations: tuple[str, ...]) -> str:
    more = len(migrations) - 1
    return migrations[0] + (f" and {more} more migrations" if more else "")


def clock() -> Health:
    """Whether the servers' clocks agree with ours, and whether anything is dated ahead of it."""
    for name, ask in (("database", _clock_of_database), ("broker", _clock_of_broker)):
        try:
            apart = ask()
        except (DatabaseError, redis.RedisError, OSError):
            continue  # That it does not answer, another look says.
        if abs(apart) > CLOCKS_APART:
            which = "ahead of" if apart > timedelta(0) else "behind"
            return Health("warning", f"The clock of the {name} is {in_units(abs(apart))} {which} ours.")
    try:
        newest = Observation.objects.aggregate(newest=Max("known_at"))["newest"]
    except DatabaseError:
        return Health("failing", "Nothing is known of the clock while the database does not answer.")
    if newest is not None and (ahead := newest - timezone.now()) > AHEAD:
        return Health(
            "warning",
            f"Facts are dated {in_units(ahead)} in the future: the clock is wrong, or was when they came.",
        )
    return Health("ok", "The clocks agree.")


def _clock_of_database() -> timedelta:
    if connection.vendor != "postgresql":
        return timedelta(0)  # A file has no clock.
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0] - timezone.now()


def _clock_of_broker() -> timedelta:
    with redis.Redis.from_url(settings.BROKER_URL, socket_connect_timeout=2, socket_timeout=2) as asked:
        seconds, microseconds = asked.time()
    return datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=microseconds) - timezone.now()


def in_units(span: timedelta) -> str:
    """In the largest unit of which it has two: "36 h", "3 d"."""
    seconds = span.total_seconds()
    size, unit = next(
        (each for each in ((86_400, "d"), (3_600, "h"), (60, "min")) if seconds >= 2 * each[0]), (1, "s")
    )
    return f"{seconds / size:.0f} {unit}"


def memory() -> Health:
    """The broker's memory; one that takes nothing new answers all the same."""
    try:
        with redis.Redis.from_url(settings.BROKER_URL, socket_connect_timeout=2, socket_timeout=2) as asked:
            told = asked.info("memory")
            asked.set("assay:probe", 1, px=1_000)
    except redis.ResponseError as error:
        return Health("failing", f"The broker takes nothing new: {error}.")
    except (redis.RedisError, OSError):
        return Health("failing", "Nothing is known of the broker's memory while it does not answer.")
    used, most = int(told["used_memory"]), int(told.get("maxmemory", 0))
    if not most:
        return Health("ok", f"The broker uses {used / 1e6:.0f} MB and has no limit.")
    sentence = f"The broker uses {used / 1e6:.0f} of {most / 1e6:.0f} MB."
    return Health("warning" if used > MOST_MEMORY * most else "ok", sentence)


def backup() -> Health:
    """The note that `manage.py backup` leaves beside its archives."""
    note = settings.BACKUP_DIR / NOTE_OF_BACKUP
    try:
        made_at = datetime.fromisoformat(json.loads(note.read_text())["made_at"])
        age = timezone.now() - made_at
    except FileNotFoundError:
        return Health("warning", "No backup has been made yet; run manage.py backup every night.")
    except (OSError, ValueError, LookupError, TypeError):
        return Health("warning", f"The note of the newest backup at {note} can't be read.")
    if age < -AHEAD:
        return Health("warning", f"The newest backup is dated {in_units(-age)} in the future.")
    sentence = f"The newest backup is {in_units(max(age, timedelta(0)))} old."
    return Health("ok" if age <= OLD_BACKUP else "warning", sentence)


def columns() -> Health:
    """Whether this process can read every scorecard, and keep the columns for the next start.

    One that has not read any yet has not tried to keep them either: the folder is tried for itself.
    """
    if UNIVERSE.unreadable:
        some = ", ".join(map(str, sorted(UNIVERSE.unreadable)[:5]))
        return Health(
            "warning",
            f"Scorecards that can't be read: {len(UNIVERSE.unreadable)}, of the assets {some} …; no list has "
            "them. Refresh them, or restore the newest backup.",
        )
    file = UniverseFile.of(connection.settings_dict, folder=settings.UNIVERSE_DIR)
    if file is None:
        return Health("ok", "The columns are not kept.")
    if reason := UNIVERSE.unkept or _refusal(file):
        return Health("warning", f"The columns can't be kept at {settings.UNIVERSE_DIR}: {reason}.")
    return Health("ok", "The columns are kept.")


def _refusal(file: UniverseFile) -> str:
    try:
        file.try_folder()
    except OSError as error:
        return reason_of(error)
    return ""


def steps() -> Health:
    """Facts that are stored and that no scoring has taken for long."""
    waiting = RefreshStep.objects.filter(unscored=True)
    try:
        oldest = waiting.aggregate(oldest=Min("observation__known_at"))["oldest"]
        late = oldest is not None and timezone.now() - oldest > LATE_SCORING
        count = waiting.count() if late else 0
    except DatabaseError:
        return Health("failing", "Nothing is known of the steps while the database does not answer.")
    if late:
        age = in_units(timezone.now() - oldest)
        return Health("warning", f"Steps whose facts wait to be judged: {count}, the oldest for {age}.")
    return Health("ok", "No step waits long to be judged.")


LOOKS: Final[dict[str, Callable[[], Health]]] = {
    "schema": schema,
    "disk": disk,
    "clock": clock,
    "memory": memory,
    "columns": columns,
    "backup": backup,
    "steps": steps,
}
