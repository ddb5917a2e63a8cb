"""The worker's door to the services of this app."""

from accounts.errors import AppError
from accounts.jobs import Run, handler
from analytics.models import ImportBatch
from analytics.services import (
    best_times,
    comparisons,
    effects,
    import_files,
    imports_again,
    kpis,
    matching,
    matching_requests,
    moved,
    roi,
    undo,
)
from strategy.models import Channel


@handler(best_times.KIND)
def compute_best_times(run: Run) -> None:
    channel = Channel.objects.select_related("brand").filter(pk=run.payload["channel"]).first()
    if channel is None:
        raise AppError("channel_gone")
    best_times.compute_in_turns(channel, run=run, figures=run.payload.get("figures"))


@handler(roi.KIND, awaited=True)
def compute_roi_report(run: Run) -> None:
    roi.compute_report(run.payload["report"], run=run)


@handler(effects.KIND, awaited=True)
def compute_effects(run: Run) -> None:
    effects.compute_report(run.payload["report"], run=run)


@handler(kpis.KIND)
def sum_kpis(run: Run) -> None:
    kpis.refresh(run.brand, run=run)


@handler(matching_requests.KIND)
def match_tasks(run: Run) -> dict[str, int]:
    return matching.match_brand(run.brand, run=run)


@handler(moved.KIND)
def follow_brand(run: Run) -> None:
    moved.follow(run)


@handler(import_files.KIND, awaited=True)
def run_import(run: Run) -> None:
    batch = (
        ImportBatch.objects.select_related("brand", "created_by", "replaces")
        .filter(pk=run.payload["batch"])
        .first()
    )
    if batch is None:
        raise AppError("import_gone")
    if batch.replaces:
        imports_again.exchange(batch, run=run)
    else:
        import_files.run_batch(batch, run=run)


@handler(undo.UNDO, awaited=True)
def undo_import(run: Run) -> None:
    undo.turn(run)


@handler(undo.REDO, awaited=True)
def redo_import(run: Run) -> None:
    undo.turn(run)


@handler(comparisons.KIND, awaited=True)
def compare_imports(run: Run) -> None:
    comparisons.work_out(run)
