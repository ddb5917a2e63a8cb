"""What is imported, what is spent and earned, and what is computed from it."""

from analytics.models.comparisons import ImportComparison, ImportDifference
from analytics.models.effects import EffectsReport
from analytics.models.imports import (
    ColumnMapping,
    ImportBatch,
    ImportFile,
    QuietPeriod,
    RejectedRow,
    SourceAnswers,
)
from analytics.models.money import Conversion, CurrencyRate, Spend, StatedValue
from analytics.models.planned import PlannedPost
from analytics.models.posts import METRICS, Post, PostMetrics
from analytics.models.results import BestTimes, EngagementHour, KpiChange, RoiReport, StaleWeek
from analytics.models.series import ChannelDay
from analytics.models.tags import PostTag

__all__ = [
    "METRICS",
    "BestTimes",
    "ChannelDay",
    "ColumnMapping",
    "Conversion",
    "CurrencyRate",
    "EffectsReport",
    "EngagementHour",
    "ImportBatch",
    "ImportComparison",
    "ImportDifference",
    "ImportFile",
    "KpiChange",
    "PlannedPost",
    "Post",
    "PostMetrics",
    "PostTag",
    "QuietPeriod",
    "RejectedRow",
    "RoiReport",
    "SourceAnswers",
    "Spend",
    "StaleWeek",
    "StatedValue",
]
