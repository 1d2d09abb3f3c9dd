import sqlite3
from contextlib import closing

import pytest

from screener.services.backup.archive import BackupError
from screener.services.backup.sqlite_copy import check, tables_in


@pytest.fixture
def database(tmp_path):
    with closing(sqlite3.connect(tmp_path / "one.sqlite3")) as database:
        database.execute("CREATE TABLE fruit (id INTEGER PRIMARY KEY, name TEXT)")
        database.execute('CREATE TABLE "odd ""name" (fruit INTEGER REFERENCES fruit (id))')
        database.execute("INSERT INTO fruit VALUES (1, 'apple'), (2, 'pear')")
        database.commit()
        yield database


def test_tables_are_told_with_columns_and_rows(database):
    assert [(table.name, table.columns, table.rows) for table in tables_in(database)] == [
        ("fruit", ("id", "name"), 2),
        ('odd "name', ("fruit",), 0),
    ]


def test_a_sound_database_passes_and_a_reference_to_nothing_does_not(database):
    check(database)
    database.execute('INSERT INTO "odd ""name" VALUES (3)')
    with pytest.raises(BackupError, match='row 1 of odd "name refers to nothing'):
        check(database)


def test_a_damaged_page_is_found(database, tmp_path):
    database.executemany("INSERT INTO fruit (name) VALUES (?)", [("x" * 500,)] * 200)
    database.commit()
    size = (tmp_path / "one.sqlite3").stat().st_size
    with (tmp_path / "one.sqlite3").open("r+b") as file:
        file.seek(size - 4_096)  # The head of the last page.
        file.write(b"\xff" * 100)
    damaged = sqlite3.connect(tmp_path / "one.sqlite3")
    with closing(damaged), pytest.raises((BackupError, sqlite3.DatabaseError)):
        check(damaged)
