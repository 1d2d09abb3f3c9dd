import pytest
from django.core.management import CommandError, call_command

from screener.models import Scorecard
from screener.supervisor.pid_lock import pid_lock
from tests.factories.market import score_one

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def archive(settings, tmp_path):
    """A backup of one scorecard."""
    settings.BACKUP_DIR, settings.STATE_DIR = tmp_path / "backups", tmp_path
    score_one()
    call_command("backup", "--to", str(tmp_path / "one.zip"))
    return str(tmp_path / "one.zip")


def test_a_restore_says_what_came_back_and_where_the_old_is(archive, capsys):
    Scorecard.objects.update(total_low=-1.0)
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", archive)
    call_command("restore", archive, "--replace")
    assert Scorecard.objects.get().total_low != -1.0
    printed = capsys.readouterr().out
    assert "Restored in" in printed
    assert "before-restore-" in printed
    assert "Everybody has to log in again." in printed


def test_a_check_changes_nothing(archive, capsys):
    Scorecard.objects.update(total_low=-1.0)
    call_command("restore", archive, "--check")
    assert capsys.readouterr().out.splitlines()[-1].startswith("In order: ")
    assert Scorecard.objects.get().total_low == -1.0


def test_it_is_refused_while_assay_runs_on_this_state_folder(archive, tmp_path):
    with pid_lock(tmp_path), pytest.raises(CommandError, match="already runs"):
        call_command("restore", archive, "--replace")


def test_what_is_no_backup_is_a_sentence(archive, tmp_path):
    (tmp_path / "note.zip").write_text("no archive")
    with pytest.raises(CommandError, match="can't be read"):
        call_command("restore", str(tmp_path / "note.zip"))
