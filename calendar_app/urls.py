"""The addresses of the calendar."""

from django.urls import path

from calendar_app.views import calendar, day, entries, planning, saved_views, slots

B = "brands/<slug:brand>/calendar/"
urlpatterns = [
    path(B, calendar.calendar_month, name="calendar_month"),
    path(f"{B}week/", calendar.calendar_week, name="calendar_week"),
    path(f"{B}day/", day.calendar_day, name="calendar_day"),
    path(f"{B}views/new/", saved_views.calendar_view_new, name="calendar_view_new"),
    path(f"{B}views/<int:view_id>/", saved_views.calendar_view, name="calendar_view"),
    path(f"{B}views/<int:view_id>/edit/", saved_views.calendar_view_edit, name="calendar_view_edit"),
    path(f"{B}views/<int:view_id>/delete/", saved_views.calendar_view_delete, name="calendar_view_delete"),
    path(f"{B}list/", calendar.calendar_list, name="calendar_list"),
    path(f"{B}board/", calendar.calendar_board, name="calendar_board"),
    path(f"{B}export/", calendar.calendar_export, name="calendar_export"),
    path(f"{B}propose/", planning.calendar_propose, name="calendar_propose"),
    path(f"{B}mix/", planning.calendar_mix, name="calendar_mix"),
    path(f"{B}on-purpose/", planning.calendar_on_purpose, name="calendar_on_purpose"),
    path(f"{B}settings/", planning.calendar_settings, name="calendar_settings"),
    path(f"{B}days/new/", planning.own_day_new, name="own_day_new"),
    path(f"{B}days/<int:own_day_id>/", planning.own_day_edit, name="own_day_edit"),
    path(f"{B}days/<int:own_day_id>/delete/", planning.own_day_delete, name="own_day_delete"),
    path(f"{B}slots/", slots.calendar_slots, name="calendar_slots"),
    path(f"{B}slots/new/", slots.slot_new, name="slot_new"),
    path(f"{B}slots/best/<int:channel_id>/", slots.slots_best, name="slots_best"),
    path(f"{B}slots/<int:slot_id>/", slots.slot_edit, name="slot_edit"),
    path(f"{B}slots/<int:slot_id>/delete/", slots.slot_delete, name="slot_delete"),
    path(f"{B}new/", entries.entry_new, name="entry_new"),
    path(f"{B}check/", entries.entry_check, name="entry_check"),
    path(f"{B}many/", entries.entries_bulk, name="entries_bulk"),
    path(f"{B}matches/<int:match_id>/", entries.entry_match, name="entry_match"),
    path(f"{B}<int:entry_id>/", entries.entry_detail, name="entry_detail"),
    path(f"{B}<int:entry_id>/edit/", entries.entry_edit, name="entry_edit"),
    path(f"{B}<int:entry_id>/delete/", entries.entry_delete, name="entry_delete"),
    path(f"{B}<int:entry_id>/move/", entries.entry_move, name="entry_move"),
    path(f"{B}<int:entry_id>/place/", entries.entry_place, name="entry_place"),
    path(f"{B}<int:entry_id>/status/", entries.entry_status, name="entry_status"),
    path(f"{B}<int:entry_id>/decide/", entries.entry_decide, name="entry_decide"),
    path(f"{B}<int:entry_id>/comment/", entries.entry_comment, name="entry_comment"),
    path(f"{B}<int:entry_id>/copy/", entries.entry_copy, name="entry_copy"),
    path(f"{B}<int:entry_id>/file/", entries.entry_file, name="entry_file"),
    path(f"{B}<int:entry_id>/restore/<int:event_id>/", entries.entry_restore, name="entry_restore"),
]
