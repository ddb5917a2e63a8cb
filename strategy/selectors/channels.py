"""Reads the brand's accounts on the platforms."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from strategy.models import Channel


@dataclass(frozen=True)
class Asked:
    """What the list of channels is asked for; empty values narrow nothing."""

    text: str = ""
    platform: str = ""
    state: str = ""  # active | closed

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        state = query.get("state", "")
        return cls(
            query.get("q", "").strip()[:100],
            query.get("platform", ""),
            state if state in ("active", "closed") else "",
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text or self.platform or self.state)


def channels(asked: Asked) -> QuerySet[Channel]:
    """The accounts with who answers for them and whom they serve, those in use first. Two queries."""
    found = Channel.objects.select_related("brand", "owner").prefetch_related("audiences")
    if asked.text:
        words = Q(handle__icontains=asked.text) | Q(name__icontains=asked.text) | Q(mission__icontains=asked.text)
        found = found.filter(words)
    if asked.platform:
        found = found.filter(platform=asked.platform)
    if asked.state:
        found = found.filter(active=asked.state == "active")
    return found.order_by("-active", "platform", "handle")


def platforms_in_use() -> set[str]:
    """The platforms on which the brand has an account in use."""
    return set(Channel.objects.filter(active=True).values_list("platform", flat=True))
