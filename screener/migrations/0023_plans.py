import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("assets", "0042_causes_of_failed_calls"),
        ("screener", "0022_visits_of_assets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Plan",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("deleted_at", models.DateTimeField(blank=True, null=True, verbose_name="deleted at")),
                ("terms", models.JSONField(verbose_name="terms")),
                ("size_usd", models.FloatField(verbose_name="size")),
                ("loss_usd", models.FloatField(verbose_name="at risk")),
                ("stop_usd", models.FloatField(blank=True, null=True, verbose_name="stop")),
                ("orders", models.JSONField(verbose_name="orders")),
                ("is_clear", models.BooleanField(verbose_name="all gates clear")),
                ("planned_at", models.DateTimeField(verbose_name="planned at")),
                (
                    "asset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="plans", to="assets.asset"
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="%(class)ss",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "plan",
                "verbose_name_plural": "plans",
                "ordering": ("-planned_at", "-id"),
                "indexes": [
                    models.Index(fields=["owner", "-planned_at"], name="plans_of_a_person"),
                ],
            },
        ),
    ]
