import pytest

from screener.benches import abuse
from screener.benches.attacks import ATTACKS
from screener.benches.beside import Beside
from screener.benches.strangers import CUT_OFF, NO_ANSWER, AttackAnswer
from tests.screener.benches.watched import PAGES


@pytest.mark.slow(*PAGES, "screener/admission", "screener/asgi.py")
def test_a_server_is_attacked_while_somebody_reads(monkeypatch):
    monkeypatch.setattr(abuse, "WARM_UP", 4)
    rows = list(
        abuse.measure([200], seconds=2, attacks=("long-address", "notes-words"), databases=("sqlite",))
    )
    assert [row["attack"] for row in rows] == ["long-address", "notes-words"]
    assert rows[0]["refused"] == rows[0]["requests"] > 0
    assert all(row["peak_rss_mb"] > 50 and row["healthz_worst_ms"] > 0 for row in rows)
    assert all(row["unanswered"] == row["reader_errors"] == 0 for row in rows)


def test_a_row_tells_the_worst_and_who_was_refused():
    answers = [
        AttackAnswer(200, 10.4),
        AttackAnswer(503, 3),
        AttackAnswer(CUT_OFF, 2),
        AttackAnswer(NO_ANSWER, 60_000),
    ]
    beside = Beside(healthz_ms=[1, 7], reader_ms=[5.0], reader_errors=1, rss_mb=99.6, disk_mb=0.2)
    row = abuse._row(ATTACKS["changed"], answers, beside)
    assert (row["attack"], row["requests"], row["worst_ms"]) == ("changed", 4, 60_000)
    assert (row["healthz_worst_ms"], row["reader_p95_ms"], row["reader_errors"]) == (7, 5, 1)
    assert (row["refused"], row["unanswered"], row["statuses"]) == (2, 1, "0 1 200 503")
    assert (row["peak_rss_mb"], row["peak_disk_mb"]) == (100, 0)
