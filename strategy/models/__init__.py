"""Who the brand talks to, where, what for, and how far it is."""

from strategy.models.audiences import CLAIMS, Audience, Evidence
from strategy.models.channels import Channel
from strategy.models.choices import FitSettings, PlatformChoice
from strategy.models.documents import ContentPillar, Strategy, StrategyVersion
from strategy.models.objectives import Goal, KpiWeek, Objective, ObjectiveReading

__all__ = [
    "CLAIMS",
    "Audience",
    "Channel",
    "ContentPillar",
    "Evidence",
    "FitSettings",
    "Goal",
    "KpiWeek",
    "Objective",
    "ObjectiveReading",
    "PlatformChoice",
    "Strategy",
    "StrategyVersion",
]
