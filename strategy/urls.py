"""Audiences, platforms, channels, objectives, pillars and the strategy of a brand."""

from django.urls import path

from strategy.views import (
    audiences,
    campaigns,
    channels,
    document,
    goals,
    lessons,
    objective_form,
    objectives,
    pillars,
    platforms,
    readings,
)

urlpatterns = [
    path("brands/<slug:brand>/audiences/", audiences.audiences, name="audiences"),
    path("brands/<slug:brand>/audiences/export/", audiences.audiences_export, name="audiences_export"),
    path("brands/<slug:brand>/audiences/new/", audiences.audience_new, name="audience_new"),
    path("brands/<slug:brand>/audiences/compare/", audiences.audiences_compare, name="audiences_compare"),
    path("brands/<slug:brand>/audiences/<int:audience_id>/edit/", audiences.audience_edit, name="audience_edit"),
    path(
        "brands/<slug:brand>/audiences/<int:audience_id>/duplicate/",
        audiences.audience_duplicate,
        name="audience_duplicate",
    ),
    path(
        "brands/<slug:brand>/audiences/<int:audience_id>/archive/",
        audiences.audience_archive,
        name="audience_archive",
    ),
    path(
        "brands/<slug:brand>/audiences/<int:audience_id>/delete/",
        audiences.audience_delete,
        name="audience_delete",
    ),
    path(
        "brands/<slug:brand>/audiences/<int:audience_id>/evidence/new/",
        audiences.evidence_new,
        name="audience_evidence_new",
    ),
    path(
        "brands/<slug:brand>/evidence/<int:evidence_id>/", audiences.evidence_edit, name="audience_evidence_edit"
    ),
    path(
        "brands/<slug:brand>/evidence/<int:evidence_id>/delete/",
        audiences.evidence_delete,
        name="audience_evidence_delete",
    ),
    path("brands/<slug:brand>/pillars/", pillars.pillars, name="pillars"),
    path("brands/<slug:brand>/pillars/export/", pillars.pillars_export, name="pillars_export"),
    path("brands/<slug:brand>/pillars/new/", pillars.pillar_new, name="pillar_new"),
    path("brands/<slug:brand>/pillars/<int:pillar_id>/", pillars.pillar_edit, name="pillar_edit"),
    path("brands/<slug:brand>/pillars/<int:pillar_id>/move/", pillars.pillar_move, name="pillar_move"),
    path("brands/<slug:brand>/pillars/<int:pillar_id>/archive/", pillars.pillar_archive, name="pillar_archive"),
    path("brands/<slug:brand>/pillars/<int:pillar_id>/delete/", pillars.pillar_delete, name="pillar_delete"),
    path("brands/<slug:brand>/platforms/", platforms.platforms, name="platforms"),
    path("brands/<slug:brand>/platforms/export/", platforms.platforms_export, name="platforms_export"),
    path("brands/<slug:brand>/platforms/settings/", platforms.platform_settings, name="platform_settings"),
    path("brands/<slug:brand>/platforms/catalogue/", platforms.catalogue, name="catalogue"),
    path("brands/<slug:brand>/platforms/of/<slug:platform>/", platforms.platform_detail, name="platform_detail"),
    path(
        "brands/<slug:brand>/platforms/of/<slug:platform>/decide/",
        platforms.platform_decide,
        name="platform_decide",
    ),
    path(
        "brands/<slug:brand>/platforms/of/<slug:platform>/withdraw/",
        platforms.platform_withdraw,
        name="platform_withdraw",
    ),
    path("brands/<slug:brand>/channels/new/", channels.channel_new, name="channel_new"),
    path("brands/<slug:brand>/channels/<int:channel_id>/edit/", channels.channel_edit, name="channel_edit"),
    path("brands/<slug:brand>/channels/<int:channel_id>/close/", channels.channel_close, name="channel_close"),
    path("brands/<slug:brand>/channels/<int:channel_id>/reopen/", channels.channel_reopen, name="channel_reopen"),
    path("brands/<slug:brand>/objectives/", objectives.objectives, name="objectives"),
    path("brands/<slug:brand>/objectives/export/", objectives.objectives_export, name="objectives_export"),
    path("brands/<slug:brand>/objectives/tree/", objectives.objectives_tree, name="objectives_tree"),
    path("brands/<slug:brand>/objectives/new/", objective_form.objective_new, name="objective_new"),
    path(
        "brands/<slug:brand>/objectives/<int:objective_id>/", objectives.objective_detail, name="objective_detail"
    ),
    path(
        "brands/<slug:brand>/objectives/<int:objective_id>/edit/",
        objective_form.objective_edit,
        name="objective_edit",
    ),
    path(
        "brands/<slug:brand>/objectives/<int:objective_id>/archive/",
        objectives.objective_archive,
        name="objective_archive",
    ),
    path(
        "brands/<slug:brand>/objectives/<int:objective_id>/delete/",
        objectives.objective_delete,
        name="objective_delete",
    ),
    path(
        "brands/<slug:brand>/objectives/<int:objective_id>/readings/new/", readings.reading_new, name="reading_new"
    ),
    path("brands/<slug:brand>/readings/<int:reading_id>/", readings.reading_edit, name="reading_edit"),
    path("brands/<slug:brand>/readings/<int:reading_id>/delete/", readings.reading_delete, name="reading_delete"),
    path("brands/<slug:brand>/goals/new/", goals.goal_new, name="goal_new"),
    path("brands/<slug:brand>/goals/<int:goal_id>/", goals.goal_edit, name="goal_edit"),
    path("brands/<slug:brand>/goals/<int:goal_id>/delete/", goals.goal_delete, name="goal_delete"),
    path("brands/<slug:brand>/strategy/", document.strategy_document, name="strategy_document"),
    path("brands/<slug:brand>/strategy/edit/", document.strategy_edit, name="strategy_edit"),
    path("brands/<slug:brand>/strategy/propose/", document.strategy_propose, name="strategy_propose"),
    path("brands/<slug:brand>/strategy/compare/", document.strategy_compare, name="strategy_compare"),
    path("brands/<slug:brand>/strategy/strategy.pdf", document.strategy_pdf, name="strategy_pdf"),
    path("brands/<slug:brand>/strategy/<int:version_id>/", document.strategy_version, name="strategy_version"),
    path("brands/<slug:brand>/strategy/<int:version_id>/agree/", document.strategy_agree, name="strategy_agree"),
    path(
        "brands/<slug:brand>/strategy/<int:version_id>/withdraw/",
        document.strategy_withdraw,
        name="strategy_withdraw",
    ),
    path("brands/<slug:brand>/campaigns/", campaigns.campaigns, name="campaigns"),
    path("brands/<slug:brand>/campaigns/export/", campaigns.campaigns_export, name="campaigns_export"),
    path("brands/<slug:brand>/campaigns/timeline/", campaigns.campaigns_timeline, name="campaigns_timeline"),
    path("brands/<slug:brand>/campaigns/links/", campaigns.utm_convention, name="utm_convention"),
    path("brands/<slug:brand>/campaigns/<int:campaign_id>/step/", campaigns.campaign_step, name="campaign_step"),
    path(
        "brands/<slug:brand>/campaigns/<int:campaign_id>/archive/",
        campaigns.campaign_archive,
        name="campaign_archive",
    ),
    path(
        "brands/<slug:brand>/campaigns/<int:campaign_id>/delete/",
        campaigns.campaign_delete,
        name="campaign_delete",
    ),
    path("brands/<slug:brand>/campaigns/<int:campaign_id>/copy/", campaigns.campaign_copy, name="campaign_copy"),
    path("brands/<slug:brand>/campaigns/<int:campaign_id>/brief.pdf", campaigns.campaign_pdf, name="campaign_pdf"),
    path(
        "brands/<slug:brand>/campaigns/<int:campaign_id>/lessons/<int:lesson_id>/",
        lessons.lesson_decide,
        name="lesson_decide",
    ),
    path("brands/<slug:brand>/lessons/", lessons.lessons, name="lessons"),
    path("brands/<slug:brand>/lessons/export/", lessons.lessons_export, name="lessons_export"),
    path("brands/<slug:brand>/lessons/new/", lessons.lesson_new, name="lesson_new"),
    path("brands/<slug:brand>/lessons/<int:lesson_id>/", lessons.lesson_edit, name="lesson_edit"),
    path("brands/<slug:brand>/lessons/<int:lesson_id>/delete/", lessons.lesson_delete, name="lesson_delete"),
]
