"""Background work that is not lost: the Job row is the truth, the broker a hint.

`enqueue` writes the row in the caller's transaction and sends its number on commit. `execute` claims it by a
conditional update, renews the lease from a thread, runs the handler inside the brand's scope, and ends it. A
handler that changes rows ends its own job inside the transaction of those rows (`run.finish`), so that a worker
killed at any point leaves either everything or nothing. `sweep` sends again what was lost. What somebody is
waiting for goes before what is only brought up to date (`execute_next`).
"""

import errno
import logging
import threading
import time
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from celery import current_app
from django.db import (
    DatabaseError,
    Error,
    IntegrityError,
    InterfaceError,
    OperationalError,
    connection,
    connections,
    transaction,
)
from django.db.models import F, Q
from django.utils import timezone, translation
from kombu.exceptions import OperationalError as BrokerError

from accounts.errors import AppError
from accounts.logs import log_context
from accounts.models import Brand, Job, User
from accounts.scoping import brands_in_scope

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=20)
HEARTBEAT_SECONDS = 1.0
# Until the first progress is shown the heart beats faster: somebody has just pressed a button and looks.
FIRST_BEAT_SECONDS = 0.1
RENEW_SECONDS = 4.0
RESEND_AFTER = timedelta(seconds=30)
MAX_ATTEMPTS = 5
MOST_TRIED = 8  # waiting jobs that a message tries to take: others may be taking them at the same time
TASK = "accounts.run_job"
# https://www.postgresql.org/docs/current/errcodes-appendix.html, https://www.sqlite.org/rescode.html
DISK_FULL = frozenset({"53100", "SQLITE_FULL"})

Handler = Callable[["Run"], dict[str, Any] | None]
_handlers: dict[str, Handler] = {}
_awaited: set[str] = set()


class LeaseLost(Exception):
    """Another worker holds this job now; whatever this one was writing is rolled back."""


def handler(kind: str, *, awaited: bool = False) -> Callable[[Handler], Handler]:
    """Register the function that does this kind of work; `awaited` tells that people wait for it on a page."""

    def register(function: Handler) -> Handler:
        _handlers[kind] = function
        if awaited:
            _awaited.add(kind)
        return function

    return register


def enqueue(
    kind: str,
    *,
    brand: Brand,
    by: User | None = None,
    payload: dict[str, Any] | None = None,
    same_as: str = "",
) -> Job:
    """Write a job and send it when the caller's transaction commits.

    With `same_as`, a request that equals one still waiting returns that one.
    """
    if same_as and (waiting := _waiting(kind, brand, same_as)):
        return waiting
    job = Job(brand=brand, kind=kind, created_by=by, payload=payload or {}, same_as=same_as)
    try:
        with transaction.atomic():
            job.save()
    except IntegrityError:
        if waiting := _waiting(kind, brand, same_as):
            return waiting
        raise
    transaction.on_commit(lambda: send(job.pk))
    return job


def _waiting(kind: str, brand: Brand, same_as: str) -> Job | None:
    found = Job.across_brands.filter(brand=brand, kind=kind, same_as=same_as, state=Job.State.QUEUED)
    return found.first()


def send(job_id: int) -> None:
    """Tell a worker. If the broker cannot be reached the sweeper tells it later."""
    try:
        current_app.send_task(TASK, args=[job_id])
    except (BrokerError, OSError) as error:
        logger.warning("job %s not sent: %s", job_id, error)
        return
    Job.across_brands.filter(pk=job_id).update(sent_at=timezone.now())


def sweep() -> int:
    """Send again what is waiting unsent or was left by a dead worker; returns how many."""
    now = timezone.now()
    unsent = Q(sent_at=None) | Q(sent_at__lt=now - RESEND_AFTER)
    waiting = Q(state=Job.State.QUEUED, created_at__lt=now - timedelta(seconds=5)) & unsent
    orphaned = Q(state=Job.State.RUNNING, lease_until__lt=now)
    outstanding = list(Job.across_brands.filter(waiting | orphaned).values_list("pk", flat=True)[:500])
    for job_id in outstanding:
        send(job_id)
    return len(outstanding)


def claim(job_id: int) -> "Run | None":
    """Take a waiting or orphaned job; None when somebody else has it or it is over."""
    now, lease = timezone.now(), uuid.uuid4().hex
    free = Q(state=Job.State.QUEUED) | Q(state=Job.State.RUNNING, lease_until__lt=now)
    taken = Job.across_brands.filter(free, pk=job_id).update(
        state=Job.State.RUNNING,
        lease=lease,
        lease_until=now + LEASE,
        attempts=F("attempts") + 1,
        started_at=now,
        progress=0.0,
        phase="",
    )
    if not taken:
        return None
    return Run(Job.across_brands.select_related("brand", "created_by").get(pk=job_id), lease)


class Run:
    """One attempt at a job: what a handler sees of it."""

    def __init__(self, job: Job, lease: str) -> None:
        self.job = job
        self.brand = job.brand
        self.payload = job.payload
        self.finished = False
        self._lease = lease
        self._unsaved: dict[str, Any] = {}
        self._beating = False
        self._lost = threading.Event()

    def progress(self, share: float, phase: str = "", **facts: Any) -> None:
        """Say how far the work is (0 to 1) and in which phase; raises LeaseLost when it was taken over."""
        if self._lost.is_set():
            raise LeaseLost(self.job.pk)
        self._unsaved = {"progress": min(max(share, 0.0), 1.0), "phase": phase, "phase_facts": facts}
        if not self._beating and not connection.in_atomic_block:
            self.beat()

    def finish(self, result: dict[str, Any] | None = None) -> None:
        """End the job as done. Call it inside the transaction that writes the result."""
        self._end(state=Job.State.DONE, progress=1.0, result=result)

    def fail(self, code: str, facts: dict[str, Any], *, state: str = Job.State.FAILED) -> None:
        self._end(state=state, error_code=code, error_facts=facts)

    def _end(self, **values: Any) -> None:
        if not self._mine().update(finished_at=timezone.now(), lease_until=None, **values):
            raise LeaseLost(self.job.pk)
        self.finished = True

    def _mine(self):
        return Job.across_brands.filter(pk=self.job.pk, lease=self._lease, state=Job.State.RUNNING)

    def give_back(self) -> None:
        """Let the next sweep hand the job to a worker; if even that cannot be written, the lease runs out."""
        try:
            self._mine().update(lease_until=timezone.now())
        except Error:
            connection.close()

    def beat(self) -> None:
        """Renew the lease and show the progress; runs on the heartbeat's own connection."""
        values = self._unsaved
        if not self._mine().update(lease_until=timezone.now() + LEASE, **values):
            self._lost.set()
        if self._unsaved is values:  # nothing newer came meanwhile, and the database took it
            self._unsaved = {}


class _Heartbeat(threading.Thread):
    """Renews a lease while the handler works; a busy SQLite file only makes it try again."""

    def __init__(self, run: Run) -> None:
        super().__init__(daemon=True, name=f"job-{run.job.pk}-heartbeat")
        self._run = run
        self._stop_asked = threading.Event()

    def run(self) -> None:
        renewed, pause = time.monotonic(), FIRST_BEAT_SECONDS
        try:
            while not self._stop_asked.wait(pause):
                due = time.monotonic() - renewed > RENEW_SECONDS
                if self._run.finished or not (due or self._run._unsaved):
                    continue
                try:
                    shown = self._run._unsaved.get("progress", 0) > 0
                    self._run.beat()
                    renewed = time.monotonic()
                    pause = HEARTBEAT_SECONDS if shown else pause
                except Error:
                    logger.debug("heartbeat of job %s waits for the database", self._run.job.pk)
                    connection.close()  # it may be a lost one
        finally:
            connections.close_all()

    def __enter__(self) -> "_Heartbeat":
        self._run._beating = True
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._stop_asked.set()
        self.join(timeout=30)
        self._run._beating = False


def execute_next(job_id: int) -> None:
    """Do one waiting job for the message that named this one: the first that is awaited, else this one.

    Whose turn was taken in this way is done for the message of the job that took it.
    """
    for candidate in _in_turn(job_id):
        if execute(candidate):
            return


def _in_turn(job_id: int) -> list[int]:
    queued = Job.across_brands.filter(state=Job.State.QUEUED).order_by("pk")
    awaited = list(queued.filter(kind__in=_awaited).values_list("pk", flat=True)[:MOST_TRIED])
    others = list(queued.exclude(kind__in=_awaited).values_list("pk", flat=True)[:MOST_TRIED])
    return [*awaited, job_id, *others]


def execute(job_id: int, *, heartbeat: bool = True) -> bool:
    """Claim and do one job; returns whether it was there to be taken."""
    run = claim(job_id)
    if run is None:
        return False
    token = log_context.set(f"job {job_id} {run.job.kind}")
    language = run.job.created_by.language if run.job.created_by else "en"
    try:
        with brands_in_scope(run.brand.pk), translation.override(language):
            if heartbeat:
                with _Heartbeat(run):
                    _attempt(run)
            else:
                _attempt(run)
    finally:
        log_context.reset(token)
    return True


def _attempt(run: Run) -> None:
    if run.job.attempts > MAX_ATTEMPTS:
        run.fail("job_gave_up", {"attempts": MAX_ATTEMPTS}, state=Job.State.ERRORED)
        return
    try:
        with connection.wrap_database_errors:  # handlers may speak to the driver itself
            result = _handlers[run.job.kind](run)
        if not run.finished:
            run.finish(result)
    except LeaseLost:
        logger.warning("lease lost; another worker goes on")
    except AppError as error:
        run.fail(error.code, error.facts)
    except Exception as error:
        if not _is_excused(run, error):
            logger.exception("job broke")
            run.fail("job_broke", {}, state=Job.State.ERRORED)


def _is_excused(run: Run, error: Exception) -> bool:
    """Whether it was a full disk, which is told, or a database that went away, which comes back."""
    if _is_disk_full(error):
        logger.error("no room: %s", error)
        connection.close()
        run.fail("no_room", {})
        return True
    if _is_database_gone(error):
        logger.warning("the database went away (%s); the job will be done again", error)
        connection.close()
        run.give_back()
        return True
    return False


def _is_disk_full(error: Exception) -> bool:
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    code = getattr(error.__cause__, "pgcode", "") or getattr(error.__cause__, "sqlite_errorname", "")
    return isinstance(error, DatabaseError) and code in DISK_FULL


def _is_database_gone(error: Exception) -> bool:
    """Whether the connection was lost, rather than a statement refused."""
    gone = getattr(connection.connection, "closed", 0) != 0
    return isinstance(error, OperationalError | InterfaceError) or (isinstance(error, DatabaseError) and gone)


@transaction.atomic
def retry(job: Job, *, by: User | None) -> Job:
    """Put a job that failed back to waiting; one that is not over is returned as it is."""
    over = Job.across_brands.filter(pk=job.pk, state__in=[Job.State.FAILED, Job.State.ERRORED])
    renewed = over.update(
        state=Job.State.QUEUED,
        attempts=0,
        error_code="",
        error_facts={},
        progress=0.0,
        phase="",
        finished_at=None,
        sent_at=None,
        created_by=by,
    )
    if renewed:
        transaction.on_commit(lambda: send(job.pk))
    return Job.across_brands.get(pk=job.pk)
