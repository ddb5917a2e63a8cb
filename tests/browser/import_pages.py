"""What must be there before a browser looks at the pages of imports."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.urls import reverse
from django.utils import timezone

from accounts.jobs import claim
from accounts.scoping import brands_in_scope
from analytics.models import ImportBatch
from analytics.services import comparisons
from tests.analytics.import_kit import bring_in, covered, line, write
from tests.analytics.posts import add_channel
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


def gaps(cast: Cast) -> str:
    """Channels that are known up to yesterday, with a hole, and not at all; a source of money that has stopped."""
    today = timezone.localdate()
    with brands_in_scope(cast.brand.pk):
        steady = add_channel(cast.brand, platform="instagram", handle="caffe.alba")
        holed = add_channel(cast.brand, platform="tiktok", handle="caffe.alba")
        add_channel(cast.brand, platform="youtube", handle="caffe.alba")
        covered(cast.brand, steady, today - timedelta(300), today - timedelta(2), "reach", "views", "reactions")
        covered(cast.brand, steady, today - timedelta(120), today - timedelta(2), "followers", kind="days")
        covered(cast.brand, holed, today - timedelta(200), today - timedelta(120), "views", "reactions")
        covered(cast.brand, holed, today - timedelta(80), today - timedelta(30), "views")
        money = {"kind": "spend", "format": "meta_ads"}
        covered(cast.brand, None, today - timedelta(250), today - timedelta(40), "amount", "impressions", **money)
    return reverse("import_gaps", args=[cast.brand.slug])
