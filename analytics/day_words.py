"""The names of figures by day in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FIGURES: dict[str, Promise] = {
    "followers": _("followers"),
    "follows": _("new followers"),
    "unfollows": _("followers lost"),
    "net_follows": _("followers gained less lost"),
    "impressions": _("impressions"),
    "reach": _("reach"),
    "views": _("views"),
    "video_views": _("video views"),
    "viewers": _("viewers"),
    "new_viewers": _("new viewers"),
    "returning_viewers": _("returning viewers"),
    "profile_visits": _("profile visits"),
    "engagements": _("engagements"),
    "reactions": _("reactions"),
    "comments": _("comments"),
    "shares": _("shares"),
    "saves": _("saves"),
    "clicks": _("clicks"),
    "link_clicks": _("link clicks"),
    "watch_seconds": _("seconds watched"),
    "posts": _("posts published"),
    "messages": _("messages"),
}
