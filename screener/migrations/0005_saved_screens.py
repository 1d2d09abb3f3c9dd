import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('screener', '0004_scorecard_states'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='ColumnSet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('name_key', models.CharField(editable=False, max_length=240)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('deleted_at', models.DateTimeField(blank=True, null=True, verbose_name='deleted at')),
                ('columns', models.JSONField(verbose_name='columns')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'column set',
                'verbose_name_plural': 'column sets',
                'ordering': ('name_key', 'id'),
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('deleted_at', None)), fields=('owner', 'name_key'), name='one_columnset_of_a_name', violation_error_message='You already have one of this name.')],
            },
        ),
        migrations.CreateModel(
            name='SavedScreen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('name_key', models.CharField(editable=False, max_length=240)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('deleted_at', models.DateTimeField(blank=True, null=True, verbose_name='deleted at')),
                ('description', models.CharField(blank=True, max_length=500, verbose_name='description')),
                ('query', models.TextField(blank=True, verbose_name='query')),
                ('sort', models.CharField(max_length=80, verbose_name='sorted by')),
                ('columns', models.JSONField(blank=True, default=list, verbose_name='columns')),
                ('is_default', models.BooleanField(default=False, verbose_name='opens first')),
                ('share_token', models.UUIDField(blank=True, editable=False, null=True, unique=True, verbose_name='share token')),
                ('seen_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='last opened at')),
                ('seen_count', models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ('seen_ids', models.JSONField(blank=True, editable=False, null=True)),
                ('changed_at', models.DateTimeField(auto_now=True, verbose_name='changed at')),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'saved screen',
                'verbose_name_plural': 'saved screens',
                'ordering': ('name_key', 'id'),
                'abstract': False,
                'constraints': [models.UniqueConstraint(condition=models.Q(('deleted_at', None)), fields=('owner', 'name_key'), name='one_savedscreen_of_a_name', violation_error_message='You already have one of this name.'), models.UniqueConstraint(condition=models.Q(('deleted_at', None), ('is_default', True)), fields=('owner',), name='one_default_screen')],
            },
        ),
    ]
