"""A person's settings, and the jobs of a brand."""

from django.urls import path

from accounts.views import jobs, me

urlpatterns = [
    path("me/", me.me, name="me"),
    path("language/", me.set_language, name="set_language"),
    path("brands/<slug:brand>/jobs/<int:job_id>/", jobs.job, name="job"),
    path("brands/<slug:brand>/jobs/<int:job_id>/retry/", jobs.retry_job, name="job_retry"),
]
