from collections import defaultdict

from django.db import migrations, models
from django.db.models import OuterRef, Subquery

from assets.identity.likeness import Bearer, likeness_of, skeletons_of

BATCH = 2_000
MAJOR_RANK = 1_000


def name_the_largest(apps, schema_editor):
    """Those that CoinGecko lists, by their newest market cap; the next walk over its markets says it itself."""
    markets = apps.get_model("assets", "MarketSnapshot").objects
    newest = markets.filter(asset=OuterRef("pk"), provider="coingecko").order_by("-as_of", "-id")
    assets = apps.get_model("assets", "Asset").objects
    listed = assets.filter(identifiers__namespace="coingecko", identifiers__valid_until=None)
    largest = listed.annotate(cap=Subquery(newest.values("market_cap_usd")[:1])).exclude(cap=None)
    ids = list(largest.order_by("-cap", "pk").values_list("pk", flat=True)[:MAJOR_RANK])
    for start in range(0, len(ids), 500):
        assets.filter(pk__in=ids[start : start + 500]).update(major=True)


def mark_stored_names(apps, schema_editor):
    """Looks leave out pictures and signs now; a small one is a model only with symbol and name together."""
    assets = apps.get_model("assets", "Asset").objects.filter(fictional=False)
    identifiers = apps.get_model("assets", "AssetIdentifier").objects.filter(valid_until=None)
    names = defaultdict(set)
    for asset_id, namespace, value in identifiers.values_list("asset_id", "namespace", "value").iterator():
        names[asset_id].add((namespace, value))
    bearers, listed = {}, defaultdict(list)
    for asset in assets.iterator():
        own = frozenset(names[asset.pk])
        bearer = Bearer(
            symbol=asset.symbol,
            name=asset.name,
            identifiers=own,
            is_listed=any(not each[0].startswith(("address:", "sandbox", "currency:")) for each in own),
            is_major=asset.major,
        )
        bearers[asset.pk] = bearer
        for look in {*skeletons_of(asset.symbol, asset.name)} - {""} if bearer.is_listed else ():
            listed[look].append(bearer)
    changed = []
    for asset in assets.iterator():
        looks = skeletons_of(asset.symbol, asset.name)
        alike = {id(each): each for look in looks for each in listed.get(look, ())}
        mark = likeness_of(bearers[asset.pk], alike.values())
        before = (asset.symbol_look, asset.name_look, asset.likeness, asset.likeness_of)
        now = (*looks, mark.kind, mark.of[:200])
        if now != before:
            asset.symbol_look, asset.name_look, asset.likeness, asset.likeness_of = now
            changed.append(asset)
    fields = ["symbol_look", "name_look", "likeness", "likeness_of"]
    apps.get_model("assets", "Asset").objects.bulk_update(changed, fields, batch_size=BATCH)


class Migration(migrations.Migration):

    dependencies = [
        ('assets', '0021_contracts_that_were_merged'),
    ]

    operations = [
        migrations.AddField(
            model_name='asset',
            name='major',
            field=models.BooleanField(db_default=False, default=False, help_text='A register has ranked it among the largest by market cap: others take its name.', verbose_name='major'),
        ),
        migrations.RunPython(name_the_largest, migrations.RunPython.noop),
        migrations.RunPython(mark_stored_names, migrations.RunPython.noop),
    ]
