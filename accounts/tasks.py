"""Celery's door to the jobs."""

import threading

from celery import current_app, shared_task
from celery.signals import worker_ready, worker_shutting_down
from django.db import Error, connections
from django.utils import timezone

from accounts import jobs, mails, notify, periodic

SWEEP_SECONDS = 5.0
_stopping = threading.Event()


@shared_task(name=jobs.TASK)
def run_job(job_id: int) -> None:
    jobs.execute_next(job_id)


@shared_task(name="accounts.sweep_jobs")
def sweep_jobs() -> None:
    jobs.sweep()


@shared_task(name=notify.MAIL_TASK)
def send_mails() -> None:
    mails.send_due()


@periodic.every(seconds=5)
def announce_mails() -> None:
    """What waits longer than its announcement lived, or was refused before."""
    if mails.is_due(timezone.now()):
        current_app.send_task(notify.MAIL_TASK)


@worker_ready.connect
def start_sweeping(**_: object) -> None:
    """Each worker sweeps, so that nothing waits where no beat runs."""
    _stopping.clear()
    threading.Thread(target=_sweep_until_stopped, daemon=True, name="job-sweeper").start()


@worker_shutting_down.connect
def stop_sweeping(**_: object) -> None:
    _stopping.set()


def _sweep_until_stopped() -> None:
    while not _stopping.wait(SWEEP_SECONDS):
        try:
            jobs.sweep()
            periodic.run_due()
        except Error:
            jobs.logger.warning("the database could not be asked for outstanding jobs", exc_info=True)
        finally:
            connections.close_all()
