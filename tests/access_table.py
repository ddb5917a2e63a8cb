"""Who may open what: one line for every address, and example rows for the numbers in them.

`test_access` walks the resolver itself and fails on an address that is missing here.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from accounts import audit, feeds
from accounts.models import Brand, Job, User
from accounts.scoping import brands_in_scope
from analytics.models import (
    ColumnMapping,
    Conversion,
    CurrencyRate,
    EffectsReport,
    ImportBatch,
    ImportComparison,
    ImportFile,
    PlannedPost,
    Post,
    QuietPeriod,
    RoiReport,
    Spend,
    StatedValue,
)
from calendar_app.models import (
    Entry,
    EntryImport,
    EntryImportLine,
    EntryMatch,
    Freeze,
    Observance,
    SavedView,
    ShareLink,
    Slot,
)
from strategy import task_templates
from strategy.models import (
    Audience,
    Campaign,
    Channel,
    ContentPillar,
    Evidence,
    Goal,
    Lesson,
    Objective,
    ObjectiveReading,
    PlatformChoice,
    StrategyVersion,
    Task,
    TaskPublication,
    TaskTemplate,
)
from strategy.selectors import document
from tests.crisis import crisis_kit
from tests.smm import desk_kit

STRANGERS = frozenset({"ada", "bea", "carlo", "dario", "anonymous"})
SIGNED_IN = STRANGERS - {"anonymous"}
DESK = frozenset({"ada", "bea", "carlo"})
MANAGERS = frozenset({"ada", "bea"})
API = (
    *("brands", "brand", "channels", "campaigns", "pillars", "audiences", "best_times", "posts"),
    *("entries", "entry", "set_status", "move_entry"),
)
OWNERS = frozenset({"ada", "dario"})  # Dario owns an agency too: his own


@dataclass(frozen=True)
class Rule:
    """Who gets an answer; everybody else gets 404, or the sign-in page if not signed in."""

    who: frozenset[str]
    query: dict[str, str] = field(default_factory=dict)


ACCESS: dict[str, Rule] = {
    "home": Rule(SIGNED_IN),
    "healthz": Rule(STRANGERS),
    "me": Rule(SIGNED_IN),
    "me_feed": Rule(SIGNED_IN),
    "api_tokens": Rule(SIGNED_IN),
    "api_page": Rule(SIGNED_IN),
    "api_document": Rule(STRANGERS),
    # A session opens none of these; tests/smm/test_api.py asks them with every token.
    **{f"api_{name}": Rule(frozenset()) for name in (*API, "nothing")},
    "notifications": Rule(SIGNED_IN),
    "feed": Rule(STRANGERS),
    "desk_calendar": Rule(DESK),
    "desk_entry": Rule(DESK),
    "desk_entry_file": Rule(DESK),
    "desk_calendar_all": Rule(SIGNED_IN),
    "campaign_versions": Rule(MANAGERS),
    "campaign_history": Rule(MANAGERS),
    "campaign_entries": Rule(MANAGERS),
    "calendar_month": Rule(MANAGERS),
    "calendar_week": Rule(MANAGERS),
    "calendar_list": Rule(MANAGERS),
    "calendar_board": Rule(MANAGERS),
    "calendar_export": Rule(MANAGERS),
    "entries_in": Rule(MANAGERS),
    "entry_import": Rule(MANAGERS),
    "entry_import_rejected": Rule(MANAGERS),
    "calendar_propose": Rule(MANAGERS),
    "calendar_mix": Rule(MANAGERS),
    "calendar_on_purpose": Rule(MANAGERS),
    "calendar_settings": Rule(MANAGERS),
    "calendar_subscribe": Rule(MANAGERS),
    "calendar_day": Rule(MANAGERS),
    "calendar_view": Rule(MANAGERS),
    "calendar_view_new": Rule(MANAGERS),
    "calendar_view_edit": Rule(frozenset({"bea"})),  # its author alone
    "calendar_view_delete": Rule(MANAGERS),
    "calendar_slots": Rule(MANAGERS),
    "slot_new": Rule(MANAGERS),
    "slot_edit": Rule(MANAGERS),
    "slot_delete": Rule(MANAGERS),
    "slots_best": Rule(MANAGERS),
    "entry_place": Rule(MANAGERS),
    "share_month": Rule(STRANGERS),
    "share_entry": Rule(STRANGERS),
    "share_file": Rule(STRANGERS),
    "share_links": Rule(MANAGERS),
    "share_links_export": Rule(MANAGERS),
    "share_link_new": Rule(MANAGERS),
    "share_link_edit": Rule(MANAGERS),
    "share_link_address": Rule(MANAGERS),
    "share_link_renew": Rule(MANAGERS),
    "share_link_revoke": Rule(MANAGERS),
    "own_day_new": Rule(MANAGERS),
    "own_day_edit": Rule(MANAGERS),
    "own_day_delete": Rule(MANAGERS),
    "entry_new": Rule(MANAGERS),
    "entry_check": Rule(MANAGERS),
    "entries_bulk": Rule(MANAGERS),
    "entry_match": Rule(MANAGERS),
    "entry_detail": Rule(MANAGERS),
    "entry_edit": Rule(MANAGERS),
    "entry_delete": Rule(MANAGERS),
    "entry_move": Rule(MANAGERS),
    "entry_status": Rule(MANAGERS),
    "entry_decide": Rule(MANAGERS),
    "entry_comment": Rule(MANAGERS),
    "entry_copy": Rule(MANAGERS),
    "entry_file": Rule(MANAGERS),
    "calendar_freeze": Rule(MANAGERS),
    "freeze_change": Rule(MANAGERS),
    "entry_unfreeze": Rule(MANAGERS, {"do": "resume"}),
    "entry_pictures": Rule(MANAGERS),
    "entry_picture": Rule(MANAGERS, {"do": "describe"}),
    "entry_restore": Rule(MANAGERS),
    "campaign_remind": Rule(MANAGERS),
    "hand_over_settings": Rule(MANAGERS),
    "tasks": Rule(MANAGERS),
    "tasks_export": Rule(MANAGERS),
    "task_file": Rule(MANAGERS),
    "task_publication": Rule(MANAGERS),
    "task_templates": Rule(MANAGERS),
    "task_template_keep": Rule(MANAGERS),
    "task_template_use": Rule(MANAGERS),
    "task_template_edit": Rule(MANAGERS),
    "task_template_delete": Rule(MANAGERS),
    "set_language": Rule(STRANGERS),
    "brand_overview": Rule(MANAGERS),
    "brand_enter": Rule(DESK),
    "desk": Rule(DESK),
    "desk_worker": Rule(STRANGERS),
    "desk_all": Rule(SIGNED_IN),
    "desk_task": Rule(DESK),
    "desk_asset": Rule(DESK),
    "desk_brief": Rule(DESK),
    "job": Rule(MANAGERS),
    "job_retry": Rule(MANAGERS),
    "post_detail": Rule(MANAGERS),
    "posts_export": Rule(MANAGERS),
    "posts_tag": Rule(MANAGERS),
    "posts": Rule(MANAGERS),
    "planned_posts": Rule(MANAGERS),
    "planned_posts_export": Rule(MANAGERS),
    "days": Rule(MANAGERS),
    "days_export": Rule(MANAGERS),
    "imports": Rule(MANAGERS),
    "imports_export": Rule(MANAGERS),
    "import_new": Rule(MANAGERS),
    "import_template": Rule(MANAGERS),
    "import_detail": Rule(MANAGERS),
    "import_confirm": Rule(MANAGERS),
    "import_discard": Rule(MANAGERS),
    "import_gaps": Rule(MANAGERS),
    "import_gaps_export": Rule(MANAGERS),
    "import_gap_quiet": Rule(MANAGERS),
    "import_gap_again": Rule(MANAGERS),
    "import_columns": Rule(MANAGERS),
    "import_mappings": Rule(MANAGERS),
    "import_mapping": Rule(MANAGERS),
    "import_mapping_delete": Rule(MANAGERS),
    "import_undo": Rule(MANAGERS),
    "import_redo": Rule(MANAGERS),
    "import_again": Rule(MANAGERS),
    "import_compare": Rule(MANAGERS),
    "import_comparison": Rule(MANAGERS),
    "import_comparison_export": Rule(MANAGERS),
    "import_rejected": Rule(MANAGERS),
    "best_times": Rule(MANAGERS),
    "best_times_compute": Rule(MANAGERS),
    "best_times_export": Rule(MANAGERS),
    "effects": Rule(MANAGERS),
    "effects_new": Rule(MANAGERS),
    "effects_report": Rule(MANAGERS),
    "effects_report_again": Rule(MANAGERS),
    "effects_report_delete": Rule(MANAGERS),
    "effects_report_export": Rule(MANAGERS),
    "effects_posts": Rule(MANAGERS),
    "effects_posts_export": Rule(MANAGERS, query={"dimension": "format", "level": "photo"}),
    "roi": Rule(MANAGERS),
    "roi_new": Rule(MANAGERS),
    "roi_report": Rule(MANAGERS),
    "roi_report_again": Rule(MANAGERS),
    "roi_report_delete": Rule(MANAGERS),
    "roi_report_csv": Rule(MANAGERS),
    "roi_report_xlsx": Rule(MANAGERS),
    "roi_report_pdf": Rule(MANAGERS),
    "costs": Rule(MANAGERS),
    "costs_export": Rule(MANAGERS),
    "cost_new": Rule(MANAGERS),
    "cost_edit": Rule(MANAGERS),
    "cost_delete": Rule(MANAGERS),
    "values": Rule(MANAGERS),
    "value_new": Rule(MANAGERS),
    "value_edit": Rule(MANAGERS),
    "value_delete": Rule(MANAGERS),
    "rates": Rule(MANAGERS),
    "rate_new": Rule(MANAGERS),
    "rate_edit": Rule(MANAGERS),
    "rate_delete": Rule(MANAGERS),
    "audiences": Rule(MANAGERS),
    "audiences_export": Rule(MANAGERS),
    "audience_new": Rule(MANAGERS),
    "audiences_compare": Rule(MANAGERS),
    "audience_detail": Rule(MANAGERS),
    "audience_edit": Rule(MANAGERS),
    "audience_duplicate": Rule(MANAGERS),
    "audience_archive": Rule(MANAGERS),
    "audience_delete": Rule(MANAGERS),
    "audience_evidence_new": Rule(MANAGERS),
    "audience_evidence_edit": Rule(MANAGERS),
    "audience_evidence_delete": Rule(MANAGERS),
    "pillars": Rule(MANAGERS),
    "pillars_export": Rule(MANAGERS),
    "pillar_new": Rule(MANAGERS),
    "pillar_edit": Rule(MANAGERS),
    "pillar_move": Rule(MANAGERS),
    "pillar_archive": Rule(MANAGERS),
    "pillar_delete": Rule(MANAGERS),
    "platforms": Rule(MANAGERS),
    "platforms_export": Rule(MANAGERS),
    "platform_settings": Rule(MANAGERS),
    "platform_detail": Rule(MANAGERS),
    "platform_decide": Rule(MANAGERS),
    "platform_withdraw": Rule(MANAGERS),
    "catalogue": Rule(MANAGERS),
    "channels": Rule(MANAGERS),
    "channels_export": Rule(MANAGERS),
    "channel_new": Rule(MANAGERS),
    "channel_edit": Rule(MANAGERS),
    "channel_close": Rule(MANAGERS),
    "channel_reopen": Rule(MANAGERS),
    "channel_delete": Rule(MANAGERS),
    "objectives": Rule(MANAGERS),
    "objectives_export": Rule(MANAGERS),
    "objectives_tree": Rule(MANAGERS),
    "objective_new": Rule(MANAGERS),
    "objective_detail": Rule(MANAGERS),
    "objective_edit": Rule(MANAGERS),
    "objective_archive": Rule(MANAGERS),
    "objective_delete": Rule(MANAGERS),
    "reading_new": Rule(MANAGERS),
    "reading_edit": Rule(MANAGERS),
    "reading_delete": Rule(MANAGERS),
    "goal_new": Rule(MANAGERS),
    "goal_edit": Rule(MANAGERS),
    "goal_delete": Rule(MANAGERS),
    "campaigns": Rule(MANAGERS),
    "campaigns_export": Rule(MANAGERS),
    "campaigns_timeline": Rule(MANAGERS),
    "utm_convention": Rule(MANAGERS),
    "campaign_new": Rule(MANAGERS),
    "campaign_detail": Rule(MANAGERS),
    "campaign_edit": Rule(MANAGERS),
    "campaign_step": Rule(MANAGERS),
    "campaign_archive": Rule(MANAGERS),
    "campaign_delete": Rule(MANAGERS),
    "campaign_copy": Rule(MANAGERS),
    "campaign_pdf": Rule(MANAGERS),
    "lesson_decide": Rule(MANAGERS),
    "campaign_hand_over": Rule(MANAGERS),
    "task_new": Rule(MANAGERS),
    "task_edit": Rule(MANAGERS),
    "task_delete": Rule(MANAGERS),
    "task_settle": Rule(MANAGERS),
    "lessons": Rule(MANAGERS),
    "lessons_export": Rule(MANAGERS),
    "lesson_new": Rule(MANAGERS),
    "lesson_edit": Rule(MANAGERS),
    "lesson_delete": Rule(MANAGERS),
    "crisis_plan": Rule(MANAGERS),
    "crisis_begin": Rule(MANAGERS),
    "crisis_rules": Rule(MANAGERS),
    "crisis_checklists": Rule(MANAGERS),
    "crisis_around": Rule(MANAGERS),
    "crisis_level_edit": Rule(MANAGERS),
    "crisis_scenario_new": Rule(MANAGERS),
    "crisis_scenario_edit": Rule(MANAGERS),
    "crisis_scenario_delete": Rule(MANAGERS),
    "crisis_contact_new": Rule(MANAGERS),
    "crisis_contact_edit": Rule(MANAGERS),
    "crisis_contact_delete": Rule(MANAGERS),
    "crisis_statement_new": Rule(MANAGERS),
    "crisis_statement_edit": Rule(MANAGERS),
    "crisis_statement_delete": Rule(MANAGERS),
    "drill_new": Rule(MANAGERS),
    "drill_edit": Rule(MANAGERS),
    "drill_delete": Rule(MANAGERS),
    "crisis_hand_in": Rule(MANAGERS),
    "crisis_compare": Rule(MANAGERS),
    "crisis_readers": Rule(MANAGERS),
    "crisis_version": Rule(MANAGERS),
    "crisis_approve": Rule(MANAGERS),
    "crisis_withdraw": Rule(MANAGERS),
    "crisis_remind": Rule(MANAGERS),
    "desk_crisis": Rule(DESK),
    "strategy_document": Rule(MANAGERS),
    "strategy_edit": Rule(MANAGERS),
    "strategy_propose": Rule(MANAGERS),
    "strategy_compare": Rule(MANAGERS),
    "strategy_pdf": Rule(MANAGERS),
    "strategy_version": Rule(MANAGERS),
    "strategy_agree": Rule(MANAGERS),
    "strategy_withdraw": Rule(MANAGERS),
}
# allauth's own addresses: its views decide; sign-up is closed by the adapter and answers with a page saying so.
ALLAUTH = {
    "account_login": Rule(STRANGERS),
    "account_confirm_login_code": Rule(STRANGERS),
    "account_logout": Rule(STRANGERS),
    "account_inactive": Rule(STRANGERS),
    "account_signup": Rule(STRANGERS),
    "account_reauthenticate": Rule(SIGNED_IN),
    "account_email": Rule(SIGNED_IN),
    "account_email_verification_sent": Rule(STRANGERS),
    "account_confirm_email": Rule(STRANGERS),
    "account_change_password": Rule(SIGNED_IN),
    "account_set_password": Rule(SIGNED_IN),
    "account_reset_password": Rule(STRANGERS),
    "account_reset_password_done": Rule(STRANGERS),
    "account_reset_password_from_key": Rule(STRANGERS),
    "account_reset_password_from_key_done": Rule(STRANGERS),
}


@dataclass(frozen=True)
class Rows:
    """One row of every kind that an address can name, all of one brand."""

    numbers: dict[str, int | str]


def make_rows(brand: Brand, by: User) -> Rows:
    day = date(2026, 5, 4)
    money = {"brand": brand, "currency": "EUR"}
    with brands_in_scope(brand.pk):
        channel = Channel.objects.create(brand=brand, platform="instagram", handle=brand.slug)
        batch = ImportBatch.objects.create(brand=brand, created_by=by)
        file = ImportFile.objects.create(
            brand=brand,
            batch=batch,
            name="posts.csv",
            problem_code="unknown",
            preview={"header": ["day", "likes"]},
        )
        comparison = ImportComparison.objects.create(
            brand=brand, batch=batch, about="before", counts={}, done_at=datetime(2026, 5, 10, tzinfo=UTC)
        )
        post = Post.objects.create(
            brand=brand,
            channel=channel,
            external_id="1",
            published_at=datetime(2026, 5, 4, 9, tzinfo=UTC),
            metrics_as_of=datetime(2026, 5, 10, tzinfo=UTC),
        )
        cost = Spend.objects.create(
            **money, kind=Spend.Kind.OTHER, start=day, end=day, amount=Decimal(10), created_by=by
        )
        value = StatedValue.objects.create(
            **money, name="lead", source_kind="ga4", value=Decimal(20), valid_from=day
        )
        rate = CurrencyRate.objects.create(
            brand=brand, currency="USD", to_currency="EUR", day=day, rate=Decimal("0.9")
        )
        report = RoiReport.objects.create(**money, start=day, end=day)
        effects = EffectsReport.objects.create(brand=brand, number=1, start=day, end=day, metric="engagements")
        Conversion.objects.create(brand=brand, source_kind="ga4", start=day, end=day, row_key="k")
        PlannedPost.objects.create(brand=brand, channel=channel, platform="instagram", text="Soon", row_key="k")
        audience = Audience.objects.create(brand=brand, name="Giulia")
        pillar = ContentPillar.objects.create(brand=brand, name="Behind the roast", share=40)
        PlatformChoice.objects.create(
            brand=brand,
            platform="instagram",
            decision="chosen",
            reason="They are there.",
            decided_at=timezone.now(),
        )
        version = StrategyVersion.objects.create(
            brand=brand,
            number=1,
            content=document.content(brand, today=day),
            proposed_at=datetime(2026, 5, 4, 9, tzinfo=UTC),
        )
        evidence = Evidence.objects.create(brand=brand, audience=audience, claim="job", kind="survey")
        job = Job.objects.create(brand=brand, kind="analytics.roi_report")
        goal = Goal.objects.create(brand=brand, name="Sell by subscription")
        span = {"start": day, "deadline": date(2026, 12, 31), "target": 5.0}
        objective = Objective.objects.create(
            brand=brand, goal=goal, statement="Hear more", kpi="share_of_voice", counting="period", **span
        )
        reading = ObjectiveReading.objects.create(
            brand=brand, objective=objective, day=day, value=1.0, source="hand"
        )
        period = QuietPeriod.objects.create(brand=brand, channel=channel, kind="posts", first=day, last=day)
        campaign = Campaign.objects.create(brand=brand, name="Autumn", start=day, end=day)
        task = desk_kit.add_task(campaign, day)
        lesson = Lesson.objects.create(brand=brand, finding="Reels fail", verdict="stop", evidence="12 posts")
        mapping = ColumnMapping.objects.create(
            brand=brand, name="agency", signature="s", columns=["k", "when"], mapping={"post_id": "k"}
        )
        publication = TaskPublication.objects.create(
            brand=brand, task=task, post=post.pk, published_at=post.published_at, likeness=0.5, why="text"
        )
        entry = Entry.objects.create(
            **{
                "brand": brand,
                "channel": channel,
                "title": "Plums",
                "day": date(2046, 5, 4),
                "status": "approved",
            },
            **{"at": datetime(2046, 5, 4, 22, tzinfo=UTC), "asset": desk_kit.store("plums.png")},
        )
        noticed = EntryMatch.objects.create(
            brand=brand, entry=entry, post=post.pk, published_at=post.published_at, likeness=0.5, why="text"
        )
        share_link = ShareLink.objects.create(
            brand=brand,
            name="Ms Rossi",
            token_hash=f"hash-{brand.pk}",
            time_zone="Europe/Rome",
            until=day,
            expires_at=timezone.now() + timedelta(days=1),
        )
        freeze = Freeze.objects.create(brand=brand, why="A rumour", until=timezone.now(), by=by)
        own_day = Observance.objects.create(brand=brand, name="Founding day", day=day)
        view = SavedView.objects.create(brand=brand, user=by, name="Drafts", query="status=draft", shared=True)
        slot = Slot.objects.create(brand=brand, channel=channel, weekday=0, clock=time(18))
        brought = EntryImport.objects.create(brand=brand, by=by)
        EntryImportLine.objects.create(
            **{"brand": brand, "entry_import": brought, "number": 2, "kind": "wrong", "told": {"title": "Plums"}},
            verdict={"problems": [{"column": "title", "value": "", "code": "sheet_title", "facts": {}}]},
        )
        event = audit.record("entry.changed", entry, by=by, brand=brand, before={"title": "Plum"}, after={})
        template = TaskTemplate.objects.create(brand=brand, name="Launch", items=task_templates.shipped("launch"))
        Task.objects.filter(pk=task.pk).update(asset=desk_kit.store("task.png"))
    desk_kit.add_version(campaign, at=timezone.now())
    by.feed_serial = by.last_feed_serial = 1
    by.save()
    brief = desk_kit.add_version(desk_kit.add_campaign(brand, "Handed over"), at=timezone.now())
    handed = desk_kit.hand(brief, desk_kit.add_task(brief.campaign, day), asset=desk_kit.store())
    return Rows(
        {
            "place": 0,
            "brief_id": brief.pk,
            "handed_id": handed.pk,
            "channel_id": channel.pk,
            "batch_id": batch.pk,
            "file_id": file.pk,
            "comparison_id": comparison.pk,
            "post_id": post.pk,
            "cost_id": cost.pk,
            "value_id": value.pk,
            "rate_id": rate.pk,
            "report_id": report.pk,
            "effects_id": effects.pk,
            "job_id": job.pk,
            "goal_id": goal.pk,
            "objective_id": objective.pk,
            "reading_id": reading.pk,
            "audience_id": audience.pk,
            "evidence_id": evidence.pk,
            "version_id": version.pk,
            "pillar_id": pillar.pk,
            "mapping_id": mapping.pk,
            "period_id": period.pk,
            "campaign_id": campaign.pk,
            "lesson_id": lesson.pk,
            "task_id": task.pk,
            "template_id": template.pk,
            "entry_id": entry.pk,
            "entry_import_id": brought.pk,
            "match_id": noticed.pk,
            "own_day_id": own_day.pk,
            "freeze_id": freeze.pk,
            "slot_id": slot.pk,
            "view_id": view.pk,
            "share_link_id": share_link.pk,
            "event_id": event.pk,
            "publication_id": publication.pk,
            "token": feeds.token_of(by),
            **crisis_kit.numbers(brand),
        }
    )
