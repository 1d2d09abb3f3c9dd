import re

import pytest
from django.core.management import CommandError, call_command

from screener.services.backup.archive import BackupError
from tests.factories.market import score_one

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path / "backups"
    return settings.BACKUP_DIR


def test_rows_size_time_and_place_are_told(folder, capsys):
    score_one()
    call_command("backup")
    (archive,) = folder.glob("assay-*.zip")
    printed = capsys.readouterr().out
    assert re.match(
        r"[\d,]+ rows of \d+ tables in \d+\.\d MB, written and read again in \d+\.\d s: ", printed
    )
    assert str(archive) in printed


def test_older_archives_go_when_so_many_are_kept(folder, capsys):
    folder.mkdir()
    for day in (1, 2):
        (folder / f"assay-2020010{day}T000000Z.zip").touch()
    call_command("backup", "--keep", "2")
    assert len(list(folder.glob("assay-*.zip"))) == 2
    assert "Removed assay-20200101T000000Z.zip." in capsys.readouterr().out


def test_a_folder_that_can_not_be_written_to_is_a_sentence(folder):
    folder.write_text("a file in its place")
    with pytest.raises(CommandError, match="No backup was made"):
        call_command("backup")


def test_damage_is_a_sentence(monkeypatch):
    def damaged(*_args, **_kwargs):
        raise BackupError("The database is damaged")

    monkeypatch.setattr("screener.management.commands.backup.back_up", damaged)
    with pytest.raises(CommandError, match="The database is damaged"):
        call_command("backup")
