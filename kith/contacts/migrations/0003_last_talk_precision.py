from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0002_in_touch"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="last_talk_precision",
            field=models.CharField(blank=True, default="", max_length=5),
            preserve_default=False,
        ),
    ]
