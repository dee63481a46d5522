"""Accounts from before people were let in count as let in, and get the name lists sort by."""

from django.db import migrations
from django.db.models import F

from kith.core.text import fold


def fill(apps, schema_editor):
    Member = apps.get_model("members", "Member")
    Member.objects.filter(confirmed_at=None).update(confirmed_at=F("joined_at"))
    for member in Member.objects.filter(sort_name="").only("name").iterator():
        Member.objects.filter(pk=member.pk).update(sort_name=fold(member.name)[:120])


class Migration(migrations.Migration):
    dependencies = [("members", "0002_joining_and_blocks")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
