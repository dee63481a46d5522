"""Budgets remember each taking, so that no while of their length holds more than the limit; counts begin anew."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0003_next_try_of_letters")]

    operations = [
        migrations.RunSQL("DELETE FROM core_budget", migrations.RunSQL.noop),
        migrations.RemoveField(model_name="budget", name="since_at"),
        migrations.RemoveField(model_name="budget", name="taken"),
        migrations.AddField(
            model_name="budget",
            name="taken_at",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.DateTimeField(), default=list, size=None
            ),
        ),
    ]
