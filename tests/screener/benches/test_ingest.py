import pytest

from screener.benches.databases import SQLITE, in_its_own_process, new_database
from screener.benches.ingest import PAGES, PART
from tests.screener.benches.watched import FACTS

MODULE = "screener.benches.ingest"


@pytest.mark.slow(*FACTS)
@pytest.mark.parametrize("family", sorted(PAGES))
def test_ours_and_the_raw_load_are_measured_on_the_same_rows(family):
    with new_database(SQLITE) as url:
        found = in_its_own_process(MODULE, family, str(PAGES[family]), url=url)
    assert found["rows"] >= PAGES[family]
    assert found["ratio"] == pytest.approx(found["raw_rows_per_s"] / found["ours_rows_per_s"], rel=0.02)
    assert found["peak_rss_mb"] > 0


def test_every_measured_family_has_a_part_of_the_assets():
    assert set(PAGES) == set(PART)


@pytest.mark.slow(*FACTS)
def test_a_bench_that_breaks_says_why(tmp_path):
    with pytest.raises(RuntimeError, match="alien 1 broke"):
        in_its_own_process(MODULE, "alien", "1", url=f"sqlite:///{tmp_path}/x.sqlite3")
