from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('assets', '0003_provider_of_each_row'),
    ]

    operations = [
        migrations.AddField(
            model_name='refreshrun',
            name='is_walk',
            field=models.BooleanField(default=False, help_text='Asks for everything that the provider has of this family.', verbose_name='universe'),
        ),
    ]
