import numpy as np
import pytest

from assets.identity.likeness import LETTERS, MIXED, SAME
from assets.metrics.facts import Facts
from assets.metrics.naming import LEVEL_OF
from tests.assets.metrics.batch import NOW, Measured

NAN = np.nan
BOOK = {"asset_id": 1, "venue": "Gate", "pair": "LARK/USDT"}
CONTRACT = {"asset_id": 1, "mint_authority": "none"}


def measured(*, books=(), contract=(), pools=(), **about):
    asset = {"asset_id": 1, "kind": "token", "symbol": "LARK", **about}
    facts = Facts.of(now=NOW, assets=[asset], books=books, contract=contract, pools=pools)
    return Measured(facts)


@pytest.mark.parametrize(
    ("likeness", "level"), [("", 0), (SAME, 1), (LETTERS, 2), (MIXED, 2), ("another", NAN)]
)
def test_a_name_may_be_that_of_a_listed_token(likeness, level):
    found = measured(contract=[CONTRACT], likeness=likeness)["copycat_level"]
    assert found == pytest.approx(level, nan_ok=True)


def test_every_kind_of_likeness_has_its_level():
    assert set(LEVEL_OF) == {"", SAME, LETTERS, MIXED}


@pytest.mark.parametrize("about", [{"symbol": ""}, {"contract": ()}])
def test_of_a_contract_that_nobody_looked_at_the_name_is_not_known(about):
    assert np.isnan(measured(**{"contract": [CONTRACT], **about})["copycat_level"])


@pytest.mark.parametrize(
    ("about", "figures"),
    [
        ({"exchanges": 3, "books": [BOOK]}, (3, 0, 0)),
        ({"exchanges": 3, "delistings": 1, "books": [BOOK]}, (3, 1, 0)),
        ({"delistings": 2}, (0, 2, 0)),
        ({"exchanges": 3}, (3, NAN, 0)),  # nobody has looked whether it is traded
        ({"books": [BOOK]}, (NAN, NAN, 1)),
        ({"books": [BOOK], "listings": 1}, (NAN, NAN, 1)),
        ({"listings": 1}, (NAN, NAN, NAN)),  # a register may know exchanges of which nobody has asked
        ({"pools": [{"asset_id": 1}]}, (NAN, NAN, 1)),
        ({"pools": [{"asset_id": 1}], "listings": 1}, (NAN, NAN, NAN)),
        ({}, (NAN, NAN, NAN)),
    ],
)
def test_exchanges_list_it_or_have_taken_it_off(about, figures):
    found = measured(**about)[["exchanges_count", "delistings_12m", "no_exchange"]].tolist()
    assert found == pytest.approx(list(figures), nan_ok=True)
