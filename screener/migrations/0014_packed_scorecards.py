import zlib

import django.db.models.deletion
from django.db import migrations, models, transaction

AT_ONCE = 500


def unpack(apps, schema_editor):
    """Write every packed card as it was, some in each transaction: an earlier version reads columns only."""
    from screener.models.packing import Baseline, Packed, unpacked

    Scorecard = apps.get_model('screener', 'Scorecard')
    while cards := list(Scorecard.objects.exclude(packed=None).select_related('baseline').order_by('id')[:AT_ONCE]):
        with transaction.atomic(using=schema_editor.connection.alias):
            for card in cards:
                by = card.baseline
                whole = unpacked(
                    Packed(bytes(card.packed), card.figures, card.dimensions),
                    Baseline(zlib.decompress(by.texts), by.figures, by.dimensions),
                )
                Scorecard.objects.filter(pk=card.pk).update(packed=None, baseline=None, **whole)


class Migration(migrations.Migration):
    """Columns that may be null and a new table: nothing of a large table is read or written.

    Cards are packed afterwards, some at a time, by the task `prune`. Backwards all of them are unpacked first.
    """

    atomic = False

    dependencies = [
        ('assets', '0039_paid_promotions'),
        ('screener', '0013_sandbox_removal'),
    ]

    operations = [
        migrations.CreateModel(
            name='ScorecardBaseline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('texts', models.BinaryField()),
                ('figures', models.JSONField(verbose_name='figures')),
                ('dimensions', models.JSONField(verbose_name='dimensions')),
                ('asset', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='assets.asset')),
            ],
            options={
                'verbose_name': 'baseline of scorecards',
                'verbose_name_plural': 'baselines of scorecards',
            },
        ),
        migrations.AddField(
            model_name='scorecard',
            name='packed',
            field=models.BinaryField(default=None, null=True),
        ),
        migrations.AddField(
            model_name='scorecard',
            name='baseline',
            field=models.ForeignKey(db_constraint=False, db_index=False, editable=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='screener.scorecardbaseline'),
        ),
        migrations.RunPython(migrations.RunPython.noop, unpack),
    ]
