from django.db import migrations

# A bitmap is compressed already: PostgreSQL should not try once more, and should keep one in its row while
# that fits into a page, so that reading somebody's neighbours is one look-up and not two.
SET = """
ALTER TABLE network_neighbours ALTER COLUMN bitmap SET STORAGE EXTERNAL;
ALTER TABLE network_neighbours SET (toast_tuple_target = 8160);
"""
UNSET = """
ALTER TABLE network_neighbours ALTER COLUMN bitmap SET STORAGE EXTENDED;
ALTER TABLE network_neighbours RESET (toast_tuple_target);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("network", "0002_sides"),
    ]

    operations = [
        migrations.RunSQL(SET, UNSET),
    ]
