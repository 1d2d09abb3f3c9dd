"""What the page shows is what the score used, whatever was answered."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from assets.metrics import families
from assets.metrics.families import FAMILY_OF, RESOLVED
from assets.metrics.witnesses.questioned import restored
from assets.models import RESOLVED_MODEL_OF, Asset, RefreshRun
from assets.providers import providers_of
from assets.services.reading.facts import facts_of
from assets.services.reading.resolved import resolved_rows
from assets.services.storing.store import store_rows
from assets.sourcing import rows
from tests.assets.services.observed import observed

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
WORKED_OUT = {"circulating_year_ago", "listed_on", "channels", "units_in_cap", "units_in_diluted"}
"""Columns that reading works out of others."""

TOKEN = rows.AssetRef(kind="token", identifiers=(("x", "alpha"),), name="Alpha")
COMPANY = rows.AssetRef(kind="equity", identifiers=(("x", "alpha-inc"),), name="Alpha Inc.")

numbers = st.none() | st.integers(1, 99)
amounts = numbers.map(lambda number: None if number is None else Decimal(number))
shares = st.none() | st.sampled_from([0.0, 0.25, 0.5])
flags = st.none() | st.booleans()
days = st.none() | st.sampled_from([NOW - timedelta(days=each) for each in (1, 400)])
positions = st.lists(
    st.builds(rows.Position, holder_type=st.just("wallet"), share=st.sampled_from([0.1, 0.2])), max_size=2
).map(tuple)
audits = st.none() | st.lists(st.builds(rows.AuditReport, firm=st.sampled_from(["A", "B"])), max_size=2).map(
    tuple
)
ANSWERS: dict[str, st.SearchStrategy] = {
    families.MARKET: st.builds(dict, price_usd=amounts, market_cap_usd=amounts, volume_24h_usd=amounts),
    families.SUPPLY: st.builds(dict, circulating=amounts, total=amounts, uncapped=flags),
    families.POOLS: st.builds(
        dict,
        address=st.sampled_from(["one", "two"]),
        reserve_usd=amounts,
        buys_24h=numbers,
        lp_locked_until=days,
        lp_burned_share=shares,
        opened_at=days,
    ),
    families.BOOKS: st.builds(
        dict,
        venue=st.sampled_from(["gate", "mexc"]),
        pair=st.just("X/USDT"),
        bid_usd=amounts,
        spread_share=shares,
        last_traded_at=days,
        stale=flags,
    ),
    families.HOLDERS: st.builds(dict, holder_count=numbers, top_ten_share=shares, positions=positions),
    families.CONTRACT: st.builds(
        dict,
        verified_source=flags,
        mint_authority=st.sampled_from(["", "none", "contract"]),
        deployed_at=days,
        buy_tax_share=shares,
    ),
    families.UNLOCKS: st.builds(dict, source_url=st.sampled_from(["", "https://example.org/a"])),
    families.USAGE: st.builds(
        dict, tvl_usd=amounts, fees_annual_usd=amounts, revenue_annual_usd=amounts, transactions_30d=numbers
    ),
    families.DISCLOSURE: st.builds(
        dict,
        channels=st.sampled_from([{}, {"site": "https://example.org"}]),
        team=st.sampled_from(["", "named"]),
        commits_90d=numbers,
        site_since=days.map(lambda day: day and day.date()),
        audits=audits,
    ),
    families.FUNDAMENTALS: st.builds(
        dict,
        period_ends_on=st.sampled_from(
            [None, NOW.date() - timedelta(days=90), NOW.date() - timedelta(days=180)]
        ),
        cash_usd=amounts,
        debt_usd=amounts,
        insider_share=shares,
    ),
    families.FILINGS: st.builds(
        dict,
        filings_due_24m=numbers,
        going_concern=st.sampled_from(["", "doubt"]),
        last_filed_on=days.map(lambda day: day and day.date()),
    ),
    families.VENUE: st.builds(
        dict, venue=st.just("OTC"), tier=st.sampled_from(["", "pink"]), suspended_24m=flags
    ),
}
ROW_OF = {name: model.row for name, model in RESOLVED_MODEL_OF.items()}
AGES = st.sampled_from([timedelta(hours=each) for each in (0, 5, 48, 200, 960, 3_600)])


def comparable(value):
    """Unknown is None on either side; amounts are floats, moments timestamps."""
    if value is None or value == "" or value is pd.NaT or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, (bool, int, Decimal)):
        return float(value)
    return pd.Timestamp(value).tz_localize("UTC") if type(value).__name__ == "date" else value


@pytest.mark.slow("assets/metrics", "assets/models", "assets/services", "assets/providers/__init__.py")
@pytest.mark.django_db
@pytest.mark.parametrize("name", ROW_OF)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=6)
@given(data=st.data())
def test_the_page_shows_what_the_score_used(name, data):
    Asset.objects.all().delete()
    family = FAMILY_OF[name]
    providers = [each for each in providers_of(name) if each != "sandbox"][:3]
    answer = st.tuples(st.sampled_from(providers), AGES, ANSWERS[name])
    tell(family, data.draw(st.lists(answer, min_size=1, max_size=6)))
    asset = Asset.objects.get()
    facts = restored(facts_of([asset.pk], now=NOW))
    things = resolved_rows(family, asset, now=NOW, present=set(providers))
    frame = getattr(facts, family.frame).reset_index().to_dict("records")
    again = facts_of([asset.pk], now=NOW, observations={*facts.sources["observation_id"]})
    used, replayed = (getattr(each, family.frame).reset_index(drop=True) for each in (facts, restored(again)))
    assert_frame_equal(replayed, used)
    for column in set(family.columns) - WORKED_OUT - {"audits_known"}:
        counted = {tuple(row[key] for key in family.place): comparable(row[column]) for row in frame}
        shown = {
            tuple(getattr(each.row, key) for key in family.place): comparable(getattr(each.row, column))
            for each in things
        }
        assert shown == counted, column
    if family.children:
        below = getattr(facts, family.children.frame)
        listed = sorted(things[0].children, key=lambda row: row.pk)
        for column in family.children.columns:
            shown = [comparable(getattr(each, column)) for each in listed]
            assert shown == [comparable(each) for each in below[column].tolist()], column
    if name == families.DISCLOSURE:
        assert comparable(facts.disclosure["channels"].item()) == (len(things[0].row.channels) or None)
        assert (facts.disclosure["audits_known"].item() == 1) == things[0].row.audits_known


def tell(family, answers):
    about = TOKEN if "token" in family.kinds else COMPANY
    for provider, age, fields in answers:
        RefreshRun.objects.get_or_create(
            provider=provider, family="market", defaults={"created_at": NOW, "progressed_at": NOW}
        )
        observation = observed(provider=provider, as_of=NOW - age, known_at=NOW)
        store_rows(
            observation=observation, rows=[ROW_OF[family.name](asset=about, as_of=NOW - age, **fields)]
        )


def test_every_resolved_family_is_tried():
    assert set(ANSWERS) == {each.name for each in RESOLVED}


@pytest.mark.django_db
def test_what_is_filled_in_names_the_answer_that_it_comes_from():
    family = FAMILY_OF[families.MARKET]
    one = {"price_usd": Decimal(2)}
    other = {"price_usd": Decimal(3), "volume_24h_usd": Decimal(9)}
    tell(family, [("coingecko", timedelta(0), one), ("geckoterminal", timedelta(0), other)])
    (thing,) = resolved_rows(family, Asset.objects.get(), now=NOW, present={"coingecko", "geckoterminal"})
    assert (thing.row.price_usd, thing.row.volume_24h_usd) == (2, 9)
    filled = {name: row.provider for name, row in thing.row.filled_from.items()}
    assert filled == {"volume_24h_usd": "geckoterminal"}
    assert [each.provider for each in thing.answers] == ["coingecko", "geckoterminal"]
    assert thing.answers[0].volume_24h_usd is None, "an answer stays what it was"


@pytest.mark.django_db
def test_a_kind_of_asset_without_such_facts_is_not_asked(django_assert_num_queries):
    asset = Asset.objects.create(kind="equity", name="Alpha Inc.", slug="alpha-inc")
    with django_assert_num_queries(0):
        assert resolved_rows(FAMILY_OF[families.POOLS], asset, now=NOW, present={"coingecko"}) == []
