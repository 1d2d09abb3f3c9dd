from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('screener', '0002_profiles_overrides_cases'),
    ]

    operations = [
        migrations.AlterField(
            model_name='case',
            name='due_at',
            field=models.DateTimeField(verbose_name='due at'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(
                condition=models.Q(('labelled_at', None)), fields=['due_at', 'id'], name='cases_to_label'
            ),
        ),
    ]
