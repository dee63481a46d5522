from django.db import migrations, models

MAKE = """
CREATE VIEW network_side AS
  SELECT id, low_id AS member_id, high_id AS other_id, made_at FROM network_connection
  UNION ALL
  SELECT id, high_id, low_id, made_at FROM network_connection
"""


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0001_first_tables"),
    ]

    operations = [
        migrations.RunSQL(MAKE, "DROP VIEW network_side"),
        migrations.CreateModel(
            name="Side",
            fields=[
                ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "db_table": "network_side",
                "managed": False,
            },
        ),
    ]
