import errno
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.models import Scorecard
from screener.universe.file import UniverseFile
from screener.universe.live import LOOK_AGAIN_S, Universe
from tests.factories.scorecards import NOW, make_asset, make_card
from tests.screener.screens.tables import labels_of, table_of

pytestmark = pytest.mark.django_db


def test_what_was_written_is_read_with_every_type(tmp_path):
    table = table_of(
        {"id": 3, "name": "Alpha", "score": 5.0, "kind": "token", "tags": ["ai"], "sandbox": "yes"},
        {"id": 7, "name": "Ünï", "price": 0.5, "kind": "equity"},
    )
    file = UniverseFile(tmp_path / "deep" / "columns.arrow")
    file.write(table, revision=9, digest="abc")
    kept = file.read()
    assert kept is not None
    assert (kept.revision, kept.digest) == (9, "abc")
    again = kept.table
    assert again.ids.tolist() == [3, 7]
    assert again.cards.tolist() == table.cards.tolist()
    assert again.fictional.tolist() == [True, False]
    assert again.text("name", 1) == "Ünï"
    assert again.categories["kind"].labels == ("equity", "token")
    for field in ("numbers", "bins", "states"):
        for key, column in getattr(table, field).items():
            np.testing.assert_array_equal(getattr(again, field)[key], column)
            assert getattr(again, field)[key].dtype == column.dtype
    assert again.updated_by(table).ids.tolist() == [3, 7], "it can be written into like any other"
    assert again.nbytes > 0


def test_of_no_rows_nothing_is_kept(tmp_path):
    file = UniverseFile(tmp_path / "columns.arrow")
    assert file.read() is None
    file.write(table_of(), revision=1, digest="a")
    assert file.read() is None
    file.write(table_of({"id": 1}), revision=1, digest="a")
    kept = file.read()
    assert kept is not None
    assert len(kept.table) == 1


def test_each_database_has_a_file_of_its_own(tmp_path):
    one, other = ({"ENGINE": "sqlite3", "NAME": name} for name in ("a", "b"))
    paths = {UniverseFile.of(each, folder=tmp_path)._path for each in (one, other, one)}
    assert len(paths) == 2
    assert UniverseFile.of(one, folder=None) is None


@pytest.fixture
def clock(monkeypatch):
    """A clock that the test moves."""
    now = [1_000_000.0]
    monkeypatch.setattr("screener.universe.live.time.monotonic", lambda: now[0])
    return now


@pytest.fixture
def folder(settings, tmp_path) -> Path:
    settings.UNIVERSE_DIR = tmp_path / "universe"
    return settings.UNIVERSE_DIR


def test_the_next_start_reads_the_file_and_what_is_new_since(folder, django_assert_num_queries):
    alpha = make_card(make_asset("Alpha", tags=["ai"]), 10, digest="a", as_of=NOW)
    first = Universe().table()
    assert len(list(folder.iterdir())) == 1
    with django_assert_num_queries(2):  # Is it this database? What is the newest card?
        again = Universe().table()
    for key, column in first.numbers.items():
        np.testing.assert_array_equal(again.numbers[key], column)
    assert again.tags.to_pylist() == first.tags.to_pylist()
    assert labels_of(again, "chain") == ["base"]
    assert again.categories["kind"].codes.dtype == first.categories["kind"].codes.dtype
    make_card(make_asset("Beta"), 20, digest="b", scored_at=NOW + timedelta(days=1))
    assert Universe().table().numbers["score"].tolist() == [10, 20]
    assert alpha.pk


def test_the_file_of_another_database_is_not_used(folder):
    old = make_card(make_asset("Alpha"), 10, digest="a")
    Universe().table()
    Scorecard.objects.filter(pk=old.pk).update(digest="another", total=77)
    assert Universe().table().numbers["score"].tolist() == [77]


@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_no_bit_that_fell_over_becomes_a_figure(tmp_path_factory, place, bit):
    path = tmp_path_factory.mktemp("damaged") / "columns.arrow"
    file = UniverseFile(path)
    file.write(table_of({"id": 3, "name": "Alpha", "score": 5.0, "price": 0.5}), revision=9, digest="abc")
    whole = bytearray(path.read_bytes())
    whole[int(place * len(whole))] ^= 1 << bit
    path.write_bytes(whole)
    assert file.read() is None


@given(length=st.floats(0, 1, exclude_max=True))
def test_no_file_that_was_cut_is_read(tmp_path_factory, length):
    path = tmp_path_factory.mktemp("cut") / "columns.arrow"
    file = UniverseFile(path)
    file.write(table_of({"id": 3, "score": 5.0}), revision=9, digest="abc")
    path.write_bytes(path.read_bytes()[: int(length * path.stat().st_size)])
    assert file.read() is None


def test_what_can_not_be_opened_is_not_read(tmp_path):
    (tmp_path / "columns.arrow").mkdir()
    assert UniverseFile(tmp_path / "columns.arrow").read() is None


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path, monkeypatch):
    file = UniverseFile(tmp_path / "columns.arrow")
    file.write(table_of({"id": 3}), revision=9, digest="abc")

    def full(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("screener.universe.file.os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        file.write(table_of({"id": 4}), revision=10, digest="abd")
    assert [each.name for each in tmp_path.iterdir()] == ["columns.arrow"]
    kept = file.read()
    assert kept is not None
    assert kept.revision == 9


@pytest.mark.parametrize("damage", [b"", b"no arrow", None], ids=["empty", "strange", "cut"])
def test_a_damaged_file_is_no_loss(folder, damage):
    make_card(make_asset("Alpha"), 10, digest="a")
    Universe().table()
    (file,) = folder.iterdir()
    file.write_bytes(file.read_bytes()[:-20] if damage is None else damage)
    assert Universe().table().numbers["score"].tolist() == [10]


def test_a_file_of_other_columns_is_not_used(folder, monkeypatch):
    first = make_card(make_asset("Alpha"), 10, digest="a")
    Universe().table()
    Scorecard.objects.filter(pk=first.pk).update(total=77)  # Only who reads the table anew sees this.
    assert Universe().table().numbers["score"].tolist() == [10]
    monkeypatch.setattr("screener.universe.file.LAYOUT", "other")
    assert Universe().table().numbers["score"].tolist() == [77]


def test_a_file_that_is_written_into_while_it_is_mapped_is_left_alone(folder, clock):
    make_card(make_asset("Alpha"), 10, digest="a")
    Universe().table()
    running = Universe()
    assert running.table().numbers["score"].tolist() == [10]
    (path,) = folder.iterdir()
    with path.open("r+b") as file:
        file.write(b"\0" * path.stat().st_size)
    clock[0] += LOOK_AGAIN_S + 0.1
    assert running.table().numbers["score"].tolist() == [10]
    assert running.table().text("name", 0) == "Alpha"


def test_a_folder_that_can_not_be_written_costs_nothing_but_the_next_start(settings, tmp_path):
    (tmp_path / "file").touch()
    settings.UNIVERSE_DIR = tmp_path / "file" / "universe"
    make_card(make_asset("Alpha"), 10, digest="a")
    universe = Universe()
    assert universe.table().numbers["score"].tolist() == [10]
    assert universe.unkept == "Not a directory"
    settings.UNIVERSE_DIR = tmp_path / "universe"
    universe.forget()
    universe.table()
    assert universe.unkept == ""
