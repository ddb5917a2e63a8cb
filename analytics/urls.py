"""Imports, posts, best times and ROI of a brand."""

from django.urls import path

from analytics.views import (
    best_times,
    costs,
    days,
    import_compare,
    import_gaps,
    import_history,
    import_mapping,
    import_undo,
    imports,
    planned,
    posts,
    roi,
)

urlpatterns = [
    path("brands/<slug:brand>/best-times/", best_times.best_times, name="best_times"),
    path(
        "brands/<slug:brand>/best-times/<int:channel_id>/compute/",
        best_times.best_times_compute,
        name="best_times_compute",
    ),
    path(
        "brands/<slug:brand>/best-times/<int:channel_id>/export/",
        best_times.best_times_export,
        name="best_times_export",
    ),
    path("brands/<slug:brand>/posts/", posts.posts, name="posts"),
    path("brands/<slug:brand>/posts/export/", posts.posts_export, name="posts_export"),
    path("brands/<slug:brand>/posts/<int:post_id>/", posts.post, name="post_detail"),
    path("brands/<slug:brand>/planned-posts/", planned.planned_posts, name="planned_posts"),
    path("brands/<slug:brand>/planned-posts/export/", planned.planned_posts_export, name="planned_posts_export"),
    path("brands/<slug:brand>/days/", days.days, name="days"),
    path("brands/<slug:brand>/days/export/", days.days_export, name="days_export"),
    path("brands/<slug:brand>/roi/", roi.roi, name="roi"),
    path("brands/<slug:brand>/roi/new/", roi.roi_new, name="roi_new"),
    path("brands/<slug:brand>/roi/<int:report_id>/", roi.roi_report, name="roi_report"),
    path("brands/<slug:brand>/roi/<int:report_id>/again/", roi.roi_report_again, name="roi_report_again"),
    path("brands/<slug:brand>/roi/<int:report_id>/delete/", roi.roi_report_delete, name="roi_report_delete"),
    path("brands/<slug:brand>/roi/<int:report_id>/report.csv", roi.roi_report_csv, name="roi_report_csv"),
    path("brands/<slug:brand>/roi/<int:report_id>/report.xlsx", roi.roi_report_xlsx, name="roi_report_xlsx"),
    path("brands/<slug:brand>/roi/<int:report_id>/report.pdf", roi.roi_report_pdf, name="roi_report_pdf"),
    path("brands/<slug:brand>/costs/", costs.costs, name="costs"),
    path("brands/<slug:brand>/costs/export/", costs.costs_export, name="costs_export"),
    path("brands/<slug:brand>/costs/new/", costs.cost_new, name="cost_new"),
    path("brands/<slug:brand>/costs/<int:cost_id>/", costs.cost_edit, name="cost_edit"),
    path("brands/<slug:brand>/costs/<int:cost_id>/delete/", costs.cost_delete, name="cost_delete"),
    path("brands/<slug:brand>/values/", costs.values, name="values"),
    path("brands/<slug:brand>/values/new/", costs.value_new, name="value_new"),
    path("brands/<slug:brand>/values/<int:value_id>/", costs.value_edit, name="value_edit"),
    path("brands/<slug:brand>/values/<int:value_id>/delete/", costs.value_delete, name="value_delete"),
    path("brands/<slug:brand>/rates/", costs.rates, name="rates"),
    path("brands/<slug:brand>/rates/new/", costs.rate_new, name="rate_new"),
    path("brands/<slug:brand>/rates/<int:rate_id>/", costs.rate_edit, name="rate_edit"),
    path("brands/<slug:brand>/rates/<int:rate_id>/delete/", costs.rate_delete, name="rate_delete"),
    path("brands/<slug:brand>/imports/", import_history.imports, name="imports"),
    path("brands/<slug:brand>/imports/export/", import_history.imports_export, name="imports_export"),
    path("brands/<slug:brand>/imports/gaps/", import_gaps.import_gaps, name="import_gaps"),
    path("brands/<slug:brand>/imports/gaps/export/", import_gaps.import_gaps_export, name="import_gaps_export"),
    path("brands/<slug:brand>/imports/new/", imports.import_new, name="import_new"),
    path("brands/<slug:brand>/imports/template.csv", imports.import_template, name="import_template"),
    path("brands/<slug:brand>/imports/mappings/", import_mapping.import_mappings, name="import_mappings"),
    path(
        "brands/<slug:brand>/imports/mappings/<int:mapping_id>/",
        import_mapping.import_mapping,
        name="import_mapping",
    ),
    path(
        "brands/<slug:brand>/imports/mappings/<int:mapping_id>/delete/",
        import_mapping.import_mapping_delete,
        name="import_mapping_delete",
    ),
    path("brands/<slug:brand>/imports/<int:batch_id>/", imports.import_detail, name="import_detail"),
    path("brands/<slug:brand>/imports/<int:batch_id>/confirm/", imports.import_confirm, name="import_confirm"),
    path("brands/<slug:brand>/imports/<int:batch_id>/discard/", imports.import_discard, name="import_discard"),
    path(
        "brands/<slug:brand>/import-files/<int:file_id>/columns/",
        import_mapping.import_columns,
        name="import_columns",
    ),
    path("brands/<slug:brand>/imports/<int:batch_id>/undo/", import_undo.import_undo, name="import_undo"),
    path("brands/<slug:brand>/imports/<int:batch_id>/redo/", import_undo.import_redo, name="import_redo"),
    path("brands/<slug:brand>/imports/<int:batch_id>/again/", import_undo.import_again, name="import_again"),
    path(
        "brands/<slug:brand>/imports/<int:batch_id>/compare/", import_compare.import_compare, name="import_compare"
    ),
    path(
        "brands/<slug:brand>/import-comparisons/<int:comparison_id>/",
        import_compare.import_comparison,
        name="import_comparison",
    ),
    path(
        "brands/<slug:brand>/import-comparisons/<int:comparison_id>/export/",
        import_compare.import_comparison_export,
        name="import_comparison_export",
    ),
    path(
        "brands/<slug:brand>/import-files/<int:file_id>/rejected/", imports.import_rejected, name="import_rejected"
    ),
]
