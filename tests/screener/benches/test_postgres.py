from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from screener.benches.postgres import Postgres


def test_a_server_of_our_own_asks_for_its_password_and_leaves_nothing_behind():
    server = Postgres()
    try:
        address = urlsplit(server.url)
        folder = Path(unquote(address.query.removeprefix("host=")))
        who = {"host": str(folder), "dbname": "postgres", "user": address.username}
        with psycopg.connect(**who, password=address.password) as connection:
            assert connection.execute("select 1").fetchone() == (1,)
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(**who, password="guessed")
    finally:
        server.stop()
    assert not folder.exists()
