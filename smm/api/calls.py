"""One call of the API: who asks, of which brand, and what."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import Brand, User
from strategy import utm
from strategy.selectors import campaigns


@dataclass
class Call:
    user: User
    brand: Brand
    rights: frozenset[str] = frozenset()
    number: int | None = None  # of the row in the address
    query: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)

    @property
    def on_desk(self) -> bool:
        """Whether he is told what the desk shows, and no more."""
        return "calendar.view" not in self.rights

    @cached_property
    def today(self) -> date:
        return timezone.localdate(timezone=ZoneInfo(self.brand.time_zone))

    @cached_property
    def convention(self) -> utm.Convention:
        return campaigns.convention()
