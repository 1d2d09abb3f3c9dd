import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.checklist import CRITERIA
from screener.screens.columns import CATEGORIES, COLUMNS
from screener.screens.completion import MOST_OPTIONS, completions
from screener.screens.query import LONGEST_QUERY, QueryError, parse
from screener.screens.vocabulary import KEYWORDS
from tests.screener.screens.hostile import HOSTILE, NONSENSE

LABELS = {
    "chain": ["solana", "base", "Arbitrum One"],
    "sector": ["Real World Assets", "DeFi"],
    "tag": ["ai", "watch this"],
    "watch": ["any", "My list"],
}
SIGNS = ["<", "<=", ">", ">=", "=", "!=", ":"]


def complete(query):
    """`|` is the caret."""
    caret = query.index("|")
    text = query.replace("|", "", 1)
    return text, completions(text, caret, labels=LABELS)


def offered(query):
    return [each.text for each in complete(query)[1].options]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("mark|", "market_cap"),
        ("MARK|", "market_cap"),
        ("cap|", "market_cap"),
        ("mcap|", "market_cap"),
        ("vol|", "volume"),
        ("whal|", "largest_wallet"),
        ("total v|", "volume"),
        ("nakamo|", "nakamoto"),
        ("buying|", "insider_buying"),
        ("mktcp|", "market_cap"),
        ("chai|", "chain:"),
        ("miss|", "missing:"),
        ("gat|", "gate:"),
        ("stat|", "state:"),
        ("nam|", "name~"),
        ("perc|", "pct("),
        ("a an|", "and"),
        ("a or no|", "not"),
        ("(sco|", "score"),
        ("not sco|", "score"),
        ("score > 60 sco|", "score"),
        ("chain:solana sco|", "score"),
        ("price sco|", "score"),
        ("pct(liq|", "liquidity"),
        ("changed:sc|", "score"),
        ("changed:score |", "1d"),
        ("changed:score 7d |", "<"),
        ("market_cap |", "<"),
        ("MCAP_to_tvl |", "<"),
        ("pct(score) |", "<"),
        ("pct(exit_days(5)) |", "<"),
        ("exit_days(5000) |", "<"),
        ("missing:revenue |", "score"),
        ("(a) |", "score"),
        ("chain:|", "solana"),
        ("chain : |", "solana"),
        ("chain:b|", "base"),
        ("chain:solana, b|", "base"),
        ("chain:one|", '"Arbitrum One"'),
        ('sector:"re|', '"Real World Assets"'),
        ("sector:“re|", '"Real World Assets"'),
        ("tag:wa|", '"watch this"'),
        ("watch:|", "any"),
        ("watch:my|", '"My list"'),
        ("missing:tv|", "tvl"),
        ("known:sec|", "sector"),
        ("gate:unv|", "unverified"),
        ("gate:mint|", "tokenomics.mint_authority"),
        ("state:top_t|", "holder_concentration.top_ten_share="),
        ("state:transparency.audit=|", "pass"),
        ("state:transparency.audit=fail,c|", "caution"),
    ],
)
def test_what_fits_the_place_comes_first(query, first):
    assert offered(query)[0] == first


@pytest.mark.parametrize(
    "query",
    [
        "market_cap <|",
        "market_cap < |",
        "name~|",
        "exit_days(|",
        '"abc"|',
        "a, |",
        "qqzzx|",
        "unheard:|",
        "chain:zz|",
    ],
)
def test_where_nothing_is_known_to_fit_nothing_is_offered(query):
    assert offered(query) == []


@pytest.mark.parametrize(
    ("query", "options"),
    [
        ("market_cap |", SIGNS),
        ("chain:solana,|", ["base", '"Arbitrum One"']),
        ('sector:"Real World Assets",|', ["DeFi"]),
        ("state:transparency.audit=fail,|", ["pass", "caution", "unknown", "n-a", "stale", "questioned"]),
        ("watch:|", ["any", '"My list"']),
        ("changed:score |", ["1d", "7d", "30d", "90d", "365d"]),
    ],
)
def test_what_is_offered_is_complete_and_never_twice(query, options):
    assert offered(query) == options


@pytest.mark.parametrize(
    ("query", "option", "result"),
    [
        ("a mark|", "market_cap", "a market_cap"),
        ("mark|et < 5", "market_cap", "market_cap < 5"),
        ("chain:so|l score > 5", "solana", "chain:solana score > 5"),
        ('sector:"Rea|', '"Real World Assets"', 'sector:"Real World Assets"'),
        ('sector:"Re|al World" a', '"Real World Assets"', 'sector:"Real World Assets" a'),
        ('sector:"Rea| tag:"ai"', '"Real World Assets"', 'sector:"Real World Assets" tag:"ai"'),
        ("market_cap |< 5", "<=", "market_cap <=< 5"),
        ("a |b", "score", "a scoreb"),
    ],
)
def test_the_option_replaces_the_word_under_the_caret(query, option, result):
    text, completion = complete(query)
    assert option in [each.text for each in completion.options]
    assert text[: completion.start] + option + text[completion.end :] == result


def test_an_empty_line_offers_some_of_everything():
    query = offered("|")
    assert {"score", "chain:", "gate:", "missing:"} <= set(query)
    assert len(query) == MOST_OPTIONS
    assert "and" not in offered("an|")


def test_options_tell_the_unit_and_what_it_means():
    option = complete("market_c|")[1].options[0]
    assert (option.label, option.unit) == ("Market cap", "US dollars")
    assert option.detail.startswith("Price ×")
    assert complete("state:transparency.audit|")[1].options[0].label == CRITERIA["transparency.audit"].title


@pytest.mark.parametrize("column", COLUMNS, ids=lambda each: each.key)
def test_every_column_is_found_under_all_its_names(column):
    for name in (column.key, *column.aliases):
        assert offered(f"{name}|")[0] == column.key


@pytest.mark.parametrize("word", [*(each.key for each in CATEGORIES), *KEYWORDS])
def test_every_category_and_keyword_is_offered(word):
    assert f"{word}:" in offered(f"{word}|")


@given(text=NONSENSE, caret=st.integers(-5, 80))
def test_any_text_can_be_completed(text, caret):
    completion = completions(text, caret, labels=LABELS)
    assert 0 <= completion.start <= max(0, min(caret, len(text))) <= completion.end <= len(text)
    assert len(completion.options) <= MOST_OPTIONS
    assert len({each.text for each in completion.options}) == len(completion.options)


@given(label=st.text(min_size=1, max_size=20))
def test_a_label_that_is_offered_can_be_read(label):
    options = completions("sector:", 7, labels={"sector": [label]}).options
    try:
        condition = parse(f"sector:{options[0].text}")
    except QueryError as error:
        pytest.fail(str(error))
    assert condition.labels == (label,)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_are_completed_at_once(text):
    begun = time.thread_time()
    completion = completions(text, len(text), labels=LABELS)
    assert time.thread_time() - begun < 0.25
    assert len(text) <= LONGEST_QUERY or completion.options == ()
