from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone, translation

from assets.models import (
    Asset,
    AssetIdentifier,
    DisclosureSnapshot,
    FiledDocument,
    Observation,
    OwnershipReport,
    PoolSnapshot,
    RefreshRun,
)
from assets.services.refreshing import runs
from assets.sourcing.contract import RefusedError, Request, UnsupportedError
from assets.sourcing.messages import localized
from tests.assets.services.vendor import Answers, Vendor, work_off

pytestmark = pytest.mark.django_db(transaction=True)


def start(**changes):
    return runs.start_run(**{"provider": "vendor", "family": "market", **changes})


def test_a_run_wakes_a_worker_of_its_provider(scores):
    start()
    assert scores.woken == ["vendor"]


def test_what_a_dead_worker_left_is_handed_out_again(scores):
    run = start()
    work_off(Answers())
    scores.clear()  # the broker lost the scores
    scores.woken.clear()
    assert runs.resume_runs() == 0, "no provider is asked any more"
    assert scores
    work_off(Answers(), scores)
    run.refresh_from_db()
    assert (run.state, run.rows_stored, run.assets_scored) == ("done", 3, 3)


def test_providers_whose_steps_wait_are_woken_again(scores):
    start()
    scores.woken.clear()
    assert runs.resume_runs() == 1
    assert scores.woken == ["vendor"]


def test_nobody_is_woken_for_nothing(scores):
    start()
    work_off(Answers(), scores)
    scores.woken.clear()
    assert runs.resume_runs() == 0
    assert not scores
    assert not scores.woken


def test_a_stopped_run_takes_no_further_step(scores):
    run = start()
    runs.stop_run(run)
    client = Answers()
    work_off(client)
    run.refresh_from_db()
    assert (run.state, client.asked) == ("stopped", [])


def test_failed_steps_can_be_tried_again(scores):
    run = start()
    work_off(Answers(**{"/2": RefusedError("Not today.")}), scores)
    assert runs.retry_failed(run) == 1
    work_off(Answers(), scores)
    run.refresh_from_db()
    assert (run.state, run.steps_done, run.steps_failed, run.problem) == ("done", 2, 0, "")


def test_a_per_asset_family_asks_for_each_asset_the_provider_knows(scores):
    start()
    work_off(Answers())
    run = start(family="holders", limit=2)
    assert sorted(step.request["path"] for step in run.steps.all()) == ["/a", "/b"]
    assert all(step.asked_ids for step in run.steps.all())


def test_a_name_that_has_ended_is_asked_about_no_more(scores):
    """One asset has another name since, the other one none."""
    start()
    work_off(Answers())
    replaced, gone = (AssetIdentifier.objects.get(value=each) for each in "ab")
    AssetIdentifier.objects.filter(pk__in=[replaced.pk, gone.pk]).update(valid_until=timezone.now())
    AssetIdentifier.objects.create(asset=replaced.asset, namespace="vendor", value="z")
    run = start(family="holders")
    assert [step.request["path"] for step in run.steps.order_by("pk")] == ["/z", "/c"]


def test_named_assets_are_asked_for_in_the_order_given(scores):
    start()
    work_off(Answers())
    assets = dict(Asset.objects.values_list("name", "pk"))
    run = start(family="holders", asset_ids=[assets["c"], 999_999, assets["a"]])
    assert [step.request["path"] for step in run.steps.all()] == ["/c", "/a"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"family": "filings"}, "Vendor has no filings; it has: market, holders."),
        ({"family": "holders"}, "no known asset"),
    ],
)
def test_a_refresh_that_makes_no_sense_is_refused_with_the_reason(scores, changes, why):
    with pytest.raises(runs.RefreshRefusedError, match=why):
        start(**changes)
    assert not RefreshRun.objects.exists()


def test_the_reason_is_in_the_language_of_who_asks(scores):
    with pytest.raises(runs.RefreshRefusedError) as refusal:
        start(family="holders")
    with translation.override("es"):
        assert localized(str(refusal.value)).startswith("No hay nada que preguntar a Vendor sobre tenedores:")


def test_what_keeps_all_of_them_from_being_asked_is_the_reason(scores, monkeypatch):
    class Keyless(Vendor):
        def _requests(self, need, known):
            raise UnsupportedError("Vendor answers with a key only.")

    start()
    work_off(Answers())
    monkeypatch.setattr(runs, "configured", lambda name: Keyless())
    with pytest.raises(runs.RefreshRefusedError, match="with a key only"):
        start(family="holders")


def test_pools_that_somebody_named_lately_are_asked_for(scores, monkeypatch):
    class Node(Vendor):
        per_asset = frozenset({"holders"})
        reads_pools = frozenset({"holders"})

        def _requests(self, need, known):
            named = [value for namespace, value in need.identifiers or () if namespace == "pool:base"]
            return (Request(family="holders", path="/" + "-".join(named)),)

    asset = Asset.objects.create(kind="token", slug="alpha")
    asset.identifiers.create(namespace="vendor", value="a")
    start()
    work_off(Answers())
    now = datetime.now(UTC)
    common = {
        "asset": asset,
        "observation": Observation.objects.first(),
        "provider": "vendor",
        "known_at": now,
    }
    for address, reserve, days, ended in (
        *(("small", 5, 1, False), ("large", 9, 1, False), ("untold", None, 1, False)),
        *(("old", 99, 8, False), ("gone", 99, 1, True), ("small", 4, 2, False)),
    ):
        told = {"address": address, "chain": "base", "reserve_usd": reserve, "ended": ended}
        PoolSnapshot.objects.create(**common, **told, as_of=now - timedelta(days=days))
    monkeypatch.setattr(runs, "configured", lambda name: Node())
    for names in ({"asset_ids": [asset.pk]}, {"identifiers": [("vendor", "a")]}):
        run = start(family="holders", **names)
        assert [step.request["path"] for step in run.steps.all()] == ["/large-small-untold"]


def test_repositories_that_a_project_names_are_asked_for(scores, monkeypatch):
    class Counter(Vendor):
        per_asset = frozenset({"holders"})
        reads_repositories = frozenset({"holders"})

        def _requests(self, need, known):
            named = [value for namespace, value in need.identifiers or () if namespace == "github"]
            return (Request(family="holders", path="/" + "+".join(named)),)

    asset = Asset.objects.create(kind="token", slug="alpha")
    asset.identifiers.create(namespace="vendor", value="a")
    start()
    work_off(Answers())
    now = datetime.now(UTC)
    common = {"observation": Observation.objects.first(), "provider": "vendor", "known_at": now}
    other = Asset.objects.create(kind="token", slug="beta")
    for owner, days, channels in (
        (asset, 3, {"github": "https://github.com/old/core"}),
        (asset, 1, {"github": "https://github.com/Alpha/Core"}),
        (asset, 2, {"github": "https://github.com/alpha/core/"}),
        (asset, 1, {"github": "https://example.com/alpha/site"}),
        (asset, 1, {"homepage": "https://github.com/alpha/site"}),
        (other, 1, {"github": "https://github.com/beta/core"}),
    ):
        as_of = now - timedelta(days=days)
        DisclosureSnapshot.objects.create(asset=owner, **common, channels=channels, as_of=as_of)
    monkeypatch.setattr(runs, "configured", lambda name: Counter())
    for names in ({"asset_ids": [asset.pk]}, {"identifiers": [("vendor", "a")]}):
        run = start(family="holders", **names)
        assert [step.request["path"] for step in run.steps.all()] == ["/alpha/core+old/core"]


def test_documents_that_nobody_has_read_are_asked_for(scores, monkeypatch):
    class Reader(Vendor):
        families = ("market", "holders", "ownership")
        per_asset = frozenset({"holders", "ownership"})
        reads_documents = frozenset({"ownership"})

        def documents(self, filed, *, family, read):
            return tuple(("document", each.document_url) for each in filed if each.accession not in read)

        def _requests(self, need, known):
            named = [value for namespace, value in need.identifiers or () if namespace == "document"]
            return tuple(Request(family="ownership", path=each) for each in named)

    asset = Asset.objects.create(kind="equity", slug="alpha")
    asset.identifiers.create(namespace="vendor", value="a")
    start()
    work_off(Answers())
    observation = Observation.objects.first()
    common = {"asset": asset, "observation": observation, "provider": "vendor"}
    today = datetime.now(UTC)
    for number, age_days in enumerate((1, 2, 900)):
        FiledDocument.objects.create(
            **common,
            as_of=today,
            known_at=today,
            accession=str(number),
            form="4",
            filed_on=(today - timedelta(days=age_days)).date(),
            document_url=f"/doc-{number}",
        )
    OwnershipReport.objects.create(
        **common, as_of=today, known_at=today, accession="0", line=0, form="4", holder="H"
    )
    monkeypatch.setattr(runs, "configured", lambda name: Reader())
    run = start(family="ownership")
    assert [step.request["path"] for step in run.steps.all()] == ["/doc-1"]
