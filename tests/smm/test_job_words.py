"""What is said about a job: the phase, the share, and the time that is left."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Job
from smm.templatetags.jobs import kind_words, left_words, phase_words


def running(seconds: float, progress: float) -> Job:
    return Job(state="running", started_at=timezone.now() - timedelta(seconds=seconds), progress=progress)


@pytest.mark.parametrize(
    ("seconds", "progress", "words"),
    [
        (60, 0.25, "about 3 minutes left"),
        (60, 0.5, "about 1 minute left"),
        (60, 0.9, "less than a minute left"),
        (60, 0.01, ""),
        (2, 0.5, ""),
    ],
)
def test_the_time_left_goes_by_the_pace_so_far(seconds, progress, words):
    assert left_words(running(seconds, progress)) == words


@pytest.mark.parametrize("state", ["queued", "errored"])
def test_a_job_that_does_not_run_has_no_time_left(state):
    assert left_words(Job(state=state, progress=0.5, started_at=timezone.now())) == ""


def test_a_waiting_job_says_so():
    assert phase_words(Job(state="queued")) == "Waiting for its turn"


def test_a_phase_without_words_is_still_told():
    assert phase_words(Job(state="running", phase="never heard of", progress=0.3)) == "Computing: 30 % done"
    assert kind_words(Job(kind="never.heard")) == "Working"
