import json
import stat

import pytest
from django.db import connection

from screener.services.backup.archive import BackupError, opened
from screener.services.backup.back_up import back_up, newest_backup_at, remove_older
from tests.factories.market import NOW, score_one

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_backup_bears_the_moment_and_is_noted(tmp_path):
    score_one()
    made = back_up(connection, folder=tmp_path, now=NOW)
    assert made.path == tmp_path / "assay-20260102T123000Z.zip"
    assert made.bytes == made.path.stat().st_size
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    assert newest_backup_at(tmp_path) == NOW
    assert json.loads((tmp_path / "newest-backup.json").read_text())["rows"] == made.rows
    with opened(made.path) as (_packed, manifest):
        rows = {table.name: table.rows for table in manifest.tables}
    assert (rows["screener_scorecard"], rows["assets_asset"]) == (1, 1)
    assert made.rows == sum(rows.values())


def test_another_place_is_noted_where_it_is_looked_for(tmp_path):
    made = back_up(connection, folder=tmp_path / "usual", now=NOW, path=tmp_path / "mine.zip")
    assert made.path.exists()
    assert newest_backup_at(tmp_path / "usual") == NOW


def test_what_was_written_wrong_does_not_count(tmp_path, monkeypatch):
    def damaged(*_args):
        raise BackupError("The archive is damaged")

    monkeypatch.setattr("screener.services.backup.back_up.verify", damaged)
    with pytest.raises(BackupError):
        back_up(connection, folder=tmp_path, now=NOW)
    assert newest_backup_at(tmp_path) is None


def test_the_newest_are_kept_and_nothing_else_is_touched(tmp_path):
    for name in ("assay-20260101T000000Z.zip", "assay-20260103T000000Z.zip", "before-restore-1.zip", "x.txt"):
        (tmp_path / name).touch()
    (tmp_path / "assay-20260102T000000Z.zip").touch()
    assert [path.name for path in remove_older(tmp_path, keep=2)] == ["assay-20260101T000000Z.zip"]
    assert len(list(tmp_path.iterdir())) == 4
