"""Members that exist already get the record of their address that signing in asks; the host vouched for them."""

from django.db import migrations


def fill(apps, schema_editor):
    Member = apps.get_model("members", "Member")
    EmailAddress = apps.get_model("account", "EmailAddress")
    known = EmailAddress.objects.filter(primary=True).values("user_id")
    EmailAddress.objects.bulk_create(
        [
            EmailAddress(user_id=pk, email=email.lower(), primary=True, verified=True)
            for pk, email in Member.objects.exclude(pk__in=known).values_list("pk", "email")
        ]
    )


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0005_newest_link"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
