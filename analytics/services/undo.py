"""Takes a whole import back, and brings one back that was taken back: in the background, all or nothing."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.errors import Stale, register_messages
from accounts.jobs import Run, enqueue
from accounts.models import Job, User
from analytics.models import ImportBatch
from analytics.services.replays import Replay, Replayed, settle
from analytics.services.replays.fold import refuse_missing, stored_files

UNDO, REDO = "analytics.undo_import", "analytics.redo_import"
State = ImportBatch.State
# From which state a verb starts, and what it leaves.
STEPS = {UNDO: (State.DONE, State.UNDONE), REDO: (State.UNDONE, State.DONE)}
register_messages(
    {
        "import_not_in": _("This import is not in any more, so it cannot be undone. Its state is shown below."),
        "import_not_undone": _(
            "This import is not undone, so it cannot be brought back. Its state is shown below."
        ),
        "import_replaced": _(
            "This import was read again with other settings, by one that is in. Undo that one first."
        ),
        "import_busy": _("Work on this import is going on. Wait until it is over."),
    }
)
REFUSALS = {UNDO: "import_not_in", REDO: "import_not_undone"}


def undo(batch: ImportBatch, *, by: User | None) -> Job:
    """Have an import taken back in the background; raises Stale or AppError when that cannot be."""
    return _ask(UNDO, batch, by=by)


def redo(batch: ImportBatch, *, by: User | None) -> Job:
    """Have an import brought back that was taken back."""
    return _ask(REDO, batch, by=by)


@transaction.atomic
def _ask(kind: str, batch: ImportBatch, *, by: User | None) -> Job:
    batch = _locked(batch.pk)
    _check(kind, batch)
    if batch.job and not batch.job.is_over:
        raise Stale("import_busy")
    refuse_missing(stored_files(batch))
    batch.job = enqueue(kind, brand=batch.brand, by=by, payload={"batch": batch.pk})
    batch.save(update_fields=["job", "updated_at"])
    return batch.job


def _locked(number: int) -> ImportBatch:
    return ImportBatch.objects.select_for_update(of=("self",)).select_related("brand", "job").get(pk=number)


def _check(kind: str, batch: ImportBatch) -> None:
    if batch.state != STEPS[kind][0]:
        raise Stale(REFUSALS[kind])
    if kind == REDO and batch.replaced_by.filter(state=State.DONE).exists():
        raise Stale("import_replaced")


def turn(run: Run) -> None:
    """Do what was asked for. A worker killed over it leaves nothing, and another begins anew."""
    kind = run.job.kind
    batch = ImportBatch.objects.select_related("brand").get(pk=run.payload["batch"])
    _check(kind, batch)
    files = stored_files(batch)
    moving = {"leaving": files} if kind == UNDO else {"joining": files}

    def tell(share: float, name: str) -> None:
        run.progress(0.97 * share, "rereading", file=name)

    def then(replayed: Replayed) -> None:
        _turn(kind, batch.pk, settle(replayed, by=run.job.created_by), by=run.job.created_by)
        run.finish({"batch": batch.pk})

    Replay(batch.brand, tell=tell, **moving).run(then)


def _turn(kind: str, number: int, counts: dict[str, Any], *, by: User | None) -> None:
    """Write down that it is done; in the transaction that did it."""
    batch = _locked(number)
    _check(kind, batch)
    batch.state = STEPS[kind][1]
    undone = kind == UNDO
    batch.undone_at, batch.undone_by = (timezone.now(), by) if undone else (None, None)
    batch.save(update_fields=["state", "undone_at", "undone_by", "updated_at"])
    audit.record("import.undone" if undone else "import.redone", batch, by=by, brand=batch.brand, after=counts)
