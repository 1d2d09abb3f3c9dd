import pytest
from django.core.management import CommandError, call_command
from django.db import connection

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.skipif("connection.vendor == 'postgresql'", reason="PostgreSQL has roles")
def test_sqlite_has_no_roles():
    with pytest.raises(CommandError, match="SQLite has no roles"):
        call_command("grant_role")


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no roles")
def test_a_role_is_made_with_a_password(monkeypatch, capsys):
    monkeypatch.delenv("APP_DB_PASSWORD", raising=False)
    with pytest.raises(CommandError, match="Set APP_DB_PASSWORD"):
        call_command("grant_role")
    monkeypatch.setenv("APP_DB_PASSWORD", "secret")
    call_command("grant_role", "team_app")
    assert "secret" not in capsys.readouterr().out
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = 'team_app'")
        assert cursor.fetchone() == (False,)
        cursor.execute("DROP OWNED BY team_app; DROP ROLE team_app")
