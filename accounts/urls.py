"""A person's settings and notifications, and the jobs of a brand."""

from django.urls import path

from accounts.views import jobs, me, notifications, tokens

urlpatterns = [
    path("me/", me.me, name="me"),
    path("me/tokens/", tokens.api_tokens, name="api_tokens"),
    path("me/feed/", me.me_feed, name="me_feed"),
    path("notifications/", notifications.notifications, name="notifications"),
    path("language/", me.set_language, name="set_language"),
    path("brands/<slug:brand>/jobs/<int:job_id>/", jobs.job, name="job"),
    path("brands/<slug:brand>/jobs/<int:job_id>/retry/", jobs.retry_job, name="job_retry"),
]
