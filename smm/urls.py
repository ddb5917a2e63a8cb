"""Every address of Timone."""

from django.urls import include, path

from accounts.admin import site as agency_site
from smm import (
    audience_page,
    campaign_page,
    campaign_versions,
    channels,
    desk_calendar,
    desk_crisis,
    desk_pages,
    feed,
    home,
)
from smm.api import door, pages

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", home.healthz, name="healthz"),
    path("brands/<slug:brand>/", home.overview, name="brand_overview"),
    path("brands/<slug:brand>/enter/", home.enter, name="brand_enter"),
    path("desk-worker.js", desk_pages.desk_worker, name="desk_worker"),
    path("feeds/<str:token>.ics", feed.feed, name="feed"),
    path("desk/", desk_pages.desk_all, name="desk_all"),
    path("desk/calendar/", desk_calendar.desk_calendar_all, name="desk_calendar_all"),
    path("brands/<slug:brand>/desk/entries/<int:entry_id>/", desk_calendar.desk_entry, name="desk_entry"),
    path(
        "brands/<slug:brand>/desk/entries/<int:entry_id>/file/",
        desk_calendar.desk_entry_file,
        name="desk_entry_file",
    ),
    path("brands/<slug:brand>/desk/calendar/", desk_calendar.desk_calendar, name="desk_calendar"),
    path(
        "brands/<slug:brand>/campaigns/<int:campaign_id>/versions/",
        campaign_versions.campaign_versions,
        name="campaign_versions",
    ),
    path("brands/<slug:brand>/desk/crisis/", desk_crisis.desk_crisis, name="desk_crisis"),
    path("brands/<slug:brand>/desk/", desk_pages.desk, name="desk"),
    path("brands/<slug:brand>/desk/tasks/<int:handed_id>/", desk_pages.desk_task, name="desk_task"),
    path("brands/<slug:brand>/desk/tasks/<int:handed_id>/file/", desk_pages.desk_asset, name="desk_asset"),
    path("brands/<slug:brand>/desk/briefs/<int:brief_id>/", desk_pages.desk_brief, name="desk_brief"),
    path(
        "brands/<slug:brand>/audiences/<int:audience_id>/", audience_page.audience_detail, name="audience_detail"
    ),
    path("brands/<slug:brand>/campaigns/new/", campaign_page.campaign_new, name="campaign_new"),
    path(
        "brands/<slug:brand>/campaigns/<int:campaign_id>/", campaign_page.campaign_detail, name="campaign_detail"
    ),
    path(
        "brands/<slug:brand>/campaigns/<int:campaign_id>/entries/",
        campaign_page.campaign_entries,
        name="campaign_entries",
    ),
    path(
        "brands/<slug:brand>/campaigns/<int:campaign_id>/history/",
        campaign_page.campaign_history,
        name="campaign_history",
    ),
    path(
        "brands/<slug:brand>/campaigns/<int:campaign_id>/edit/", campaign_page.campaign_edit, name="campaign_edit"
    ),
    path("brands/<slug:brand>/channels/", channels.channels, name="channels"),
    path("brands/<slug:brand>/channels/export/", channels.channels_export, name="channels_export"),
    path("brands/<slug:brand>/channels/<int:channel_id>/delete/", channels.channel_delete, name="channel_delete"),
    path("api/", pages.api_page, name="api_page"),
    path("api/v1/openapi.json", pages.api_document, name="api_document"),
    *door.urls(),
    path("accounts/", include("allauth.account.urls")),
    path("admin/", agency_site.urls),
    path("", include("accounts.urls")),
    path("", include("strategy.urls")),
    path("", include("crisis.urls")),
    path("", include("calendar_app.urls")),
    path("", include("analytics.urls")),
]
