"""Facebook Insights of a page, day by day, as downloaded until about 2021: two header rows, English names.

Sources of the names: the columns that public programs read; titles of the Graph API's page insights.
"""

from __future__ import annotations

from analytics.formats.base import Source
from analytics.formats.columns import Names
from analytics.formats.daily import Daily, day_format
from analytics.formats.located import Table

NAMES = Names(
    {
        "date": {"en": "Date"},
        "followers": {"en": "Lifetime Total Likes|page_fans:lifetime"},
        "follows": {"en": "Daily New Likes|page_fan_adds_unique:day|page_fan_adds:day"},
        "unfollows": {"en": "Daily Unlikes|page_fan_removes_unique:day|page_fan_removes:day"},
        "reach": {"en": "Daily Total Reach|page_impressions_unique:day"},
        "impressions": {"en": "Daily Total Impressions|page_impressions:day"},
        "profile_visits": {"en": "Daily Total views count per Page|page_views_total:day"},
        "clicks": {"en": "Daily Page consumptions|page_consumptions:day"},
        "video_views": {"en": "Daily Total Video Views|page_video_views:day"},
    }
)
COUNTED = ("followers", "follows", "unfollows", "reach", "impressions", "profile_visits", "clicks", "video_views")
DAILY = Daily(platform="facebook", names=NAMES, figures={name: name for name in COUNTED})


def _table(source: Source) -> Table | None:
    return DAILY.table(source, least=2)


FORMATS = [day_format("facebook_page", DAILY, "Facebook Insights by day", _table, ["followers", "impressions"])]
