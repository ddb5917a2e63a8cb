"""Every component of the look on one page, with sample figures: for the eye of a maintainer, and for axe.

Only tests know its address: with TIMONE_SHOTS=folder, test_styleguide.py keeps pictures of it (see docs/look.md).
"""

import math
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from accounts.access import public
from smm import urls
from strategy.platforms import PLATFORM_NAMES

WEEK = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


class SampleForm(forms.Form):
    name = forms.CharField(help_text="As the platform writes it.")
    currency = forms.ChoiceField(choices=[("EUR", "Euro"), ("USD", "US dollar")])
    note = forms.CharField(required=False, widget=forms.Textarea(attrs={"rows": 2}))
    paid = forms.BooleanField(required=False, label="Paid")


def _map_rows() -> list[dict[str, Any]]:
    """A made-up week: quiet nights, a rise towards the evening, Sunday best."""
    best = {(6, 19): 1, (0, 19): 2, (3, 20): 3}
    rows = []
    for day, name in enumerate(WEEK):
        lifts = [math.sin((hour - 9) / 24 * 2 * math.pi) + 0.15 * (day == 6) for hour in range(24)]
        cells = [
            {
                "day": day,
                "hour": hour,
                "level": min(6, max(0, int((lift + 1) / 2.15 * 7))),
                "posts": (day * 7 + hour * 3) % 26,
                "rank": best.get((day, hour)),
                "sentence": f"{name} {hour:02}:00: {lift * 30:+.0f} % against a typical post",
            }
            for hour, lift in enumerate(lifts)
        ]
        rows.append({"name": name, "short": name[:3], "cells": cells})
    return rows


def _table() -> dict[str, Any]:
    columns = [
        {"label": "Campaign", "sort": "campaign"},
        {"label": "Cost", "numeric": True, "sort": "cost"},
        {"label": "Reach", "numeric": True},
    ]
    rows = [
        [{"text": "Spring menu", "url": "#", "note": "Instagram, Facebook"}, "€1,240.00", 48210],
        [{"text": "Open evening", "url": "#"}, "€310.50", 9021],
        ["No campaign", "€0.00", None],
    ]
    return {
        "columns": columns,
        "rows": rows,
        "sort": "-cost",
        "foot": ["Total", "€1,550.50", {"text": "not summed"}],
    }


def _figure() -> dict[str, Any]:
    months = ["2026-05-01", "2026-06-01", "2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01"]
    return {
        "data": [
            {"type": "bar", "name": "Cost", "x": months, "y": [900, 1200, 1100, 700, 1500, 1250]},
            {"type": "scatter", "name": "Return", "x": months, "y": [1100, 1500, None, 1300, 2400, 2600]},
        ],
        "layout": {"yaxis": {"ticksuffix": " €"}},
    }


@public
def styleguide(request: HttpRequest) -> HttpResponse:
    form = SampleForm({"name": "", "currency": "EUR"} if "errors" in request.GET else None)
    context = {
        "form": form,
        "colours": ["ground", "surface", "raised", "sunken", "accent-soft", "brass-soft", "good-soft", "bad-soft"],
        "levels": ["good", "warning", "bad", "accent", ""],
        "grades": ["strong", "moderate", "weak", "prior"],
        "platforms": PLATFORM_NAMES,
        "line": [3, 5, 4, None, 7, 9, 8, 12],
        "steps": ["Choose files", "Check", "Import"],
        "tabs": [{"label": "Reports", "url": "#", "current": True}, {"label": "Costs", "url": "#"}],
        "chips": [{"label": "Instagram", "name": "platform"}, {"label": "May 2026", "name": "month"}],
        "intervals": [(-0.1, 0.2, 0.5), (0.1, 0.27, 0.44), (-0.4, -0.2, 0.02)],
        "map_rows": _map_rows(),
        "hours": range(24),
        "page": Paginator(range(120), 50).get_page(2),
        "picture": _figure(),
        "sample": _table(),
    }
    return render(request, "styleguide.html", context)


urlpatterns = [path("styleguide/", styleguide, name="styleguide"), *urls.urlpatterns]
