"""A database that was filled before a migration has every card after it, and again before."""

from datetime import UTC, datetime, timedelta

import pytest

from screener.models import Scorecard
from screener.services.retention.pack import pack_scorecards

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.slow("screener/migrations", "screener/models"),
]

NOW = datetime(2026, 1, 2, 12, tzinfo=UTC)
TEXTS = (
    *("findings", "exit_costs", "figures", "dimensions", "observations", "context"),
    *("gates_open", "gates_unverified"),
)


@pytest.fixture
def migrate(migrate_to):
    """Take the database to a migration of judgement; its models by name."""

    def to(name):
        apps = migrate_to("screener", name)
        return lambda model, app="screener": apps.get_model(app, model).objects

    return to


def stored(model):
    """Every card as its columns say it."""
    return list(model("Scorecard").order_by("pk").values("pk", "total", *TEXTS))


def test_cards_are_packed_after_the_migration_and_whole_before_it(migrate):
    models = migrate("0013_sandbox_removal")
    asset = models("Asset", "assets").create(kind="token", slug="alpha", name="Alpha")
    for day in range(7):
        models("Scorecard").create(
            asset=asset,
            checklist_version="1",
            scored_at=NOW + timedelta(days=day),
            total=day,
            total_low=0.0,
            total_high=100.0,
            coverage=0.5,
            findings=[{"criterion": f"made.up_{each}", "value": day / 7} for each in range(30)],
            figures={"price_usd": 1e-9 * day} if day % 2 else {"depth_usd": 3.0},
            dimensions={"utility": {"score": day / 10}},
            observations=[day],
            context={"kind": "token", "name": "Ñ"},
            exit_costs=[0.1, None] if day > 2 else None,
            gates_open=["a.gate"] if day else [],
            digest=str(day),
        )
    before = stored(models)
    migrate("0014_packed_scorecards")
    assert sum(pack_scorecards([asset.pk])) == 6
    after = [
        {name: getattr(card, name) for name in before[0]}
        for card in Scorecard.objects.order_by("pk").with_baselines()
    ]
    assert after == before
    models = migrate("0013_sandbox_removal")
    assert stored(models) == before
