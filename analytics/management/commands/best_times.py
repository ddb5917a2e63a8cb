"""Prints when a channel's audience reacts."""

from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from accounts.commands import TimoneCommand
from accounts.models import Brand
from accounts.scoping import brands_in_scope
from analytics import best_times_words as words
from analytics.selectors import best_times as selectors
from analytics.services import best_times
from strategy.models import Channel

CELL = ("day", "hour", "lift", "low", "high")


class Command(TimoneCommand):
    help = (
        "When a channel's posts do better. Without --channel the brand's channel with most usable posts is taken, "
        "and the notes name the others. What an import left to be computed is computed first."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--brand", required=True, metavar="SLUG")
        parser.add_argument("--channel", metavar="PLATFORM:HANDLE")
        parser.add_argument("--metric", choices=selectors.METRICS, default=selectors.METRICS[0])
        super().add_arguments(parser)

    def answer(self, *, brand: str, channel: str | None, metric: str, **_options: Any) -> dict[str, Any]:
        found = self.brand(brand)
        with brands_in_scope(found.pk):
            channels = list(Channel.objects.select_related("brand"))
            if not channels:
                raise CommandError(f"{found.name} has no channel yet. Import its posts first.", returncode=2)
            wanted = [_named(channel, channels)] if channel else channels
            for one in wanted:
                if not _is_current(one):
                    self.stderr.write(f"computing {one.platform}:{one.handle} …")
                    best_times.compute(one)
            chosen = wanted[0] if channel else selectors.channels()[0]
            return self._result(found, chosen, metric, others=[] if channel else channels)

    def _result(self, brand: Brand, channel: Channel, metric: str, others: list[Channel]) -> dict[str, Any]:
        result = selectors.results(channel).get(metric)
        if result is None:
            raise CommandError(_why_nothing(channel, metric), returncode=2)
        notes = [str(words.NOTES[code]) for code in result.notes if code in words.NOTES]
        notes += words.what_it_rests_on(result)
        if names := [_name(other) for other in others if other != channel]:
            notes.insert(0, f"{_name(channel)} is shown; the brand also has {', '.join(names)}.")
        return {
            "channel": _name(channel),
            "time_zone": result.time_zone,
            "metric": metric,
            "posts": result.posts,
            "evidence": result.evidence,
            "cells": [{name: cell[name] for name in (*CELL, "posts")} for cell in result.cells],
            "recommended": [{name: slot[name] for name in CELL} for slot in result.recommended],
            "notes": notes,
        }

    def print_table(self, answer: dict[str, Any]) -> None:
        for name in ("channel", "time_zone", "metric", "posts", "evidence"):
            self.stdout.write(f"{name:<10} {answer[name]}")
        for slot in answer["recommended"]:
            hour = words.hour_name(slot["day"], slot["hour"])
            self.stdout.write(
                f"{hour:<24} {words.comparison(slot['lift'])} ({words.interval(slot['low'], slot['high'])})"
            )
        for note in answer["notes"]:
            self.stdout.write(f"- {note}")


def _name(channel: Channel) -> str:
    return f"{channel.platform}:{channel.handle}"


def _named(text: str, channels: list[Channel]) -> Channel:
    platform, _colon, handle = text.partition(":")
    for channel in channels:
        if channel.platform == platform and channel.handle.lower() == handle.lower():
            return channel
    known = ", ".join(_name(channel) for channel in channels)
    raise CommandError(f"There is no channel “{text}”. Known channels: {known}.", returncode=2)


def _is_current(channel: Channel) -> bool:
    results = selectors.results(channel).values()
    return (
        bool(results) and not selectors.weeks_behind(channel) and all(r.time_zone == channel.zone for r in results)
    )


def _why_nothing(channel: Channel, metric: str) -> str:
    counted = selectors.counted(channel)
    if not counted.posts:
        return _("No posts of %(channel)s are imported yet.") % {"channel": _name(channel)}
    if counted.only_days_known:
        return words.only_days(_name(channel))
    return _("The exports of %(channel)s do not hold “%(metric)s”.") % {
        "channel": _name(channel),
        "metric": metric,
    }
