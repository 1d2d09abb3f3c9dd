
import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assets', '0001_facts'),
    ]

    operations = [
        migrations.CreateModel(
            name='CapitalEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=32, verbose_name='provider')),
                ('as_of', models.DateTimeField(verbose_name='as of')),
                ('known_at', models.DateTimeField(verbose_name='known at')),
                ('event', models.CharField(max_length=24, verbose_name='event')),
                ('happened_on', models.DateField(verbose_name='happened on')),
                ('accession', models.CharField(blank=True, max_length=32, verbose_name='accession number')),
                ('ratio', models.FloatField(blank=True, null=True, verbose_name='new shares for an old one')),
                ('shares', models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='shares')),
                ('amount_usd', models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='amount')),
                ('source_url', models.URLField(blank=True, max_length=500, verbose_name='source')),
            ],
            options={
                'verbose_name': 'capital event',
                'verbose_name_plural': 'capital events',
                'ordering': ('-as_of', '-id'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ContractSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=32, verbose_name='provider')),
                ('as_of', models.DateTimeField(verbose_name='as of')),
                ('known_at', models.DateTimeField(verbose_name='known at')),
                ('verified_source', models.BooleanField(blank=True, null=True, verbose_name='source is verified')),
                ('mint_authority', models.CharField(blank=True, max_length=16, verbose_name='who may mint')),
                ('freeze_authority', models.CharField(blank=True, max_length=16, verbose_name='who may freeze')),
                ('owner_authority', models.CharField(blank=True, max_length=16, verbose_name='who owns the contract')),
                ('owner_address', models.CharField(blank=True, max_length=128, verbose_name='owner')),
                ('creator_address', models.CharField(blank=True, max_length=128, verbose_name='creator')),
                ('creator_share', models.FloatField(blank=True, null=True, verbose_name='held by the creator')),
                ('creator_earlier_tokens', models.PositiveIntegerField(blank=True, null=True, verbose_name="the creator's earlier tokens")),
                ('proxy', models.BooleanField(blank=True, null=True, verbose_name='can be replaced (proxy)')),
                ('pausable', models.BooleanField(blank=True, null=True, verbose_name='transfers can be paused')),
                ('blacklist', models.BooleanField(blank=True, null=True, verbose_name='holders can be blacklisted')),
                ('honeypot', models.BooleanField(blank=True, null=True, verbose_name="can't be sold (honeypot)")),
                ('hidden_owner', models.BooleanField(blank=True, null=True, verbose_name='hidden owner')),
                ('balance_mutable', models.BooleanField(blank=True, null=True, verbose_name='balances can be changed')),
                ('tax_mutable', models.BooleanField(blank=True, null=True, verbose_name='taxes can be changed')),
                ('buy_tax_share', models.FloatField(blank=True, null=True, verbose_name='buy tax')),
                ('sell_tax_share', models.FloatField(blank=True, null=True, verbose_name='sell tax')),
                ('deployed_at', models.DateTimeField(blank=True, null=True, verbose_name='deployed at')),
            ],
            options={
                'verbose_name': 'contract snapshot',
                'verbose_name_plural': 'contract snapshots',
                'ordering': ('-as_of', '-id'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='FiledDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=32, verbose_name='provider')),
                ('as_of', models.DateTimeField(verbose_name='as of')),
                ('known_at', models.DateTimeField(verbose_name='known at')),
                ('accession', models.CharField(max_length=32, verbose_name='accession number')),
                ('form', models.CharField(max_length=32, verbose_name='form')),
                ('filed_on', models.DateField(verbose_name='filed on')),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='accepted at')),
                ('period_ends_on', models.DateField(blank=True, null=True, verbose_name='period ends on')),
                ('items', models.CharField(blank=True, max_length=200, verbose_name='items')),
                ('document_url', models.URLField(blank=True, max_length=500, verbose_name='document')),
            ],
            options={
                'verbose_name': 'filed document',
                'verbose_name_plural': 'filed documents',
                'ordering': ('-as_of', '-id'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Inquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=32, verbose_name='provider')),
                ('family', models.CharField(max_length=32, verbose_name='family')),
                ('asked_at', models.DateTimeField(verbose_name='asked at')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered at')),
                ('problem', models.TextField(blank=True, verbose_name='problem')),
            ],
            options={
                'verbose_name': 'inquiry',
                'verbose_name_plural': 'inquiries',
            },
        ),
        migrations.CreateModel(
            name='OwnershipReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=32, verbose_name='provider')),
                ('as_of', models.DateTimeField(verbose_name='as of')),
                ('known_at', models.DateTimeField(verbose_name='known at')),
                ('accession', models.CharField(max_length=32, verbose_name='accession number')),
                ('line', models.PositiveIntegerField(verbose_name='line')),
                ('form', models.CharField(max_length=32, verbose_name='form')),
                ('filed_on', models.DateField(blank=True, null=True, verbose_name='filed on')),
                ('holder', models.CharField(max_length=200, verbose_name='holder')),
                ('holder_cik', models.CharField(blank=True, max_length=16, verbose_name="holder's CIK")),
                ('role', models.CharField(blank=True, max_length=24, verbose_name='role')),
                ('title', models.CharField(blank=True, max_length=160, verbose_name='title')),
                ('happened_on', models.DateField(blank=True, null=True, verbose_name='happened on')),
                ('code', models.CharField(blank=True, max_length=4, verbose_name='transaction code')),
                ('change', models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='change in shares')),
                ('price_usd', models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='price')),
                ('shares', models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='shares after it')),
                ('share', models.FloatField(blank=True, null=True, verbose_name='share of the class')),
                ('is_derivative', models.BooleanField(default=False, verbose_name='derivative')),
                ('is_direct', models.BooleanField(blank=True, null=True, verbose_name='held directly')),
                ('source_url', models.URLField(blank=True, max_length=500, verbose_name='source')),
            ],
            options={
                'verbose_name': 'ownership report',
                'verbose_name_plural': 'ownership reports',
                'ordering': ('-as_of', '-id'),
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='VenueSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('provider', models.CharField(max_length=32, verbose_name='provider')),
                ('as_of', models.DateTimeField(verbose_name='as of')),
                ('known_at', models.DateTimeField(verbose_name='known at')),
                ('venue', models.CharField(max_length=64, verbose_name='venue')),
                ('tier', models.CharField(blank=True, max_length=16, verbose_name='tier')),
            ],
            options={
                'verbose_name': 'venue snapshot',
                'verbose_name_plural': 'venue snapshots',
                'ordering': ('-as_of', '-id'),
                'abstract': False,
            },
        ),
        migrations.RemoveIndex(
            model_name='booksnapshot',
            name='booksnapshot_latest',
        ),
        migrations.RemoveIndex(
            model_name='candle',
            name='candle_latest',
        ),
        migrations.RemoveIndex(
            model_name='disclosuresnapshot',
            name='disclosuresnapshot_latest',
        ),
        migrations.RemoveIndex(
            model_name='filingsnapshot',
            name='filingsnapshot_latest',
        ),
        migrations.RemoveIndex(
            model_name='fundamentalssnapshot',
            name='fundamentalssnapshot_latest',
        ),
        migrations.RemoveIndex(
            model_name='holdersnapshot',
            name='holdersnapshot_latest',
        ),
        migrations.RemoveIndex(
            model_name='marketsnapshot',
            name='marketsnapshot_latest',
        ),
        migrations.RemoveIndex(
            model_name='poolsnapshot',
            name='poolsnapshot_latest',
        ),
        migrations.RemoveIndex(
            model_name='supplysnapshot',
            name='supplysnapshot_latest',
        ),
        migrations.RemoveIndex(
            model_name='unlockschedule',
            name='unlockschedule_latest',
        ),
        migrations.RemoveIndex(
            model_name='usagesnapshot',
            name='usagesnapshot_latest',
        ),
        migrations.AddField(
            model_name='booksnapshot',
            name='asks',
            field=models.JSONField(blank=True, default=list, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='asks'),
        ),
        migrations.AddField(
            model_name='booksnapshot',
            name='bids',
            field=models.JSONField(blank=True, default=list, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='bids'),
        ),
        migrations.AddField(
            model_name='booksnapshot',
            name='provider',
            field=models.CharField(default='', max_length=32, verbose_name='provider'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='booksnapshot',
            name='quote',
            field=models.CharField(blank=True, max_length=32, verbose_name='quote currency'),
        ),
        migrations.AddField(
            model_name='booksnapshot',
            name='truncated',
            field=models.BooleanField(blank=True, null=True, verbose_name='cut before 2 % from its middle'),
        ),
        migrations.AddField(
            model_name='candle',
            name='provider',
            field=models.CharField(default='', max_length=32, verbose_name='provider'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='disclosuresnapshot',
            name='commits_4w',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='commits in four weeks'),
        ),
        migrations.AddField(
            model_name='disclosuresnapshot',
            name='contributors',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='contributors'),
        ),
        migrations.AddField(
            model_name='disclosuresnapshot',
            name='provider',
            field=models.CharField(default='', max_length=32, verbose_name='provider'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='filingsnapshot',
            name='auditor_changes_24m',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='changes of the auditor'),
        ),
        migrations.AddField(
            model_name='filingsnapshot',
            name='late_notices_24m',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='late notices'),
        ),
        migrations.AddField(
            model_name='filingsnapshot',
            name='provider',
            field=models.CharField(default='', max_length=32, verbose_name='provider'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='filingsnapshot',
            name='restatements_24m',
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name='restatements'),
        ),
        migrations.AddField(
            model_name='fundamentalssnapshot',
            name='accession',
            field=models.CharField(blank=True, max_length=32, verbose_name='accession number'),
        ),
        migrations.AddField(
            model_name='fundamentalssnapshot',
            name='current_assets_usd',
            field=models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='current assets'),
        ),
        migrations.AddField(
            model_name='fundamentalssnapshot',
            name='current_liabilities_usd',
            field=models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='current liabilities'),
        ),
        migrations.AddField(
            model_name='fundamentalssnapshot',
            name='debt_usd',
            field=models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='debt'),
        ),
        migrations.AddField(
            model_name='fundamentalssnapshot',
            name='depreciation_ttm_usd',
            field=models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='depreciation and amortisation, 12 months'),
        ),
        migrations.AddField(
            model_name='fundamentalssnapshot',
            name='equity_usd',
            field=models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='equity'),
        ),
        migrations.AddField(
            model_name='fundamentalssnapshot',
            name='form',
            field=models.CharField(blank=True, max_length=16, verbose_name='form'),
        ),
        migrations.AddField(
            model_name='fundamentalssnapshot',
            name='gross_profit_ttm_usd',
            field=models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='gross profit, 12 months'),
        ),
        migrations.AddField(
            model_name='fundamentalssnapshot',
            name='net_income_ttm_usd',
            field=models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='net income, 12 months'),
        ),
        migrations.AddField(
            model_name='fundamentalssnapshot',
            name='operating_income_ttm_usd',
            field=models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='operating income, 12 months'),
        ),
        migrations.AddField(
            model_name='fundamentalssnapshot',
            name='period_ends_on',
            field=models.DateField(blank=True, null=True, verbose_name='period ends on'),
        ),
        migrations.AddField(
            model_name='fundamentalssnapshot',
            name='property_usd',
            field=models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='property, plant and equipment'),
        ),
        migrations.AddField(
            model_name='fundamentalssnapshot',
            name='provider',
            field=models.CharField(default='', max_length=32, verbose_name='provider'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='fundamentalssnapshot',
            name='public_float_usd',
            field=models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='public float'),
        ),
        migrations.AddField(
            model_name='fundamentalssnapshot',
            name='receivables_usd',
            field=models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='receivables'),
        ),
        migrations.AddField(
            model_name='fundamentalssnapshot',
            name='retained_earnings_usd',
            field=models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='retained earnings'),
        ),
        migrations.AddField(
            model_name='fundamentalssnapshot',
            name='selling_general_admin_ttm_usd',
            field=models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='overheads (SG&A), 12 months'),
        ),
        migrations.AddField(
            model_name='fundamentalssnapshot',
            name='shares_outstanding',
            field=models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='shares outstanding'),
        ),
        migrations.AddField(
            model_name='fundamentalssnapshot',
            name='total_assets_usd',
            field=models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='total assets'),
        ),
        migrations.AddField(
            model_name='holdersnapshot',
            name='buckets',
            field=models.JSONField(blank=True, default=dict, verbose_name='shares by rank'),
        ),
        migrations.AddField(
            model_name='holdersnapshot',
            name='provider',
            field=models.CharField(default='', max_length=32, verbose_name='provider'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='holdersnapshot',
            name='supply',
            field=models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='supply they are shares of'),
        ),
        migrations.AddField(
            model_name='marketsnapshot',
            name='provider',
            field=models.CharField(default='', max_length=32, verbose_name='provider'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='observation',
            name='reread_of',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assets.observation', verbose_name='read again'),
        ),
        migrations.AddField(
            model_name='poolsnapshot',
            name='base_reserve',
            field=models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='reserve, in units'),
        ),
        migrations.AddField(
            model_name='poolsnapshot',
            name='lp_free_holder',
            field=models.CharField(blank=True, max_length=128, verbose_name='largest free LP holder'),
        ),
        migrations.AddField(
            model_name='poolsnapshot',
            name='lp_free_share',
            field=models.FloatField(blank=True, null=True, verbose_name='LP neither burned nor locked'),
        ),
        migrations.AddField(
            model_name='poolsnapshot',
            name='provider',
            field=models.CharField(default='', max_length=32, verbose_name='provider'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='poolsnapshot',
            name='quote_reserve',
            field=models.DecimalField(blank=True, decimal_places=30, max_digits=60, null=True, verbose_name='reserve of the counterpart, in units'),
        ),
        migrations.AddField(
            model_name='refreshrun',
            name='priority',
            field=models.PositiveSmallIntegerField(default=0, help_text='Runs of a higher priority are asked first.', verbose_name='priority'),
        ),
        migrations.AddField(
            model_name='refreshstep',
            name='asked_ids',
            field=models.JSONField(blank=True, default=list, verbose_name='assets that it asks about'),
        ),
        migrations.AddField(
            model_name='refreshstep',
            name='next_try_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='next try at'),
        ),
        migrations.AddField(
            model_name='supplysnapshot',
            name='provider',
            field=models.CharField(default='', max_length=32, verbose_name='provider'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='unlockevent',
            name='ends_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='ends at'),
        ),
        migrations.AddField(
            model_name='unlockschedule',
            name='provider',
            field=models.CharField(default='', max_length=32, verbose_name='provider'),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='usagesnapshot',
            name='provider',
            field=models.CharField(default='', max_length=32, verbose_name='provider'),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name='payload',
            name='compressed',
            field=models.BinaryField(null=True),
        ),
        migrations.AddIndex(
            model_name='booksnapshot',
            index=models.Index(fields=['asset', 'provider', '-as_of', '-id'], name='booksnapshot_newest'),
        ),
        migrations.AddIndex(
            model_name='candle',
            index=models.Index(fields=['asset', 'provider', '-as_of', '-id'], name='candle_newest'),
        ),
        migrations.AddIndex(
            model_name='disclosuresnapshot',
            index=models.Index(fields=['asset', 'provider', '-as_of', '-id'], name='disclosuresnapshot_newest'),
        ),
        migrations.AddIndex(
            model_name='filingsnapshot',
            index=models.Index(fields=['asset', 'provider', '-as_of', '-id'], name='filingsnapshot_newest'),
        ),
        migrations.AddIndex(
            model_name='fundamentalssnapshot',
            index=models.Index(fields=['asset', 'provider', '-as_of', '-id'], name='fundamentalssnapshot_newest'),
        ),
        migrations.AddIndex(
            model_name='holdersnapshot',
            index=models.Index(fields=['asset', 'provider', '-as_of', '-id'], name='holdersnapshot_newest'),
        ),
        migrations.AddIndex(
            model_name='marketsnapshot',
            index=models.Index(fields=['asset', 'provider', '-as_of', '-id'], name='marketsnapshot_newest'),
        ),
        migrations.AddIndex(
            model_name='poolsnapshot',
            index=models.Index(fields=['asset', 'provider', '-as_of', '-id'], name='poolsnapshot_newest'),
        ),
        migrations.AddIndex(
            model_name='supplysnapshot',
            index=models.Index(fields=['asset', 'provider', '-as_of', '-id'], name='supplysnapshot_newest'),
        ),
        migrations.AddIndex(
            model_name='unlockschedule',
            index=models.Index(fields=['asset', 'provider', '-as_of', '-id'], name='unlockschedule_newest'),
        ),
        migrations.AddIndex(
            model_name='usagesnapshot',
            index=models.Index(fields=['asset', 'provider', '-as_of', '-id'], name='usagesnapshot_newest'),
        ),
        migrations.AddField(
            model_name='capitalevent',
            name='asset',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='assets.asset'),
        ),
        migrations.AddField(
            model_name='capitalevent',
            name='observation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assets.observation'),
        ),
        migrations.AddField(
            model_name='contractsnapshot',
            name='asset',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='assets.asset'),
        ),
        migrations.AddField(
            model_name='contractsnapshot',
            name='observation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assets.observation'),
        ),
        migrations.AddField(
            model_name='fileddocument',
            name='asset',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='assets.asset'),
        ),
        migrations.AddField(
            model_name='fileddocument',
            name='observation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assets.observation'),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='asset',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='inquiries', to='assets.asset'),
        ),
        migrations.AddField(
            model_name='ownershipreport',
            name='asset',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='assets.asset'),
        ),
        migrations.AddField(
            model_name='ownershipreport',
            name='observation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assets.observation'),
        ),
        migrations.AddField(
            model_name='venuesnapshot',
            name='asset',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='assets.asset'),
        ),
        migrations.AddField(
            model_name='venuesnapshot',
            name='observation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='assets.observation'),
        ),
        migrations.AddIndex(
            model_name='capitalevent',
            index=models.Index(fields=['asset', 'provider', '-as_of', '-id'], name='capitalevent_newest'),
        ),
        migrations.AddIndex(
            model_name='contractsnapshot',
            index=models.Index(fields=['asset', 'provider', '-as_of', '-id'], name='contractsnapshot_newest'),
        ),
        migrations.AddIndex(
            model_name='fileddocument',
            index=models.Index(fields=['asset', 'provider', '-as_of', '-id'], name='fileddocument_newest'),
        ),
        migrations.AddIndex(
            model_name='inquiry',
            index=models.Index(fields=['provider', 'family', 'asked_at'], name='inquiry_by_age'),
        ),
        migrations.AddConstraint(
            model_name='inquiry',
            constraint=models.UniqueConstraint(fields=('asset', 'provider', 'family'), name='one_inquiry_per_family'),
        ),
        migrations.AddIndex(
            model_name='ownershipreport',
            index=models.Index(fields=['asset', 'provider', '-as_of', '-id'], name='ownershipreport_newest'),
        ),
        migrations.AddIndex(
            model_name='venuesnapshot',
            index=models.Index(fields=['asset', 'provider', '-as_of', '-id'], name='venuesnapshot_newest'),
        ),
    ]
