from itertools import islice

from django.db import migrations, models

LETTERS = {'pass': 'p', 'caution': 'c', 'fail': 'f', 'unknown': 'u', 'n-a': 'n'}
AT_ONCE = 2_000


def spell_states(apps, schema_editor):
    """From the findings that are stored already, in slices: a table of millions takes no memory."""
    Scorecard = apps.get_model('screener', 'Scorecard')
    ids = Scorecard.objects.order_by('id').values_list('id', flat=True)
    told = ids.iterator()
    while slice_of_ids := list(islice(told, AT_ONCE)):
        cards = list(Scorecard.objects.filter(id__in=slice_of_ids).only('id', 'findings'))
        for card in cards:
            card.states = ''.join(LETTERS.get(each.get('state'), 'u') for each in card.findings)
        Scorecard.objects.bulk_update(cards, ['states'], batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('screener', '0003_cases_to_label'),
    ]

    operations = [
        migrations.AddField(
            model_name='scorecard',
            name='states',
            field=models.CharField(blank=True, default='', editable=False, max_length=64),
        ),
        migrations.RunPython(spell_states, migrations.RunPython.noop),
    ]
