"""Who the brand talks to, where, what for, and how far it is."""

from strategy.models.audiences import CLAIMS, Audience, Evidence
from strategy.models.campaigns import (
    Campaign,
    CampaignBudget,
    CampaignObjective,
    CampaignPerson,
    Lesson,
    LessonUse,
    Milestone,
    UtmConvention,
)
from strategy.models.channels import Channel
from strategy.models.choices import FitSettings, PlatformChoice
from strategy.models.documents import ContentPillar, Strategy, StrategyVersion
from strategy.models.objectives import Goal, KpiWeek, Objective, ObjectiveReading
from strategy.models.tasks import (
    CampaignVersion,
    HandedTask,
    HandOver,
    HandOverSettings,
    Noticed,
    Task,
    TaskPublication,
    TaskSeries,
    TaskTemplate,
)

__all__ = [
    "CLAIMS",
    "Audience",
    "Campaign",
    "CampaignBudget",
    "CampaignObjective",
    "CampaignPerson",
    "CampaignVersion",
    "Channel",
    "ContentPillar",
    "Evidence",
    "FitSettings",
    "Goal",
    "HandOver",
    "HandOverSettings",
    "HandedTask",
    "KpiWeek",
    "Lesson",
    "LessonUse",
    "Milestone",
    "Noticed",
    "Objective",
    "ObjectiveReading",
    "PlatformChoice",
    "Strategy",
    "StrategyVersion",
    "Task",
    "TaskPublication",
    "TaskSeries",
    "TaskTemplate",
    "UtmConvention",
]
