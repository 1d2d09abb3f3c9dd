import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

LONGEST_NAME = 80
ONE_OF_A_NAME = {
    'condition': models.Q(('deleted_at', None)),
    'fields': ('owner', 'name_key'),
    'violation_error_message': 'You already have one of this name.',
}


def tell_names_apart(apps, schema_editor):
    """Where names differ only by case the oldest keeps its own, later ones get a number behind theirs.

    What was thrown away keeps its name; restoring it finds a free one.
    """
    for model in ('Watchlist', 'Profile'):
        rows = apps.get_model('screener', model).objects.using(schema_editor.connection.alias).order_by('id')
        named = list(rows.only('owner_id', 'name', 'deleted_at'))
        taken = {key_of(each) for each in named if each.deleted_at is None}
        settled = set()
        for each in named:
            if each.deleted_at is None:
                if key_of(each) in settled:
                    each.name = free_name(each, taken)
                    taken.add(key_of(each))
                settled.add(key_of(each))
            each.name_key = each.name.casefold()
        rows.bulk_update(named, ['name', 'name_key'], batch_size=500)


def key_of(row):
    return row.owner_id, row.name.casefold()


def free_name(row, taken):
    number = 2
    while True:
        suffix = f' ({number})'
        name = row.name[: LONGEST_NAME - len(suffix)] + suffix
        if (row.owner_id, name.casefold()) not in taken:
            return name
        number += 1


class Migration(migrations.Migration):

    dependencies = [
        ('screener', '0005_saved_screens'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # One way to belong to somebody.
        migrations.RenameField(model_name='preference', old_name='user', new_name='owner'),
        *(
            migrations.AlterField(
                model_name=model,
                name='owner',
                field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='%(class)ss', to=settings.AUTH_USER_MODEL),
            )
            for model in ('note', 'override', 'profile', 'watchlist')
        ),
        # One way to be thrown away.
        migrations.RemoveConstraint(model_name='override', name='one_override_of_a_criterion'),
        migrations.RenameField(model_name='override', old_name='withdrawn_at', new_name='deleted_at'),
        migrations.AlterField(
            model_name='override',
            name='deleted_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='deleted at'),
        ),
        migrations.AddConstraint(
            model_name='override',
            constraint=models.UniqueConstraint(condition=models.Q(('deleted_at', None)), fields=('owner', 'asset', 'criterion'), name='one_override_of_a_criterion', violation_error_message='You already answered this criterion; withdraw that answer first.'),
        ),
        # One way to be shared; links stay as they are.
        migrations.RenameField(model_name='profile', old_name='share_key', new_name='share_token'),
        migrations.AlterField(
            model_name='profile',
            name='share_token',
            field=models.UUIDField(blank=True, editable=False, null=True, unique=True, verbose_name='share token'),
        ),
        # One way to have a name.
        migrations.AlterModelOptions(
            name='profile',
            options={'ordering': ('name_key', 'id'), 'verbose_name': 'profile', 'verbose_name_plural': 'profiles'},
        ),
        migrations.AlterModelOptions(
            name='watchlist',
            options={'ordering': ('name_key', 'id'), 'verbose_name': 'watchlist', 'verbose_name_plural': 'watchlists'},
        ),
        migrations.RemoveConstraint(model_name='profile', name='one_profile_of_a_name'),
        migrations.RemoveConstraint(model_name='watchlist', name='one_watchlist_of_a_name'),
        *(
            migrations.AddField(
                model_name=model,
                name='name_key',
                field=models.CharField(default='', editable=False, max_length=240),
                preserve_default=False,
            )
            for model in ('profile', 'watchlist')
        ),
        migrations.RunPython(tell_names_apart, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name='profile',
            constraint=models.UniqueConstraint(name='one_profile_of_a_name', **ONE_OF_A_NAME),
        ),
        migrations.AddConstraint(
            model_name='watchlist',
            constraint=models.UniqueConstraint(name='one_watchlist_of_a_name', **ONE_OF_A_NAME),
        ),
    ]
