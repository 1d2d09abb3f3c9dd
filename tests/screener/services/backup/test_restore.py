"""Rehearsal of backup and restore, on whichever database the tests run on."""

import shutil
import sys
import zipfile
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from assets.models import Asset, Observation
from assets.sandbox.archetypes import ROTATION
from screener.models import Note, Scorecard
from screener.services.backup import back_up as service
from screener.services.backup import restore as restoring
from screener.services.backup.archive import BackupError
from screener.services.backup.back_up import back_up, newest_backup_at
from screener.services.backup.restore import check_archive, restore
from screener.services.scoring.replay_scorecards import replay_scorecards
from tests.factories.market import NOW, observe_market, score, score_one

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "tab\tline\nback\\slash \u2028 ümläut"
EVERY_ARCHETYPE = range(len(ROTATION))


def everything():
    """Every card and observation, word for word."""
    return [
        list(model.objects.order_by("pk").values_list()) for model in (Scorecard, Observation, Asset, Note)
    ]


def made(folder, **more):
    return back_up(connection, folder=folder, now=NOW, **more)


def restored(path, folder, *, replace=True):
    return restore(connection, path, folder=folder, replace=replace, now=NOW + timedelta(days=1))


@pytest.mark.parametrize(
    "market",
    [
        EVERY_ARCHETYPE[::6],
        pytest.param(range(60), marks=pytest.mark.slow("screener/services/backup", "assets/models")),
        pytest.param(range(1_000), marks=pytest.mark.nightly),
    ],
    ids=["every sixth archetype", "sixty assets", "a thousand assets"],
)
def test_after_a_restore_every_card_replays_to_the_same(market, tmp_path, capsys):
    observe_market(market)
    score()
    person = User.objects.create_user("keeper", password="long enough for all")
    Note.objects.create(owner=person, asset=Asset.objects.first(), body=TEXT, created_at=NOW, edited_at=NOW)
    before = everything()
    backup = made(tmp_path)
    with capsys.disabled():
        sys.stdout.write(f"\n{backup.rows:,} rows, {backup.bytes:,} bytes, {backup.seconds:.1f} s; ")
    Scorecard.objects.all().delete()
    Note.objects.all().delete()
    User.objects.create_user("later")
    done = restored(backup.path, tmp_path)
    assert everything() == before
    replays = list(replay_scorecards(Scorecard.objects.order_by("pk")))
    assert len(replays) == len(market)
    assert all(replay.is_same for replay in replays)
    assert list(User.objects.values_list("username", flat=True)) == ["keeper"]
    with capsys.disabled():
        sys.stdout.write(f"restored in {done.seconds:.1f} s; {len(replays)} scorecards replay to the same\n")


def test_after_a_restore_new_rows_get_new_numbers(tmp_path):
    score_one()
    newest = Observation.objects.latest("pk").pk
    backup = made(tmp_path)
    restored(backup.path, tmp_path)
    observe_market([1], at=NOW + timedelta(days=1))
    assert Observation.objects.filter(pk__gt=newest).exists()


def test_sessions_do_not_come_back(tmp_path, client):
    client.force_login(User.objects.create_user("keeper"))
    assert Session.objects.exists()
    backup = made(tmp_path)
    restored(backup.path, tmp_path)
    assert not Session.objects.exists()


def test_a_filled_database_is_replaced_on_demand_only_and_kept(tmp_path):
    score_one()
    backup = made(tmp_path)
    note = newest_backup_at(tmp_path)
    Scorecard.objects.update(total_low=-1.0)
    with pytest.raises(BackupError, match="--replace"):
        restored(backup.path, tmp_path, replace=False)
    assert Scorecard.objects.get().total_low == -1.0
    done = restored(backup.path, tmp_path)
    assert Scorecard.objects.get().total_low != -1.0
    assert done.before.path.name == "before-restore-20260103T123000Z.zip"
    restored(done.before.path, tmp_path / "again")
    assert Scorecard.objects.get().total_low == -1.0
    assert note == NOW


def test_an_empty_database_needs_no_word(tmp_path):
    card = score_one()
    backup = made(tmp_path)
    Asset.objects.all().delete()
    Observation.objects.all().delete()
    assert restored(backup.path, tmp_path, replace=False).before is None
    assert Scorecard.objects.get() == card


def test_a_damaged_archive_changes_nothing(tmp_path):
    score_one()
    backup = made(tmp_path)
    damaged = tmp_path / "damaged.zip"
    with zipfile.ZipFile(backup.path) as packed, zipfile.ZipFile(damaged, "w") as other:
        for name in packed.namelist():
            body = packed.read(name)
            other.writestr(name, body if name == "manifest.json" else body[:-1] + b"!")
    before = everything()
    with pytest.raises(BackupError, match="damaged"):
        restored(damaged, tmp_path)
    with pytest.raises(BackupError, match="damaged"):
        check_archive(damaged)
    assert everything() == before


def test_a_restore_that_breaks_off_changes_nothing(tmp_path, monkeypatch):
    score_one()
    backup = made(tmp_path)
    Scorecard.objects.update(total_low=-1.0)
    place = "sqlite_copy.check" if connection.vendor == "sqlite" else "postgres_copy._restart_sequences"

    def broken(*_args):
        raise BackupError("broken off")

    keep_old = restoring._keep_old

    def then_break(*args, **kwargs):
        kept = keep_old(*args, **kwargs)
        monkeypatch.setattr(f"screener.services.backup.{place}", broken)
        return kept

    monkeypatch.setattr(restoring, "_keep_old", then_break)
    with pytest.raises(BackupError, match="broken off"):
        restored(backup.path, tmp_path)
    assert Scorecard.objects.get().total_low == -1.0


def test_an_archive_of_another_database_or_a_newer_version_is_refused(tmp_path, monkeypatch, settings):
    settings.MIGRATION_MODULES = {}
    monkeypatch.setattr(service, "applied_migrations", lambda _connection: (("assets", "9999_later"),))
    newer = made(tmp_path)
    with pytest.raises(BackupError, match=r"assets\.9999_later"):
        restored(newer.path, tmp_path)
    monkeypatch.setattr(connection, "vendor", "oracle")
    with pytest.raises(BackupError, match="this database is oracle"):
        restored(newer.path, tmp_path)


def test_what_takes_the_note_of_the_newest_one_away_is_no_error(tmp_path):
    made(tmp_path / "here")
    assert newest_backup_at(tmp_path / "here") == NOW
    shutil.rmtree(tmp_path / "here")
    assert newest_backup_at(tmp_path / "here") is None
    assert timezone.is_aware(NOW)
