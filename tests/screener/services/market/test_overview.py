import numpy as np
import pytest

from screener.models import MarketDay
from screener.services.market.overview import read_overview
from screener.universe.live import UNIVERSE
from tests.screener.services.market.traded import LAST, NOW, store_census, store_days

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody(universe_at_rest):
    UNIVERSE.forget()
    UNIVERSE.table()


def test_the_whole_page_takes_three_queries(django_assert_num_queries):
    store_days()
    store_census(0, 40)
    with django_assert_num_queries(3):
        overview = read_overview(now=NOW)
    assert not overview.is_empty
    assert [each.kind for each in overview.kinds] == ["token", "equity"]
    assert all(each.last_day == LAST for each in overview.kinds)
    assert [(each.size, each.members) for each in overview.kinds[0].members] == [
        ("micro", 40),
        ("small", 40),
        ("large", 40),
        ("all", 40),
    ]


def test_indices_are_100_on_the_first_common_day():
    store_days(60)
    first = MarketDay.objects.filter(kind="token", size="large").order_by("day")[:10]
    MarketDay.objects.filter(pk__in=[each.pk for each in first]).update(log_return=None)
    index = read_overview(now=NOW).kinds[0].index
    assert {line.values[0] for line in index.lines} == {100.0}
    assert {len(line.values) for line in index.lines} == {50}
    micro = MarketDay.objects.filter(kind="token", size="micro").order_by("day")
    returns = [each.log_return for each in micro][11:]
    assert index.lines[0].values[-1] == pytest.approx(100 * np.exp(sum(returns)))


def test_a_group_of_no_days_is_named():
    store_days(60)
    MarketDay.objects.filter(kind="token", size="small").update(log_return=None)
    index = read_overview(now=NOW).kinds[0].index
    assert [each.name for each in index.lines] == ["Micro-caps", "Mid and large caps"]
    assert index.missing == ("Small caps",)


def test_risk_is_read_from_both_kinds():
    store_days(60)
    MarketDay.objects.filter(size="micro").update(log_return=0.01)
    MarketDay.objects.filter(size="large").update(log_return=0.0)
    MarketDay.objects.filter(size="all").update(above_share=0.7)
    assert read_overview(now=NOW).risk == "on"
    MarketDay.objects.filter(size="all", kind="equity").update(above_share=0.3)
    overview = read_overview(now=NOW)
    assert ([each.risk.reading for each in overview.kinds], overview.risk) == (["on", "mixed"], "mixed")
    assert overview.kinds[0].risk.relative_share == pytest.approx(np.exp(0.3) - 1)


def test_an_empty_installation_is_empty():
    assert read_overview(now=NOW).is_empty
    store_census(0)
    assert not read_overview(now=NOW).is_empty
