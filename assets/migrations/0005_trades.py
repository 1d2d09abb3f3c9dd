import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assets', '0004_walks_of_the_universe'),
    ]

    operations = [
        migrations.CreateModel(
            name='Trade',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=32, verbose_name='provider')),
                ('as_of', models.DateTimeField(verbose_name='as of')),
                ('known_at', models.DateTimeField(verbose_name='known at')),
                ('market', models.CharField(max_length=128, verbose_name='market')),
                ('reference', models.CharField(max_length=200, verbose_name='reference')),
                ('side', models.CharField(max_length=4, verbose_name='side')),
                ('amount', models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='amount')),
                ('price_usd', models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='price')),
                ('volume_usd', models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='volume')),
                ('account', models.CharField(blank=True, max_length=128, verbose_name='account')),
                ('asset', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='assets.asset')),
                ('observation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assets.observation')),
            ],
            options={
                'verbose_name': 'trade',
                'verbose_name_plural': 'trades',
                'ordering': ('-as_of', '-id'),
                'abstract': False,
                'indexes': [models.Index(fields=['asset', 'provider', '-as_of', '-id'], name='trade_newest')],
            },
        ),
    ]
