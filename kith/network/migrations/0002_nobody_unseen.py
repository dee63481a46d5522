"""The one row that says who appears in no path: nobody yet."""

from django.db import migrations
from pyroaring import BitMap


def begin(apps, schema_editor):
    UnseenInPaths = apps.get_model("network", "UnseenInPaths")
    UnseenInPaths.objects.get_or_create(pk=1, defaults={"version": 1, "bitmap": BitMap().serialize()})


class Migration(migrations.Migration):
    dependencies = [("network", "0001_first_tables")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
