"""The crisis plan of a brand, its parts and its versions."""

from django.urls import path

from crisis.views import parts, plan, versions

B = "brands/<slug:brand>/crisis/"
urlpatterns = [
    path(B, plan.crisis_plan, name="crisis_plan"),
    path(f"{B}begin/", plan.crisis_begin, name="crisis_begin"),
    path(f"{B}rules/", parts.crisis_rules, name="crisis_rules"),
    path(f"{B}checklists/", parts.crisis_checklists, name="crisis_checklists"),
    path(f"{B}around/", parts.crisis_around, name="crisis_around"),
    path(f"{B}levels/<int:level_id>/", parts.level_edit, name="crisis_level_edit"),
    path(f"{B}scenarios/new/", parts.scenario_new, name="crisis_scenario_new"),
    path(f"{B}scenarios/<int:scenario_id>/", parts.scenario_edit, name="crisis_scenario_edit"),
    path(f"{B}scenarios/<int:scenario_id>/delete/", parts.scenario_delete, name="crisis_scenario_delete"),
    path(f"{B}contacts/new/", parts.contact_new, name="crisis_contact_new"),
    path(f"{B}contacts/<int:contact_id>/", parts.contact_edit, name="crisis_contact_edit"),
    path(f"{B}contacts/<int:contact_id>/delete/", parts.contact_delete, name="crisis_contact_delete"),
    path(f"{B}statements/new/", parts.statement_new, name="crisis_statement_new"),
    path(f"{B}statements/<int:statement_id>/", parts.statement_edit, name="crisis_statement_edit"),
    path(f"{B}statements/<int:statement_id>/delete/", parts.statement_delete, name="crisis_statement_delete"),
    path(f"{B}drills/new/", parts.drill_new, name="drill_new"),
    path(f"{B}drills/<int:drill_id>/", parts.drill_edit, name="drill_edit"),
    path(f"{B}drills/<int:drill_id>/delete/", parts.drill_delete, name="drill_delete"),
    path(f"{B}hand-in/", versions.crisis_hand_in, name="crisis_hand_in"),
    path(f"{B}compare/", versions.crisis_compare, name="crisis_compare"),
    path(f"{B}readers/", versions.crisis_readers, name="crisis_readers"),
    path(f"{B}versions/<int:plan_version_id>/", versions.crisis_version, name="crisis_version"),
    path(f"{B}versions/<int:plan_version_id>/approve/", versions.crisis_approve, name="crisis_approve"),
    path(f"{B}versions/<int:plan_version_id>/withdraw/", versions.crisis_withdraw, name="crisis_withdraw"),
    path(f"{B}versions/<int:plan_version_id>/remind/", versions.crisis_remind, name="crisis_remind"),
]
