import pytest
from django.core.management import CommandError, call_command

from screener.tasks import heartbeat
from screener.views.health import LOOKS


@pytest.mark.django_db
@pytest.mark.usefixtures("valkey")
def test_what_works_is_told(capsys):
    heartbeat()
    call_command("ready")
    found = capsys.readouterr().out.splitlines()
    statuses = dict(line.split()[:2] for line in found)
    assert list(statuses) == list(LOOKS)
    assert [statuses[name] for name in ("database", "broker", "worker", "scoring", "schema")] == ["ok"] * 5
    assert statuses["data"] == statuses["backup"] == "warning"


def test_what_is_failing_is_named(settings, capsys):
    settings.BROKER_URL = "redis://127.0.0.1:1/0"
    with pytest.raises(CommandError, match="Not ready: broker"):
        call_command("ready", "broker")
    assert "The broker does not answer." in capsys.readouterr().out


def test_an_unknown_part_is_refused():
    with pytest.raises(CommandError, match="there are: database, broker, worker, data"):
        call_command("ready", "moon")
