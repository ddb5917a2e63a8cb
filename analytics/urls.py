"""Imports, posts, best times and ROI of a brand."""

from django.urls import path

from analytics.views import best_times

urlpatterns = [
    path("brands/<slug:brand>/best-times/", best_times.best_times, name="best_times"),
    path(
        "brands/<slug:brand>/best-times/<int:channel_id>/compute/",
        best_times.best_times_compute,
        name="best_times_compute",
    ),
    path(
        "brands/<slug:brand>/best-times/<int:channel_id>/export/",
        best_times.best_times_export,
        name="best_times_export",
    ),
]
