from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from screener.models import Scorecard
from screener.universe.file import UniverseFile
from screener.universe.live import Universe
from tests.factories.scorecards import NOW, make_asset, make_card
from tests.screener.screens.tables import labels_of, table_of

pytestmark = pytest.mark.django_db


def test_what_was_written_is_read_with_every_type(tmp_path):
    table = table_of(
        {"id": 3, "name": "Alpha", "score": 5.0, "kind": "token", "tags": ["ai"], "fictional": True},
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
def folder(settings, tmp_path) -> Path:
    settings.UNIVERSE_DIR = tmp_path / "universe"
    return settings.UNIVERSE_DIR


def test_the_next_start_reads_the_file_and_what_is_new_since(folder, django_assert_num_queries):
    alpha = make_card(make_asset("Alpha", tags=["ai"]), 10, digest="a", as_of=NOW)
    first = Universe().table()
    assert len(list(folder.iterdir())) == 1
    with django_assert_num_queries(3):  # Is it this database? What is the newest card? Its digest.
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
