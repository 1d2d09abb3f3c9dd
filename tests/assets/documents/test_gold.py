"""Gold sets: precision and recall of the rules, on a set of our own and on the recorded one."""

import gzip

import pytest

from assets.documents.gold import measure
from tests.end_to_end.installation import REPLAY

GOLD = REPLAY.parent / "gold" if REPLAY.is_dir() else REPLAY.parent.parent / "gold"


def test_a_set_of_our_own(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Losses raise substantial doubt about our ability to continue as a going concern."
    )
    with gzip.open(tmp_path / "b.txt.gz", "wt") as file:
        file.write("Nothing to report.")
    (tmp_path / "c.json").write_text('{"item_1": "There is no substantial doubt about our going concern."}')
    rows = ["document,label", "a.txt,yes", "b.txt,yes", "c.json,no", "gone.txt,no"]
    (tmp_path / "going_concern.csv").write_text("\n".join(rows))
    (score,) = measure(tmp_path, tmp_path)
    assert (score.precision("yes"), score.recall("yes"), score.missing) == (1.0, 0.5, 1)
    assert (score.precision("no"), score.recall("no")) == (0.5, 1.0)
    assert score.accuracy == pytest.approx(2 / 3)
    assert score.wrong == ["b.txt: yes, read as no"]


def test_events_and_offerings_of_our_own(tmp_path):
    text = (
        "Item 1.01 Entry into a Material Definitive Agreement. Acme sold 1,000,000 shares of common stock"
        " at a purchase"
        " price of $2.00 per share in a registered direct offering. Item 4.01 Changes in Registrant's"
        " Certifying"
        " Accountant. On May 3, 2024 Acme dismissed its auditor."
    )
    (tmp_path / "a.txt").write_text(text)
    (tmp_path / "eight_k_items.csv").write_text("document,item,event\na.txt,4.01,auditor_dismissed\n")
    (tmp_path / "offerings.csv").write_text(
        "document,form,type,amount_usd,price_usd,warrants,warrant_strike_usd\n"
        'a.txt,8-K,registered_direct,"about 2,000,000",2.00,,\n'
    )
    scores = measure(tmp_path, tmp_path)
    assert [each.accuracy for each in scores] == [1.0] * 6


@pytest.mark.shared
@pytest.mark.skipif(
    not (GOLD / "going_concern.csv").exists(), reason="the gold sets are not beside the checkout"
)
def test_the_recorded_sets():
    scores = {each.name: each for each in measure(GOLD, GOLD.parent / "data" / "providers")}
    concern = scores["going concern"]
    assert concern.precision("yes") >= 0.95
    assert concern.recall("yes") >= 0.9
    assert scores["8-K items"].accuracy >= 0.95
    assert scores["offerings, kind"].accuracy >= 0.95
    assert scores["offerings, amount"].accuracy >= 0.9
