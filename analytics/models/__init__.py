"""What is imported, what is spent and earned, and what is computed from it."""

from analytics.models.imports import ColumnMapping, ImportBatch, ImportFile, RejectedRow
from analytics.models.money import Conversion, CurrencyRate, Spend, StatedValue
from analytics.models.posts import METRICS, Post, PostMetrics
from analytics.models.results import BestTimes, EngagementHour, RoiReport, StaleWeek

__all__ = [
    "METRICS",
    "BestTimes",
    "ColumnMapping",
    "Conversion",
    "CurrencyRate",
    "EngagementHour",
    "ImportBatch",
    "ImportFile",
    "Post",
    "PostMetrics",
    "RejectedRow",
    "RoiReport",
    "Spend",
    "StaleWeek",
    "StatedValue",
]
