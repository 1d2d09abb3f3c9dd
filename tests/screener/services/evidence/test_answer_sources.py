import inspect
from dataclasses import fields
from importlib import import_module
from pathlib import Path

import pytest

from assets.metrics.families import LISTING
from assets.models import FACT_MODELS, Asset
from assets.providers import PROVIDERS
from screener.checklist import CRITERIA
from screener.services.evidence.answer_sources import capabilities, sources_of, who_could_answer

MINT = CRITERIA["tokenomics.mint_authority"]
FILED = CRITERIA["transparency.filings_on_time"]
UNLOCKS = CRITERIA["tokenomics.unlock_30d"]

FACTS = {
    f"{model.family}.{each.name}"
    for model in FACT_MODELS
    for each in fields(model.row)
    if each.name not in ("asset", "as_of")
}
VENDORS = pytest.mark.parametrize(
    "provider", [each.provider for each in capabilities()], ids=lambda each: each.name
)


def names_of(sources):
    return [each.name for each in sources]


def test_each_provider_of_real_assets_is_in_the_table():
    named = {each.provider for each in capabilities()}
    assert {each.name for each in {*PROVIDERS} - named} == {"analyst", "sandbox"}


@VENDORS
def test_a_provider_tells_fields_of_all_its_families_and_of_no_other(provider):
    told = {f"{family}.{name}" for family, names in provider.fields.items() for name in names.split()}
    assert told <= FACTS
    assert {*provider.fields} == {*provider.families, *provider.also_provides} - {LISTING}
    assert {*provider.keyed} <= {*provider.fields}


@VENDORS
def test_no_field_is_promised_that_its_parser_never_names(provider):
    """The other way round, `tests.assets.providers.answers.read` refuses a field that is not promised."""
    home = Path(inspect.getfile(provider))
    files = [home] if home.name != "provider.py" else [*home.parent.glob("*.py")]
    before, declared, after = home.read_text().partition("    fields = {")
    text = (
        before + after.partition("    }\n")[2] + "".join(each.read_text() for each in files if each != home)
    )
    text += " ".join(_tables_of(files, home, provider))
    assert declared
    assert [name for names in provider.fields.values() for name in names.split() if name not in text] == []


def _tables_of(files, home, provider):
    """The names in the tables that these modules import: of fields that several providers read alike."""
    package = provider.__module__.rpartition(".")[0]
    modules = [provider.__module__, *(f"{package}.{each.stem}" for each in files if each != home)]
    for module in map(import_module, modules):
        tables = (value for name, value in vars(module).items() if name.isupper() and isinstance(value, dict))
        yield from (name for table in tables for name in table if isinstance(name, str))


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=CRITERIA)
def test_a_criterion_is_decided_by_facts_of_its_families(criterion):
    assert criterion.decided_by
    assert {*criterion.decided_by} <= FACTS
    assert {each.partition(".")[0] for each in criterion.decided_by} <= {*criterion.families}


def test_sources_are_those_that_tell_a_deciding_fact_of_the_kind():
    assert "goplus" in names_of(sources_of(MINT, "token"))
    assert sources_of(MINT, "equity") == ()
    assert names_of(sources_of(FILED, "equity")) == ["sec_data"]
    assert sources_of(FILED, "token") == ()


def test_who_has_the_family_without_the_deciding_fact_is_no_source():
    """Sourcify reads contracts, and not who may mint."""
    assert "contract" in next(each for each in PROVIDERS if each.name == "sourcify").families
    assert "sourcify" not in names_of(sources_of(MINT, "token"))


def test_a_family_that_is_paid_for_needs_a_key_where_the_others_dont():
    (vesting,) = (each for each in sources_of(UNLOCKS, "token") if each.name == "defillama")
    (locked,) = (
        each
        for each in sources_of(CRITERIA["utility.market_cap_to_tvl"], "token")
        if each.name == "defillama"
    )
    assert vesting.needs_key
    assert not locked.needs_key


@pytest.mark.parametrize(("kind", "criterion"), [("token", "transparency.verified_source")])
def test_who_wants_no_key_comes_first(kind, criterion):
    keys = [each.needs_key for each in sources_of(CRITERIA[criterion], kind)]
    assert keys == sorted(keys)
    assert True in keys


@pytest.mark.parametrize(
    ("chain", "knows", "doesnt"),
    [("solana", "rugcheck", "etherscan"), ("base", "etherscan", "rugcheck"), ("", "etherscan", None)],
)
def test_who_knows_assets_by_contracts_is_named_where_it_covers_the_chain(chain, knows, doesnt):
    asked = [CRITERIA["transparency.verified_source"]]
    named = names_of(who_could_answer(asked, Asset(kind="token", chain=chain)))
    assert knows in named
    assert doesnt not in named


def test_each_is_named_once_whatever_it_could_answer():
    asked = [MINT, CRITERIA["holder_concentration.top_ten_share"]]
    named = names_of(who_could_answer(asked, Asset(kind="token")))
    assert len(named) == len(set(named))


def test_nobody_has_facts_of_an_invented_asset():
    assert who_could_answer([MINT], Asset(kind="token", fictional=True)) == ()


def test_a_provider_names_what_it_answers():
    by_name = {each.provider.name: {one.id for one in each.criteria} for each in capabilities()}
    assert MINT.id in by_name["goplus"]
    assert by_name["sec_www"] == {
        "holder_concentration.insider_ownership",
        "holder_concentration.insider_trades",
        "tokenomics.bid_price",
        "holder_concentration.free_float",
        "liquidity_depth.listing_standing",
        "tokenomics.insolvency",
        "tokenomics.overhang",
        "tokenomics.toxic_capital",
        "transparency.going_concern",
        "transparency.threshold_list",
        "utility.market_cap_to_liabilities",
        "utility.price_change_12m",
        "utility.price_to_sales",
    }


def test_it_is_asked_for_the_family_that_brings_what_is_wanted():
    """Jupiter's mint authority comes with its market."""
    sources = {each.name: each for each in sources_of(CRITERIA["tokenomics.mint_authority"], "token")}
    assert sources["jupiter"].families == ("contract",)
    assert sources["jupiter"].asked_for == ("market",)
    assert sources["goplus"].asked_for == ("contract",)
