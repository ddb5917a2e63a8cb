"""Audiences, platforms and objectives of a brand."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
