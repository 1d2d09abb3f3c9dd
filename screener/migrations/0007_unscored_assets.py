import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assets', '0010_request_log'),
        ('screener', '0006_owned_models'),
    ]

    operations = [
        migrations.CreateModel(
            name='UnscoredAsset',
            fields=[
                ('asset', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='assets.asset')),
                ('reason', models.TextField(verbose_name='reason')),
                ('since', models.DateTimeField(verbose_name='since')),
                ('tried_at', models.DateTimeField(verbose_name='tried at')),
            ],
            options={
                'verbose_name': 'asset that could not be judged',
                'verbose_name_plural': 'assets that could not be judged',
                'ordering': ('-tried_at', 'asset_id'),
            },
        ),
    ]
