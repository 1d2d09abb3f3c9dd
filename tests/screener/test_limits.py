import pytest

from screener.limits import limit_kept_pages, limit_statements


@pytest.mark.parametrize(("seconds", "waits"), [(15, 10.0), (5, 5)])
def test_a_writer_of_sqlite_waits_no_longer_than_the_limit_of_locks(settings, monkeypatch, seconds, waits):
    database = {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {"timeout": 30}}
    monkeypatch.setitem(settings.DATABASES, "default", database)
    limit_statements(seconds)
    assert seconds == settings.STATEMENT_LIMIT_S
    assert database["OPTIONS"]["timeout"] == waits
    settings.STATEMENT_LIMIT_S = None


def test_a_task_waits_longer_behind_who_writes(settings, monkeypatch):
    database = {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": {"timeout": 30}}
    monkeypatch.setitem(settings.DATABASES, "default", database)
    limit_statements(60, lock_s=settings.TASK_LOCK_S)
    assert database["OPTIONS"]["timeout"] == settings.TASK_LOCK_S
    settings.STATEMENT_LIMIT_S = None


def test_postgresql_is_told_when_it_is_connected_to(settings, monkeypatch):
    database = {"ENGINE": "screener.postgres", "OPTIONS": {}}
    monkeypatch.setitem(settings.DATABASES, "default", database)
    limit_statements(7)
    assert settings.STATEMENT_LIMIT_S == 7
    assert database["OPTIONS"] == {}
    settings.STATEMENT_LIMIT_S = None


def test_a_page_thread_keeps_little_of_a_file(settings, monkeypatch):
    database = {
        "ENGINE": "django.db.backends.sqlite3",
        "OPTIONS": {"init_command": "PRAGMA cache_size=-64000;"},
    }
    monkeypatch.setitem(settings.DATABASES, "default", database)
    limit_kept_pages(500)
    assert database["OPTIONS"]["init_command"].endswith("PRAGMA cache_size=-500;")
    limit_kept_pages(1)
    assert database["OPTIONS"]["init_command"].endswith("PRAGMA cache_size=-1;")


def test_of_postgresql_nothing_is_kept(settings, monkeypatch):
    monkeypatch.setitem(settings.DATABASES, "default", {"ENGINE": "screener.postgres", "OPTIONS": {}})
    limit_kept_pages()
    assert settings.DATABASES["default"]["OPTIONS"] == {}
