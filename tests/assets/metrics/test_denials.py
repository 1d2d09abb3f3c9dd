from datetime import UTC, datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.metrics import families
from assets.metrics.denials import denied_in, denies
from assets.metrics.facts import stored_columns, stored_rows
from assets.metrics.families import FAMILY_OF
from assets.metrics.precedence import known_in, resolve

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
CONTRACT = FAMILY_OF[families.CONTRACT]
PERSON = "analyst"
PRECEDENCE = (PERSON, "first", "second", "third")
FIELDS = ("honeypot", "mint_authority", "sell_tax_share")
SAID: dict[str, list[object]] = {
    "honeypot": [None, True, False],
    "mint_authority": ["", "none", "wallet", "contract"],
    "sell_tax_share": [None, 0.0, 0.05],
}


def word(provider, pk=1, *, days_ago=0, **fields):
    return {
        "pk": pk,
        "asset_id": 1,
        "observation_id": pk,
        "provider": provider,
        "as_of": NOW - timedelta(days=days_ago),
        "known_at": NOW,
        **fields,
    }


def resolved(*rows):
    """What counts, and the rows that were weighed."""
    names = stored_columns("contract", also=())
    stored = stored_rows(
        "contract", pd.DataFrame.from_records([dict.fromkeys(names) | each for each in rows], columns=names)
    )
    found = resolve(
        stored,
        family=CONTRACT,
        providers=PRECEDENCE,
        known=known_in(stored, CONTRACT.columns, family=CONTRACT),
        denied=denied_in(stored, CONTRACT.columns, family=CONTRACT),
        columns=CONTRACT.columns,
        in_parts=(PERSON,),
    )
    (one,) = found.values(stored, CONTRACT.columns)[[*FIELDS]].to_dict("records")
    return one, {*stored["pk"].iloc[found.giving], *stored["pk"].iloc[found.silent]}


NO, YES = {"honeypot": False}, {"honeypot": True}


@pytest.mark.parametrize(
    ("words", "honeypot"),
    [
        ([word("first", **NO), word("second", 2, **YES)], 1),
        ([word("first", **YES), word("second", 2, **NO)], 1),
        ([word("first", **NO), word("second", 2, **NO)], 0),
        ([word("first"), word("second", 2, **NO)], 0),
        ([word("first"), word("second", 2)], None),
        ([word(PERSON, **NO), word("first", 2, **YES)], 0),
        ([word(PERSON, **YES), word("first", 2, **NO)], 1),
        ([word(PERSON), word("first", 2, **NO), word("second", 3, **YES)], 1),
    ],
)
def test_a_power_that_anybody_reports_is_there(words, honeypot):
    found, _weighed = resolved(*words)
    assert (None if pd.isna(found["honeypot"]) else found["honeypot"]) == honeypot


def test_of_several_reports_the_first_word_counts():
    found, _weighed = resolved(
        word("first", mint_authority="none", sell_tax_share=0.0),
        word("second", 2, mint_authority="contract", sell_tax_share=0.03),
        word("third", 3, mint_authority="wallet", sell_tax_share=0.9),
    )
    assert (found["mint_authority"], found["sell_tax_share"]) == ("contract", 0.03)


def test_what_a_provider_takes_back_is_no_report():
    found, weighed = resolved(
        word("first", 1, days_ago=2, **YES), word("first", 2, **NO), word("second", 3, **NO)
    )
    assert found["honeypot"] == 0
    assert weighed == {2, 3}


def test_who_takes_a_report_back_is_weighed_where_both_gave_something():
    words = [
        word("first", 1, days_ago=3, sell_tax_share=0.05, **YES),
        word("first", 2, days_ago=2, **NO),
        word("first", 3, mint_authority="none"),
        word(PERSON, 4, **NO),
    ]
    found, weighed = resolved(*words)
    assert (found["honeypot"], found["sell_tax_share"]) == (0, 0.05)
    assert weighed == {1, 2, 3, 4}


def test_a_report_much_older_than_the_newest_answer_only_fills_gaps():
    limit = CONTRACT.competes_for
    old = word("second", 2, **YES, mint_authority="wallet")
    old["as_of"] = NOW - limit - timedelta(seconds=1)
    assert resolved(word("first", **NO), old)[0] == {
        "honeypot": 0,
        "mint_authority": "wallet",
        "sell_tax_share": pytest.approx(float("nan"), nan_ok=True),
    }
    old["as_of"] = NOW - limit
    assert resolved(word("first", **NO), old)[0]["honeypot"] == 1


@pytest.mark.parametrize(
    ("field", "value", "is_denial"),
    [
        ("honeypot", False, True),
        ("honeypot", True, False),
        ("honeypot", None, False),
        ("mint_authority", "none", True),
        ("mint_authority", "", False),
        ("sell_tax_share", 0.0, True),
        ("verified_source", False, False),
    ],
)
def test_which_words_deny(field, value, is_denial):
    assert denies(field, value, family=CONTRACT) is is_denial


words_of_all = st.lists(
    st.tuples(
        st.sampled_from(PRECEDENCE), st.integers(0, 70), *(st.sampled_from(SAID[name]) for name in FIELDS)
    ),
    min_size=1,
    max_size=8,
)


def rows_of(words):
    return [
        word(provider, pk, days_ago=age, **dict(zip(FIELDS, said, strict=True)))
        for pk, (provider, age, *said) in enumerate(words, start=1)
    ]


@given(words_of_all)
def test_the_rows_that_were_weighed_give_the_same_again(words):
    rows = rows_of(words)
    found, weighed = resolved(*rows)
    again, _weighed = resolved(*(each for each in rows if each["pk"] in weighed))
    assert str(again) == str(found)


@given(words_of_all)
def test_nothing_is_denied_that_a_vendors_newest_answer_reports(words):
    rows = rows_of(words)
    found, _weighed = resolved(*rows)
    newest = {each["provider"]: each for each in sorted(rows, key=lambda each: (each["as_of"], each["pk"]))}
    last = max(each["as_of"] for each in rows)
    for name in FIELDS:
        if any(each["provider"] == PERSON and each[name] not in (None, "") for each in rows):
            continue
        current = [each for each in newest.values() if last - each["as_of"] <= CONTRACT.competes_for]
        if any(
            each[name] not in (None, "") and not denies(name, each[name], family=CONTRACT) for each in current
        ):
            assert not denies(name, found[name], family=CONTRACT)
            assert not pd.isna(found[name])


@given(words_of_all, st.randoms())
def test_the_order_of_rows_makes_no_difference(words, random):
    rows = rows_of(words)
    shuffled = random.sample(rows, len(rows))
    assert str(resolved(*shuffled)[0]) == str(resolved(*rows)[0])
