from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0001_first_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="contact",
            name="contact_by_exchange",
        ),
        migrations.AddField(
            model_name="contact",
            name="in_touch_on",
            field=models.DateField(
                blank=True, help_text="the later of last message and last talk", null=True
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="wrote_last_at",
            field=models.DateTimeField(
                blank=True, help_text="their message the owner has not answered", null=True
            ),
        ),
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(
                models.F("owner"),
                models.OrderBy(models.F("in_touch_on"), descending=True, nulls_last=True),
                models.F("id"),
                name="contact_by_touch",
            ),
        ),
    ]
