"""Imports, posts, best times and ROI of a brand."""

urlpatterns = []
