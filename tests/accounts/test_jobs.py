"""Jobs are claimed once, end once, and are done again when their worker died."""

import time
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from accounts import jobs
from accounts.errors import AppError
from accounts.models import Job
from tests.cast import make_cast


@pytest.fixture
def kind(monkeypatch):
    """A kind of work whose handler a test sets."""
    handlers: dict = {}
    monkeypatch.setattr(jobs, "_handlers", handlers)
    return handlers


@pytest.fixture
def sent(monkeypatch):
    numbers: list[int] = []
    monkeypatch.setattr(jobs.current_app, "send_task", lambda name, args: numbers.append(args[0]))
    return numbers


def fresh(job: Job) -> Job:
    return Job.across_brands.get(pk=job.pk)


def expire(job: Job) -> None:
    Job.across_brands.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_a_job_is_sent_only_when_its_transaction_commits(cast, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        job = jobs.enqueue("k", brand=cast.brand)
    assert sent == []
    callbacks[0]()
    assert sent == [job.pk]


def test_equal_waiting_requests_share_one_job(cast, sent):
    first = jobs.enqueue("k", brand=cast.brand, same_as="channel:1")
    assert jobs.enqueue("k", brand=cast.brand, same_as="channel:1") == first
    assert jobs.enqueue("k", brand=cast.brand, same_as="channel:2") != first
    jobs.claim(first.pk)
    assert jobs.enqueue("k", brand=cast.brand, same_as="channel:1") != first


def test_a_job_ends_with_its_result(cast, sent, kind):
    kind["k"] = lambda run: {"twice": run.payload["number"] * 2}
    job = jobs.enqueue("k", brand=cast.brand, payload={"number": 4})
    jobs.execute(job.pk, heartbeat=False)
    assert (fresh(job).state, fresh(job).result, fresh(job).progress) == ("done", {"twice": 8}, 1.0)


def test_only_one_worker_gets_a_job(cast, sent):
    job = jobs.enqueue("k", brand=cast.brand)
    assert jobs.claim(job.pk) is not None
    assert jobs.claim(job.pk) is None


def test_an_orphaned_job_is_swept_and_taken_over(cast, sent):
    job = jobs.enqueue("k", brand=cast.brand)
    jobs.claim(job.pk)
    assert jobs.sweep() == 0
    expire(job)
    assert jobs.sweep() == 1
    assert sent[-1] == job.pk
    assert jobs.claim(job.pk).job.attempts == 2


def test_a_job_that_was_never_sent_is_swept(cast, sent):
    job = jobs.enqueue("k", brand=cast.brand)
    Job.across_brands.filter(pk=job.pk).update(created_at=timezone.now() - timedelta(minutes=1))
    assert jobs.sweep() == 1


def test_a_worker_that_lost_its_lease_writes_nothing(cast, sent):
    job = jobs.enqueue("k", brand=cast.brand)
    first = jobs.claim(job.pk)
    expire(job)
    second = jobs.claim(job.pk)
    with pytest.raises(jobs.LeaseLost), transaction.atomic():
        cast.brand.name = "written by the first"
        cast.brand.save()
        first.finish({})
    cast.brand.refresh_from_db()
    assert cast.brand.name == "Caffè Alba"
    second.finish({"by": "second"})
    assert fresh(job).result == {"by": "second"}


def test_a_heartbeat_tells_the_handler_that_its_lease_is_gone(cast, sent):
    job = jobs.enqueue("k", brand=cast.brand)
    first = jobs.claim(job.pk)
    expire(job)
    jobs.claim(job.pk)
    first.beat()
    with pytest.raises(jobs.LeaseLost):
        first.progress(0.5)


def test_what_the_user_can_mend_is_told_by_code(cast, sent, kind):
    def refuse(run):
        raise AppError("stale")

    kind["k"] = refuse
    job = jobs.enqueue("k", brand=cast.brand)
    jobs.execute(job.pk, heartbeat=False)
    assert (fresh(job).state, fresh(job).error_code) == ("failed", "stale")


def test_our_own_error_ends_the_job_without_its_text(cast, sent, kind, caplog):
    kind["k"] = lambda run: 1 / 0
    job = jobs.enqueue("k", brand=cast.brand)
    jobs.execute(job.pk, heartbeat=False)
    assert (fresh(job).state, fresh(job).error_code) == ("errored", "job_broke")
    assert "ZeroDivisionError" in caplog.text


def test_a_job_that_keeps_killing_its_worker_is_given_up(cast, sent, kind):
    kind["k"] = lambda run: {}
    job = jobs.enqueue("k", brand=cast.brand)
    Job.across_brands.filter(pk=job.pk).update(attempts=jobs.MAX_ATTEMPTS)
    jobs.execute(job.pk, heartbeat=False)
    assert fresh(job).error_code == "job_gave_up"


def test_a_failed_job_can_be_started_again(cast, sent, kind):
    kind["k"] = lambda run: 1 / 0
    job = jobs.enqueue("k", brand=cast.brand)
    jobs.execute(job.pk, heartbeat=False)
    kind["k"] = lambda run: {"now": True}
    jobs.retry(job, by=cast.bea)
    jobs.execute(job.pk, heartbeat=False)
    assert fresh(job).result == {"now": True}


@pytest.mark.django_db(transaction=True)
def test_the_heartbeat_shows_progress_and_renews_the_lease_while_the_handler_works(sent, kind, monkeypatch):
    cast = make_cast()
    monkeypatch.setattr(jobs, "HEARTBEAT_SECONDS", 0.05)
    monkeypatch.setattr(jobs, "RENEW_SECONDS", 0.0)
    seen = {}

    def work(run):
        before = fresh(run.job).lease_until
        run.progress(0.5, "reading", rows=3)
        deadline = timezone.now() + timedelta(seconds=10)
        while fresh(run.job).progress != 0.5 and timezone.now() < deadline:
            time.sleep(0.02)
        seen.update(renewed=fresh(run.job).lease_until > before, phase=fresh(run.job).phase)
        return {}

    kind["k"] = work
    job = jobs.enqueue("k", brand=cast.brand)
    jobs.execute(job.pk)
    assert seen == {"renewed": True, "phase": "reading"}
    assert fresh(job).state == "done"


@pytest.fixture
def done(kind, monkeypatch):
    """Numbers of the jobs that were done, in order; kind "wanted" is waited for, "later" is not."""
    monkeypatch.setattr(jobs, "_awaited", {"wanted"})
    numbers: list[int] = []
    kind["wanted"] = kind["later"] = lambda run: numbers.append(run.job.pk)
    return numbers


@pytest.mark.django_db(transaction=True)
def test_what_is_waited_for_goes_first_and_nothing_is_left_behind(sent, done):
    brand = make_cast().brand
    asked = [jobs.enqueue(kind, brand=brand).pk for kind in ("later", "later", "wanted", "wanted", "later")]
    for number in asked:  # the broker hands them out in the order in which they were sent
        jobs.execute_next(number)
    assert done == [asked[2], asked[3], asked[0], asked[1], asked[4]]
    assert not Job.across_brands.exclude(state="done").exists()


@pytest.mark.django_db(transaction=True)
def test_a_message_that_comes_twice_finds_nothing_to_do(sent, done):
    job = jobs.enqueue("later", brand=make_cast().brand)
    for _again in range(3):
        jobs.execute_next(job.pk)
    assert done == [job.pk]


@pytest.mark.django_db(transaction=True)
def test_an_orphan_is_taken_by_the_message_that_names_it(sent, done):
    job = jobs.enqueue("later", brand=make_cast().brand)
    jobs.claim(job.pk)
    expire(job)
    jobs.execute_next(job.pk)
    assert done == [job.pk]
