"""Floats hardly shrink: trying to compress them costs PostgreSQL more than writing them as they are."""

from django.db import migrations


def set_storage(storage):
    def change(apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(
                f"ALTER TABLE analytics_engagementhour ALTER COLUMN groups SET STORAGE {storage}"
            )

    return change


class Migration(migrations.Migration):
    dependencies = [("analytics", "0001_initial")]

    operations = [migrations.RunPython(set_storage("EXTERNAL"), set_storage("EXTENDED"))]
