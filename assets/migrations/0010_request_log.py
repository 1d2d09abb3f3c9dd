from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assets', '0009_steps_in_turn'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='inquiry', name='one_inquiry_per_family'),
        migrations.RenameModel(old_name='Inquiry', new_name='RequestLog'),
        migrations.AlterModelOptions(
            name='requestlog',
            options={'verbose_name': 'request log', 'verbose_name_plural': 'request logs'},
        ),
        migrations.AlterField(
            model_name='requestlog',
            name='asset',
            field=models.ForeignKey(
                on_delete=models.deletion.CASCADE, related_name='request_logs', to='assets.asset'
            ),
        ),
        migrations.RenameIndex(
            model_name='requestlog', new_name='request_log_by_age', old_name='inquiry_by_age'
        ),
        migrations.AddConstraint(
            model_name='requestlog',
            constraint=models.UniqueConstraint(
                fields=('asset', 'provider', 'family'), name='one_log_per_family'
            ),
        ),
        migrations.RenameField(model_name='observation', old_name='reread_of', new_name='reparse_of'),
        migrations.AlterField(
            model_name='observation',
            name='reparse_of',
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=models.deletion.PROTECT,
                related_name='+',
                to='assets.observation',
                verbose_name='parsed again from',
            ),
        ),
        migrations.RenameField(model_name='formerslug', old_name='told_by', new_name='merged_by'),
        migrations.RenameField(model_name='formerslug', old_name='united_at', new_name='merged_at'),
        migrations.AlterField(
            model_name='formerslug',
            name='merged_by',
            field=models.CharField(
                help_text='The provider that named both as one asset.', max_length=32, verbose_name='merged by'
            ),
        ),
        migrations.AlterField(
            model_name='formerslug',
            name='merged_at',
            field=models.DateTimeField(verbose_name='merged at'),
        ),
        migrations.AlterModelOptions(
            name='formerslug',
            options={
                'ordering': ('-merged_at', '-id'),
                'verbose_name': 'former address',
                'verbose_name_plural': 'former addresses',
            },
        ),
    ]
