"""Damaged look-alikes of every format, imported twice: the second time nothing changes."""

import tempfile
from pathlib import Path

import pytest
from django.apps import apps
from hypothesis import HealthCheck, Phase, given, settings

from accounts.scoping import BrandOwned, brands_in_scope
from analytics.formats import FileError, detect
from tests.analytics.formats.look_alikes import LOOK_ALIKES
from tests.analytics.formats.test_fuzz import File, changed
from tests.analytics.import_kit import bring_in

EXAMPLES = 4
# What tells of the imports themselves; of these every import adds its own.
OF_IMPORTS = frozenset({"ImportBatch", "ImportFile", "RejectedRow", "Job", "FileChange", "AuditEvent"})


def everything() -> dict[str, list[tuple]]:
    """All that is known of the brand besides the notes on its imports, without the time of writing."""
    found = {}
    for model in apps.get_models():
        if issubclass(model, BrandOwned) and model.__name__ not in OF_IMPORTS:
            names = [
                f.attname for f in model._meta.concrete_fields if f.name not in ("updated_at", "file", "stale_at")
            ]
            found[model.__name__] = sorted(map(str, model.objects.values_list(*names)))
    return found


@pytest.mark.parametrize("slug", LOOK_ALIKES)
def test_a_second_import_of_a_damaged_file_changes_nothing(cast, slug):
    taken = []

    @settings(
        derandomize=True,
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(changed(LOOK_ALIKES[slug]))
    def check(file: File) -> None:
        with tempfile.TemporaryDirectory() as folder, brands_in_scope(cast.brand.pk):
            path = file.write(Path(folder))
            try:
                rows = list(detect(path).stream(path))
            except FileError:
                return
            if not rows:
                return
            options = {"brand_account": True, "exported_on": "2026-11-01"}
            (first,) = bring_in(cast.brand, path, **options)
            before = everything()
            (second,) = bring_in(cast.brand, path, **options)
            assert (second.created, second.updated) == (0, 0), (file, second.warnings)
            assert second.rows == first.rows == second.unchanged + second.ignored + second.rejected
            assert everything() == before
            taken.append(first.rows)

    check()
    assert taken, "none of the files could be imported"
