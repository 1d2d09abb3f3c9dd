"""A small provider of two pages, an HTTP client that answers for it, and what its signals line up."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from assets.models import RefreshStep
from assets.services.refreshing import step_queue, steps
from assets.sourcing import rows
from assets.sourcing.contract import (
    DamagedError,
    Parsed,
    Provider,
    Rate,
    RawObservation,
    Request,
    UnreadableError,
)

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
PAGES = {"/1": {"coins": ["a", "b"], "next": "/2"}, "/2": {"coins": ["c"], "next": ""}}


class Vendor(Provider):
    """A small provider of two pages; the client below decides what goes wrong."""

    name = "vendor"
    title = "Vendor"
    website = "https://example.org"
    default_url = "https://example.org"
    rate = Rate(calls=10, per_s=1)
    families = ("market", "holders")
    per_asset = frozenset({"holders"})
    namespaces = ("vendor",)

    def _requests(self, need, known):
        return (Request(family=need.family, path=f"/{need.identifiers[0][1]}" if need.identifiers else "/1"),)

    def parse(self, raw):
        try:
            page = json.loads(raw.body)
        except ValueError as error:
            raise DamagedError("Vendor sent something that is not JSON.") from error
        if not isinstance(page, dict):
            raise UnreadableError("Vendor sent something other than a page.")
        prices = tuple(
            rows.MarketRow(
                asset=rows.AssetRef(kind="token", identifiers=(("vendor", coin),), name=coin),
                as_of=NOW - timedelta(minutes=1),
                price_usd=Decimal(1),
            )
            for coin in page["coins"]
        )
        remarks = tuple(page.get("remarks", ()))
        follow = (Request(family=raw.request.family, path=page["next"]),) if page["next"] else ()
        return Parsed(rows=prices, follow=follow, remarks=remarks, rejected=len(remarks))


class Answers:
    """An HTTP client that answers from a table; an exception in the table is raised."""

    def __init__(self, **changes):
        self.answers = {path: json.dumps(page).encode() for path, page in PAGES.items()} | changes
        self.asked = []

    def ask(self, provider, request):
        self.asked.append(request.path)
        answer = self.answers[request.path]
        if isinstance(answer, Exception):
            raise answer
        return RawObservation(
            provider=provider.name, request=request, status_code=200, body=answer, fetched_at=NOW
        )


def work_off(client, scores=(), *, patient=True):
    """Take what waits until nothing does and judge it; a patient one waits for next tries."""
    for _round in range(100):
        if patient:
            RefreshStep.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))
        due = step_queue.due_steps("vendor", now=timezone.now(), most=1)
        if not due:
            break
        steps.run_step(step_id=due[0].step_id, client=client)
    if scores:
        unscored = RefreshStep.objects.filter(unscored=True).values_list("pk", "asset_ids")
        steps.mark_scored({step_id: len(asset_ids) for step_id, asset_ids in unscored})
        scores.clear()
