"""The addresses of the calendar."""

from django.urls import path

from calendar_app.views import bring_in, calendar, entries, pictures, planning, public, shares

B = "brands/<slug:brand>/calendar/"
L = f"{B}links/"
urlpatterns = [
    path("share/<str:token>/", public.share_month, name="share_month"),
    path("share/<str:token>/<int:entry_id>/", public.share_entry, name="share_entry"),
    path("share/<str:token>/<int:entry_id>/file/", public.share_file, name="share_file"),
    path(L, shares.share_links, name="share_links"),
    path(f"{L}export/", shares.share_links_export, name="share_links_export"),
    path(f"{L}new/", shares.share_link_new, name="share_link_new"),
    path(f"{L}<int:share_link_id>/", shares.share_link_edit, name="share_link_edit"),
    path(f"{L}<int:share_link_id>/address/", shares.share_link_address, name="share_link_address"),
    path(f"{L}<int:share_link_id>/renew/", shares.share_link_renew, name="share_link_renew"),
    path(f"{L}<int:share_link_id>/revoke/", shares.share_link_revoke, name="share_link_revoke"),
    path(B, calendar.calendar_month, name="calendar_month"),
    path(f"{B}week/", calendar.calendar_week, name="calendar_week"),
    path(f"{B}list/", calendar.calendar_list, name="calendar_list"),
    path(f"{B}board/", calendar.calendar_board, name="calendar_board"),
    path(f"{B}export/", calendar.calendar_export, name="calendar_export"),
    path(f"{B}in/", bring_in.entries_in, name="entries_in"),
    path(f"{B}in/<int:entry_import_id>/", bring_in.entry_import, name="entry_import"),
    path(f"{B}in/<int:entry_import_id>/rejected/", bring_in.entry_import_rejected, name="entry_import_rejected"),
    path(f"{B}propose/", planning.calendar_propose, name="calendar_propose"),
    path(f"{B}mix/", planning.calendar_mix, name="calendar_mix"),
    path(f"{B}on-purpose/", planning.calendar_on_purpose, name="calendar_on_purpose"),
    path(f"{B}settings/", planning.calendar_settings, name="calendar_settings"),
    path(f"{B}days/new/", planning.own_day_new, name="own_day_new"),
    path(f"{B}days/<int:own_day_id>/", planning.own_day_edit, name="own_day_edit"),
    path(f"{B}days/<int:own_day_id>/delete/", planning.own_day_delete, name="own_day_delete"),
    path(f"{B}new/", entries.entry_new, name="entry_new"),
    path(f"{B}check/", entries.entry_check, name="entry_check"),
    path(f"{B}many/", entries.entries_bulk, name="entries_bulk"),
    path(f"{B}matches/<int:match_id>/", entries.entry_match, name="entry_match"),
    path(f"{B}<int:entry_id>/", entries.entry_detail, name="entry_detail"),
    path(f"{B}<int:entry_id>/edit/", entries.entry_edit, name="entry_edit"),
    path(f"{B}<int:entry_id>/delete/", entries.entry_delete, name="entry_delete"),
    path(f"{B}<int:entry_id>/move/", entries.entry_move, name="entry_move"),
    path(f"{B}<int:entry_id>/status/", entries.entry_status, name="entry_status"),
    path(f"{B}<int:entry_id>/decide/", entries.entry_decide, name="entry_decide"),
    path(f"{B}<int:entry_id>/comment/", entries.entry_comment, name="entry_comment"),
    path(f"{B}<int:entry_id>/copy/", entries.entry_copy, name="entry_copy"),
    path(f"{B}<int:entry_id>/pictures/", pictures.entry_pictures, name="entry_pictures"),
    path(f"{B}<int:entry_id>/pictures/<int:place>/", pictures.entry_picture, name="entry_picture"),
    path(f"{B}<int:entry_id>/file/", pictures.entry_file, name="entry_file"),
    path(f"{B}<int:entry_id>/restore/<int:event_id>/", entries.entry_restore, name="entry_restore"),
]
