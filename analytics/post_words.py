"""Words for a post's format and figures."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from analytics.models import METRICS, Post

FORMATS: dict[str, Promise | str] = {
    "text": _("text"),
    "photo": _("photo"),
    "carousel": _("carousel"),
    "video": _("video"),
    "short_video": _("short video"),
    "story": _("story"),
    "link": _("link"),
    "live": _("live video"),
    "poll": _("poll"),
    "document": _("document"),
    "article": _("article"),
    "event": _("event"),
    "other": _("other"),
    "": _("format not told"),
}
FIGURES: dict[str, Promise | str] = {name: Post._meta.get_field(name).verbose_name for name in METRICS}
