from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("assets", "0041_words_of_a_walk")]

    operations = [
        migrations.AddField(
            model_name="refreshstep",
            name="cause",
            field=models.CharField(
                blank=True, db_default="", default="", max_length=12, verbose_name="cause"
            ),
        ),
    ]
