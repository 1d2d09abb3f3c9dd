from django.db import migrations

NAMES = {"offering": "prospectus", "private_placement": "unregistered_sale"}


def rename(apps, names):
    """Of what the SEC's list of filings told, which names forms and reads none."""
    events = apps.get_model("assets", "CapitalEvent").objects
    for before, after in names.items():
        unread = events.filter(provider="sec_data", event=before, amount_usd=None, shares=None)
        unread.update(event=after)


def name_what_was_filed(apps, schema_editor):
    rename(apps, NAMES)


def name_what_was_guessed(apps, schema_editor):
    rename(apps, {after: before for before, after in NAMES.items()})


class Migration(migrations.Migration):
    dependencies = [
        ("assets", "0023_launches"),
    ]

    operations = [
        migrations.RunPython(name_what_was_filed, name_what_was_guessed),
    ]
