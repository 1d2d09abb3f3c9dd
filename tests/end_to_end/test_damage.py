"""Damage and older backups on both databases: no wrong figure, no page of 500, and what is whole is shown."""

import random
import re
import shutil

import pytest

from tests.end_to_end.house import house_on
from tests.end_to_end.readers import Readers, assert_healthy, assert_one_sentence, healthy_throughout
from tests.servers.waiting import until

pytestmark = [
    pytest.mark.broker,
    pytest.mark.slow(
        *("screener/universe", "screener/outages.py", "screener/services/backup"),
        *("screener/models/scorecard.py", "screener/services/operation/readiness.py"),
        *("assets/models/whole_json.py", "assets/models/observation.py", "assets/services/reading/rows.py"),
    ),
]

FAMILIES = ("listing", "market", "contract", "disclosure")


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def house(request):
    with house_on(request.param) as house:
        house.fill(*FAMILIES)
        house.recovered()
        yield house


@pytest.fixture
def cards(house):
    """Asset, its address, its newest card."""
    return house.ask("c.newest_cards()")


def written(column, card, text):
    text = text.replace("'", "''")
    return f"UPDATE screener_scorecard SET {column} = '{text}' WHERE id = {card}"  # noqa: S608 - of a test


def rows_of(house):
    """The table of the screener, without what differs from one answer to the next."""
    page = house.get("/").text.partition('id="results"')[2].partition("</section>")[0]
    return re.findall(r"<tr\b.*?</tr>", re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page), re.DOTALL)


@pytest.mark.parametrize("column", ["figures", "gates_open", "findings"])
def test_a_scorecard_that_is_damaged_holds_up_no_other(house, cards, column):
    asset_id, slug, card = cards[3]
    kept = house.ask(f"c.stored_text('screener_scorecard', '{column}', {card})")
    is_in_lists = column != "findings"
    house.execute(written(column, card, '{"tvl_usd": 1' if house.postgres is None else '"x"'))
    try:
        house.kill("web")
        shutil.rmtree(house.folder / "universe")  # The columns that were kept are whole.
        house.start("web")
        until(lambda: house.answers("/"), "the page of everybody")
        assert house.answers(f"/assets/{cards[4][1]}/")
        for logged_in in (True, False):
            answer = house.get(f"/assets/{slug}/", logged_in=logged_in)
            assert_one_sentence(answer, ["damaged. Restore the newest backup"])
        assert (f"/assets/{slug}/" in house.get("/").text) != is_in_lists
        assert (f"of the assets {asset_id} …" in house.look("columns")["sentence"]) == is_in_lists
        assert_healthy(house)
    finally:
        house.execute(written(column, card, kept))
        house.restart("web")
    house.recovered()
    assert house.answers(f"/assets/{slug}/")
    assert f"/assets/{slug}/" in house.get("/").text


def test_an_answer_that_is_damaged_is_told_where_it_is_shown(house):
    observation = house.ask("c.Observation.objects.earliest('pk').pk")
    kept = house.ask("c.Observation.objects.earliest('pk').payload.compressed.hex()")
    sha256 = house.ask("c.Observation.objects.earliest('pk').payload_id")
    literal = "'\\x{}'" if house.postgres is not None else "x'{}'"

    def write(compressed):
        value = literal.format(compressed)
        house.execute(f"UPDATE assets_payload SET compressed = {value} WHERE sha256 = '{sha256}'")  # noqa: S608

    write(kept[:40] + "00ff00ff" + kept[48:])
    try:
        for path in ("", "payload/"):
            answer = house.get(f"/data/observations/{observation}/{path}", logged_in=True)
            assert_one_sentence(answer, ["damaged. Restore the newest backup"])
        assert house.answers("/")
    finally:
        write(kept)
    assert house.answers(f"/data/observations/{observation}/payload/")


def test_columns_that_are_damaged_at_sixty_places_are_no_figures(house):
    """Between two starts, and while they are read."""
    before = rows_of(house)
    assert len(before) > 2
    (kept,) = (house.folder / "universe").glob("*.arrow")
    whole, dice = kept.read_bytes(), random.Random(60)
    for _start in range(2):
        damaged = bytearray(whole)
        for _place in range(30):
            damaged[dice.randrange(len(damaged))] ^= 1 << dice.randrange(8)
        house.kill("web")
        kept.write_bytes(damaged)
        house.start("web")
        house.recovered()
        assert_healthy(house)
        assert rows_of(house) == before
    now = next((house.folder / "universe").glob("*.arrow"))
    with now.open("r+b") as file:
        for place in dice.sample(range(now.stat().st_size), 30):
            file.seek(place)
            file.write(b"\x7f")
    assert_healthy(house)
    until(lambda: rows_of(house) == before, "the figures of the database")


def test_a_folder_of_columns_that_can_not_be_written_costs_nothing(house):
    house.kill("web")
    shutil.rmtree(house.folder / "universe")
    (house.folder / "universe").write_text("no folder")  # Rights would not stop who is root.
    try:
        house.start("web")
        house.recovered()
        assert house.look("columns")["status"] == "warning"
        assert_healthy(house)
    finally:
        (house.folder / "universe").unlink()
    house.restart("web")
    house.recovered()
    assert house.look("columns")["status"] == "ok"


def test_an_older_backup_is_restored_under_a_running_web(house, cards):
    """It shows what the backup has, nothing of what came later, and no page fails meanwhile."""
    before = rows_of(house)
    take_backup(house)
    house.execute("UPDATE assets_asset SET name = 'Renamed later'")
    house.fill("market", "usage")
    until(lambda: "Renamed later" in house.get("/").text, "newer figures")
    pages = ["/", f"/assets/{cards[0][1]}/", f"/assets/{cards[0][1]}/history/", "/?q=score%3E1", "/data/"]
    readers = Readers(house, pages, statuses=(200, 302, 404, 503))
    with healthy_throughout(house):
        readers.during(lambda: put_back(house))
    until(lambda: rows_of(house) == before, "the figures of the backup")
    until(lambda: house.answers("/", logged_in=False), "the page of everybody")
    assert house.ask("c.faults()") == {}
    house.execute("UPDATE assets_asset SET name = 'Renamed again'")
    house.fill("market")
    until(lambda: "Renamed again" in house.get("/").text, "newer figures again")


CLOSED = (
    "ALTER DATABASE postgres ALLOW_CONNECTIONS false",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'postgres'",
)


def take_backup(house):
    if house.postgres is None:
        house.manage("backup", "--to", str(house.folder / "older.zip"))
    else:
        copy = ("CREATE DATABASE older TEMPLATE postgres", "ALTER DATABASE postgres ALLOW_CONNECTIONS true")
        house.execute_beside(*CLOSED, *copy)
    house.recovered()


def put_back(house):
    """On PostgreSQL past our own command, which refuses while somebody is connected."""
    if house.postgres is None:
        house.manage("restore", str(house.folder / "older.zip"), "--replace")
    else:
        house.execute_beside(
            *CLOSED, "DROP DATABASE postgres (FORCE)", "ALTER DATABASE older RENAME TO postgres"
        )
