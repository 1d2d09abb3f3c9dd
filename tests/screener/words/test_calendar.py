from datetime import date
from types import SimpleNamespace

import pytest

from screener.words.calendar import event_sentence, event_title, kind_title, kinds_title


def event(kind, *words, figures=None, days=None, on=date(2027, 5, 17)):
    return SimpleNamespace(kind=kind, words=words, figures=figures or {}, days=days or {}, on=on)


def unlock(phase="at once", *categories, units=5e6, share=0.1):
    return event(
        "unlock",
        phase,
        *categories,
        figures={"units": units, "of_circulating_share": share},
        days={"from_on": date(2027, 3, 1), "until_on": date(2027, 6, 1)},
    )


def report(*, filed_on):
    return event("filing", "10-Q", days={"period_ends_on": date(2027, 3, 31), "filed_on": filed_on})


def plain(text):
    return text.replace("\u202f", " ").replace("\u2009", " ").replace("\xa0", " ")


@pytest.mark.parametrize(
    ("said", "title", "sentence"),
    [
        (
            unlock("at once", "investors", "team"),
            "Unlock",
            "5.00 M units (10.0 % of circulating), for investors, team",
        ),
        (unlock(units=None, share=None), "Unlock", "amount not known"),
        (
            unlock("begins", "team"),
            "Vesting begins",
            "5.00 M units (10.0 % of circulating), for team, steadily from 1 Mar 2027 to 1 Jun 2027",
        ),
        (
            event("lock-up", "at once", "lockup", figures={"units": 10.0, "of_circulating_share": None}),
            "Lock-up ends",
            "10 units",
        ),
        (
            event("liquidity-lock", "A/B", "uniswap", figures={"locked_share": 0.9}),
            "Liquidity lock ends",
            "90.0 % of the LP tokens of A/B uniswap",
        ),
        (
            event("liquidity-lock", "", "", figures={"locked_share": 0.9}),
            "Liquidity lock ends",
            "90.0 % of the LP tokens of a pool",
        ),
        (
            report(filed_on=None),
            "10-Q due",
            "for the period to 31 Mar 2027, last day of the slowest filers; expected from earlier reports",
        ),
        (
            report(filed_on=date(2027, 5, 17)),
            "10-Q due",
            "for the period to 31 Mar 2027, filed on 17 May 2027",
        ),
        (
            report(filed_on=date(2027, 5, 18)),
            "10-Q due",
            "for the period to 31 Mar 2027, filed late on 18 May 2027",
        ),
        (
            event("split", "reverse_split", figures={"ratio": 0.05}, days={"since_on": None}),
            "Reverse split 1 for 20",
            "",
        ),
        (
            event("split", "possible", figures={"ratio": None}, days={"since_on": date(2027, 1, 1)}),
            "Possible split",
            "ratio not known, not before 1 Jan 2027",
        ),
    ],
)
def test_events_in_words(said, title, sentence):
    assert (plain(event_title(said)), plain(event_sentence(said))) == (title, sentence)


def test_kinds_in_words():
    assert (kind_title("unlock"), kinds_title("unlock")) == ("Unlock", "Unlocks")
