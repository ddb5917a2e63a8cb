"""A post's number is compared byte by byte: finding and indexing it by a language's order costs several times more."""

from django.db import migrations


def compare(collation):
    def change(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f'ALTER TABLE analytics_post ALTER COLUMN external_id TYPE varchar(120) COLLATE "{collation}"'
            )

    return change


class Migration(migrations.Migration):
    dependencies = [("analytics", "0002_store_sums_plain")]

    operations = [migrations.RunPython(compare("C"), compare("default"))]
