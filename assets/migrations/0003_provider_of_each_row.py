from django.db import migrations
from django.db.models import OuterRef, Subquery

OLDER_ROWS = (
    "BookSnapshot",
    "Candle",
    "DisclosureSnapshot",
    "FilingSnapshot",
    "FundamentalsSnapshot",
    "HolderSnapshot",
    "MarketSnapshot",
    "PoolSnapshot",
    "SupplySnapshot",
    "UnlockSchedule",
    "UsageSnapshot",
)


def tell_the_provider(apps, _schema_editor):
    """Rows that were stored before know their provider through their observation only."""
    observations = apps.get_model("assets", "Observation").objects.filter(pk=OuterRef("observation_id"))
    for name in OLDER_ROWS:
        rows = apps.get_model("assets", name).objects.filter(provider="")
        rows.update(provider=Subquery(observations.values("provider")[:1]))


class Migration(migrations.Migration):
    dependencies = [("assets", "0002_every_family")]

    operations = [migrations.RunPython(tell_the_provider, migrations.RunPython.noop)]
