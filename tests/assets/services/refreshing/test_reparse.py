import zlib
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from assets.models import MarketSnapshot, Observation, Payload
from assets.models.whole_json import DamagedRowError
from assets.services.refreshing import reparse, runs
from assets.sourcing import rows as facts
from assets.sourcing.contract import Parsed, UnreadableError
from tests.assets.services.vendor import NOW, Answers, Vendor, work_off

pytestmark = pytest.mark.django_db(transaction=True)

TODAY = datetime.now(UTC)


@pytest.fixture
def asked(scores, monkeypatch):
    monkeypatch.setattr(reparse, "configured", lambda name: Vendor())
    runs.start_run(provider="vendor", family="market")
    work_off(Answers(), scores)


def again(**wanted):
    answers = reparse.kept_answers(provider="vendor", since=NOW - timedelta(days=1), **wanted)
    return list(reparse.reparse_answers(answers, now=TODAY))


def double(parse):
    """A mended parser: it tells twice the price."""

    def parsed(self, raw):
        found = parse(self, raw)
        rows = tuple(
            facts.MarketRow(asset=row.asset, as_of=row.as_of, price_usd=row.price_usd * 2)
            for row in found.rows
        )
        return Parsed(rows=rows)

    return parsed


def test_the_same_parser_changes_nothing(asked):
    assert [each.rows for each in again()] == [0, 0]
    assert Observation.objects.count() == 2
    assert MarketSnapshot.objects.count() == 3


def test_a_mended_parser_appends_what_it_tells_otherwise_once(asked, monkeypatch):
    monkeypatch.setattr(Vendor, "parse", double(Vendor.parse))
    first, second = again()
    assert (first.rows, second.rows) == (2, 1)
    newest = MarketSnapshot.objects.filter(asset_id__in=first.asset_ids).order_by("asset", "-as_of", "-id")
    assert newest[0].price_usd == Decimal(2)
    assert newest[0].as_of == NOW - timedelta(minutes=1), "it was true then"
    assert newest[0].known_at == TODAY, "it is known from now on"
    assert newest[0].observation.reparse_of == first.observation
    assert MarketSnapshot.objects.count() == 6, "the old rows stay"
    assert Payload.objects.count() == 2
    assert [each.rows for each in again()] == [0, 0], "done again it changes nothing"


def test_what_still_cannot_be_read_says_why(asked, monkeypatch):
    def refuse(self, raw):
        raise UnreadableError("Still nonsense.")

    monkeypatch.setattr(Vendor, "parse", refuse)
    assert [each.problem for each in again()] == ["Still nonsense."] * 2


def test_only_what_was_asked_for_is_read(asked):
    assert again(family="holders") == []
    assert not reparse.kept_answers(provider="vendor", since=NOW + timedelta(days=1)).exists()


def test_bodies_are_forgotten_after_their_time_and_what_was_read_stays(asked):
    assert reparse.forget_payloads(days=0, now=NOW + timedelta(days=9_999)) == 0
    assert reparse.forget_payloads(days=30, now=NOW + timedelta(days=30)) == 0
    assert reparse.forget_payloads(days=30, now=NOW + timedelta(days=31)) == 2
    assert MarketSnapshot.objects.count() == 3
    payload = Payload.objects.first()
    assert (payload.is_kept, payload.body, payload.beginning(5)) == (False, b"", b"")
    assert again() == []
    assert Payload.keep(b"{}").is_kept


def test_a_body_that_comes_again_is_kept_again(asked):
    body = Payload.objects.first().body
    reparse.forget_payloads(days=30, now=NOW + timedelta(days=31))
    assert Payload.keep(body).body == body


def test_a_body_that_is_kept_already_is_not_packed_again(db, monkeypatch):
    kept = Payload.keep(b"the same again")
    monkeypatch.setattr(zlib, "compress", None)
    assert Payload.keep(b"the same again") == kept
    with pytest.raises(TypeError):
        Payload.keep(b"another")


@pytest.mark.parametrize("damage", [b"no zlib at all", zlib.compress(b"another body")])
def test_a_body_that_is_damaged_is_told_and_holds_up_no_other(asked, damage):
    payload = Payload.objects.first()
    Payload.objects.filter(pk=payload.pk).update(compressed=damage)
    with pytest.raises(DamagedRowError):
        Payload.objects.get(pk=payload.pk).body  # noqa: B018 - reading it is what fails
    problems = [each.problem for each in again() if each.problem]
    assert problems == [f"payload {payload} is damaged"]
