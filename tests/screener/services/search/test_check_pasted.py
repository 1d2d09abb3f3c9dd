import pytest

from assets.models import AssetIdentifier
from assets.sheets.pasted import read_pasted
from screener.services.search.check_pasted import LineOutcome, check_pasted, key_of_text
from screener.universe.live import UNIVERSE
from tests.factories.scorecards import make_asset, make_card

pytestmark = pytest.mark.django_db

PEPE = "0x6982508145454ce325ddbe47a25d4ec3d2311933"
COPY = "0x1111111111111111111111111111111111111111"


def scored(name, symbol, cap=1e6, **changes):
    asset = make_asset(name, symbol=symbol, **changes)
    make_card(asset, figures={"market_cap_usd": cap} if cap else {})
    return asset


@pytest.fixture
def market():
    """An original and its copycat, two namesakes, an invented one, a share, one without a scorecard."""
    pepe = scored("Pepe", "PEPE", 5e8, chain="ethereum")
    copy = scored("Pepe-copy", "PEPE", 9e8, chain="base", likeness="name")
    scored("Wif-one", "WIF", 3e6)
    scored("Wif-two", "WIF", 8e6)
    made = scored("Madecoin", "MADE", 1e6, fictional=True)
    share = scored("Abcd", "ABCD", 2e7, kind="equity", chain="", venue="Nasdaq")
    bare = make_asset("Bare", symbol="BARE", symbol_look="bare")
    for asset, namespace, value in (
        (pepe, "address:ethereum", PEPE),
        (copy, "address:base", COPY),
        (share, "ticker:us", "ABCD"),
        (share, "cik", "320193"),
    ):
        AssetIdentifier.objects.create(asset=asset, namespace=namespace, value=value)
    UNIVERSE.forget()
    return {each.slug: each for each in (pepe, copy, made, share, bare)}


def check(text, watched=(), **chosen):
    return check_pasted(read_pasted(text).lines, watched=watched, chosen=chosen)


def one(text, watched=(), chosen=()):
    (line,) = check_pasted(read_pasted(text).lines, watched=watched, chosen=dict(chosen))
    return line


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("PEPE", "pepe"),
        ("pepe", "pepe"),
        ("$PEPE", "pepe"),
        (PEPE, "pepe"),
        (f"ethereum:{PEPE}", "pepe"),
        (f"https://etherscan.io/token/{PEPE}", "pepe"),
        ("ethereum:PEPE", "pepe"),
        ("BINANCE:PEPEUSDT", "pepe"),
        ("PEPE/USDT", "pepe"),
        ("Madecoin", "madecoin"),
        ("MADE", "madecoin"),
        ("NASDAQ:ABCD", "abcd"),
        ("ABCD", "abcd"),
        ("CIK 0000320193", "abcd"),
        ("320193", "abcd"),
        ("bare", "bare"),
        ("slug,target\nbare,1", "bare"),
        (f"base:{COPY}", "pepe-copy"),
    ],
)
def test_a_line_that_can_mean_one_asset_is_found(market, text, slug):
    line = one(text)
    assert (line.outcome, line.asset.slug) == (LineOutcome.FOUND, slug)


def test_what_is_found_is_shown_with_its_contract_and_marks(market):
    assert one("PEPE").asset.identifier == PEPE
    copy = one(COPY).asset
    assert (copy.likeness, copy.identifier) == ("name", COPY)
    assert one("MADE").asset.is_fictional


def test_a_copycat_is_a_choice_and_never_the_answer_to_a_name(market):
    assert [each.slug for each in one("PEPE").choices] == ["pepe", "pepe-copy"]
    only = one("base:PEPE")
    assert (only.outcome, only.asset, [each.slug for each in only.choices]) == (
        LineOutcome.CHOICE,
        None,
        ["pepe-copy"],
    )


def test_namesakes_are_a_choice_the_largest_first(market):
    line = one("WIF")
    assert (line.outcome, line.asset) == (LineOutcome.CHOICE, None)
    assert [each.slug for each in line.choices] == ["wif-two", "wif-one"]


def test_what_was_chosen_counts_where_it_can_be_meant(market):
    key = key_of_text("WIF")
    assert one("WIF", chosen={key: "wif-one"}).asset.slug == "wif-one"
    assert one("WIF", chosen={key: "pepe"}).outcome is LineOutcome.CHOICE
    assert one("WIF", chosen={key: ""}).outcome is LineOutcome.CHOICE
    assert one("PEPE", chosen={key_of_text("pepe"): "pepe-copy"}).asset.slug == "pepe-copy"


def test_what_is_on_the_list_or_named_before_is_not_added_again(market):
    pepe = market["pepe"]
    assert one("PEPE", watched={pepe.pk}).outcome is LineOutcome.LISTED
    assert [each.outcome for each in check(f"PEPE, {PEPE}, pepe")] == [
        LineOutcome.FOUND,
        LineOutcome.REPEATED,
        LineOutcome.REPEATED,
    ]


def test_words_between_spaces_are_symbols_where_they_are_no_name(market):
    assert [each.asset.slug for each in check("PEPE MADE ABCD")] == ["pepe", "madecoin", "abcd"]
    scored("Pepe Made", "PM")
    UNIVERSE.forget()
    assert [each.asset.symbol for each in check("pepe made")] == ["PM"]


def test_what_nobody_knows_comes_with_names_like_it_and_none_is_taken(market):
    line = one("madeco")
    assert (line.outcome, [each.slug for each in line.choices]) == (LineOutcome.UNKNOWN, ["madecoin"])
    assert one("madeco", chosen={key_of_text("madeco"): "madecoin"}).asset.slug == "madecoin"
    assert one("0x2222222222222222222222222222222222222222").outcome is LineOutcome.UNKNOWN


def test_a_symbol_on_another_chain_or_of_another_kind_is_not_meant(market):
    for text in ("solana:PEPE", "NASDAQ:PEPE", "KRAKEN:ABCD"):
        assert one(text).outcome is LineOutcome.UNKNOWN


def test_what_can_not_be_read_says_why(market):
    line = one("LSE:ABCD")
    assert (line.outcome, "no exchange" in line.problem) == (LineOutcome.INVALID, True)


def test_the_number_of_lines_costs_no_query(market, django_assert_max_num_queries):
    text = ", ".join(["PEPE", "WIF", PEPE, "CIK 320193", *(f"NO{number}X" for number in range(200))])
    UNIVERSE.table()
    with django_assert_max_num_queries(16):
        assert len(check(text)) == 204
