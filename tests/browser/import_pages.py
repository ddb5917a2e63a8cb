"""What must be there before a browser looks at the pages of imports."""

from pathlib import Path
from tempfile import TemporaryDirectory

from django.urls import reverse

from accounts.jobs import claim
from accounts.scoping import brands_in_scope
from analytics.models import ImportBatch
from analytics.services import comparisons
from tests.analytics.import_kit import bring_in, line, write
from tests.cast import Cast


def imported_twice(cast: Cast) -> ImportBatch:
    """An early import, and a late one that changes some of its posts; the late one."""
    with TemporaryDirectory() as folder:
        early = write(Path(folder, "may.csv"), [line(n) for n in range(12)])
        late = write(Path(folder, "june.csv"), [line(n, reactions=90 + 7 * n) for n in range(6, 18)])
        bring_in(cast.brand, early, exported_on="2026-06-01")
        return bring_in(cast.brand, late, exported_on="2026-07-01")[0].batch


def history(cast: Cast) -> str:
    with brands_in_scope(cast.brand.pk):
        imported_twice(cast)
    return reverse("imports", args=[cast.brand.slug])


def done(cast: Cast) -> str:
    with brands_in_scope(cast.brand.pk):
        batch = imported_twice(cast)
    return reverse("import_detail", args=[cast.brand.slug, batch.pk])


def undoing(cast: Cast) -> str:
    """What undoing would change, worked out and waiting for the decision."""
    with brands_in_scope(cast.brand.pk):
        asked = comparisons.ask(imported_twice(cast), "undo", by=cast.bea)
        comparisons.work_out(claim(asked.job_id))
    return reverse("import_comparison", args=[cast.brand.slug, asked.pk])
