from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0004_search_text")]

    operations = [
        migrations.AddField(
            model_name="member",
            name="link_made_at",
            field=models.DateTimeField(
                blank=True, help_text="the newest one-time link; older ones no longer open anything", null=True
            ),
        ),
    ]
