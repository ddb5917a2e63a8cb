"""The pages that a browser looks at: who opens them, and what must be there beforehand.

To have a page looked at, add a line to PAGES: a name, the person of the cast ("" for nobody), and a function that
makes the rows it shows and returns its address. `test_pages_wide` and `test_pages_phone` open it in every view.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone

from accounts import tokens
from accounts.models import Job, Receipt
from accounts.scoping import brands_in_scope
from analytics.models import PlannedPost, Post
from analytics.services import best_times, tags
from calendar_app.services import freezing
from strategy.models import Audience, Campaign, ContentPillar, Goal, Lesson, Objective
from strategy.services import campaigns, document, hand_over, task_templates, tasks
from tests.analytics.posts import add_channel, add_posts, random_posts
from tests.analytics.series import growing
from tests.browser import effects_pages, import_pages, upload_pages
from tests.calendar_app import calendar_kit, share_kit
from tests.cast import Cast
from tests.crisis import crisis_kit
from tests.smm import desk_kit
from tests.strategy import campaigning, choosing, personas
from tests.strategy.objectives import add_objective, add_rates

NOON = datetime(2026, 6, 13, 10, tzinfo=UTC)


@dataclass(frozen=True)
class Shown:
    name: str
    person: str
    prepare: Callable[[Cast], str]
    status: int = 200
    language: str = ""  # of the page, where it is not that of the reader

    def __str__(self) -> str:
        return self.name


def at(name: str, **arguments) -> Callable[[Cast], str]:
    """The address of a page that needs no rows."""
    return lambda cast: reverse(name, kwargs=arguments)


def of_brand(name: str) -> Callable[[Cast], str]:
    return lambda cast: reverse(name, args=[cast.brand.slug])


def _job(**fields) -> Callable[[Cast], str]:
    def prepare(cast: Cast) -> str:
        with brands_in_scope(cast.brand.pk):
            payload = {"channel": add_channel(cast.brand).pk}
            job = Job.objects.create(brand=cast.brand, kind="analytics.best_times", payload=payload, **fields)
        return reverse("job", args=[cast.brand.slug, job.pk])

    return prepare


def computed_hours(cast: Cast) -> None:
    """A channel whose best times are computed."""
    channel = add_channel(cast.brand, platform="instagram", handle="caffe.alba")
    with brands_in_scope(cast.brand.pk):
        add_posts(channel, random_posts(600, seed=1))
        best_times.compute(channel)


def _best_times(cast: Cast) -> str:
    computed_hours(cast)
    return reverse("best_times", args=[cast.brand.slug])


def _days(query: str = "") -> Callable[[Cast], str]:
    def prepare(cast: Cast) -> str:
        growing(add_channel(cast.brand, platform="instagram", handle="caffe.alba"))
        return reverse("days", args=[cast.brand.slug]) + query

    return prepare


def _desk(page: str = "desk", number: str = "") -> Callable[[Cast], str]:
    def prepare(cast: Cast) -> str:
        computed_hours(cast)
        campaign = desk_kit.add_campaign(cast.brand)
        now = timezone.now()
        first = desk_kit.add_version(campaign, at=now - timedelta(days=3), key_message="Cocoa in a cup.")
        with brands_in_scope(cast.brand.pk):
            Receipt.objects.create(
                brand=cast.brand,
                user=cast.carlo,
                row_type="strategy.CampaignVersion",
                row_id=first.pk,
                first_seen_at=now,
                last_seen_at=now,
            )
        tasks = [desk_kit.add_task(campaign, now.date() + timedelta(days=n)) for n in (-2, 1, 9)]
        for task in tasks[:2]:
            desk_kit.hand(first, task, copy="The summer roast is here.")
        second = desk_kit.add_version(campaign, 2, at=now)
        rows = [desk_kit.hand(second, task, to=cast.carlo) for task in tasks]
        numbers = {"task": [rows[0].pk], "brief": [second.pk]}.get(number, [])
        return reverse(page, args=[] if page.endswith("_all") else [cast.brand.slug, *numbers])

    return prepare


def _overview(cast: Cast) -> str:
    computed_hours(cast)
    objective_on_its_way(cast)
    return reverse("brand_overview", args=[cast.brand.slug])


def _persona(name: str) -> Callable[[Cast], str]:
    def prepare(cast: Cast) -> str:
        channel = add_channel(cast.brand, platform="instagram", handle="caffe.alba")
        audience = personas.add_audience(cast.brand)
        personas.add_evidence(audience, "pains", day=timezone.localdate())
        personas.add_evidence(audience, "job", kind="interviews", day=date(2020, 3, 1))
        personas.serve(audience, channel=channel)
        personas.add_audience(cast.brand, "Marco, runs a small bar", online_hours=[], job="")
        with brands_in_scope(cast.brand.pk):
            add_posts(channel, random_posts(40, seed=2))
        return reverse(name, args=[cast.brand.slug, *([audience.pk] if "audiences" not in name else [])])

    return prepare


def _chosen(name: str, **arguments) -> Callable[[Cast], str]:
    """A page of a brand that has chosen its platforms."""

    def prepare(cast: Cast) -> str:
        choosing.whole_brand(cast.brand, cast.bea)
        return reverse(name, kwargs={"brand": cast.brand.slug} | arguments)

    return prepare


def _campaign(name: str) -> Callable[[Cast], str]:
    """A page of a brand with two campaigns and two lessons, or of the fuller campaign."""

    def prepare(cast: Cast) -> str:
        with brands_in_scope(cast.brand.pk):
            campaign = campaigning.lived_in(cast.brand, cast.bea, cast.ada)
        return reverse(
            name, args=[cast.brand.slug, *([campaign.pk] if name.startswith(("campaign_", "task_")) else [])]
        )

    return prepare


def _handed_twice(cast: Cast) -> Campaign:
    """A campaign that was handed over, changed, and handed over again."""
    with brands_in_scope(cast.brand.pk):
        campaign = campaigning.lived_in(cast.brand, cast.bea, cast.ada)
        for lesson in Lesson.objects.exclude(uses__campaign=campaign):
            campaigns.decide_lesson(campaign, lesson, taken=False, word="Not in autumn", by=cast.bea)
        now = timezone.now()
        told = {"to": [cast.carlo], "by": cast.bea, "now": now, "today": now.date()}
        hand_over.hand_over(campaign, note="", **told)
        tasks.add(campaign, by=cast.bea, values=campaigning.task_values(title="Thank the pickers", link=""))
        hand_over.hand_over(campaign, note="The pickers deserve a word", **told)
    return campaign


def _versions(cast: Cast) -> str:
    return reverse("campaign_versions", args=[cast.brand.slug, _handed_twice(cast).pk]) + "?from=1&to=2"


def _notifications(cast: Cast) -> str:
    _handed_twice(cast)
    return reverse("notifications")


def _task_templates(cast: Cast) -> str:
    with brands_in_scope(cast.brand.pk):
        campaign = campaigning.lived_in(cast.brand, cast.bea, cast.ada)
        task_templates.keep(campaign, name="A launch of ours", by=cast.bea)
    return reverse("task_templates", args=[cast.brand.slug])


def _pillars(cast: Cast) -> str:
    audience = personas.add_audience(cast.brand)
    personas.add_pillars(cast.brand, audience)
    return reverse("pillars", args=[cast.brand.slug])


def _strategy(name: str) -> Callable[[Cast], str]:
    def prepare(cast: Cast) -> str:
        with brands_in_scope(cast.brand.pk):
            audience = personas.add_strategy(cast.brand)
            version = document.propose(cast.brand, by=cast.bea, note="First strategy for the new shop")
            audience.pains = "The beans are old when they arrive, and nobody says when they were roasted."
            audience.save()
        return reverse(name, args=[cast.brand.slug, *([version.pk] if name == "strategy_version" else [])])

    return prepare


def _two_personas(cast: Cast) -> str:
    pair = [personas.add_audience(cast.brand), personas.add_audience(cast.brand, "Marco", job="", online_hours=[])]
    chosen = "&".join(f"with={audience.pk}" for audience in pair)
    return f"{reverse('audiences_compare', args=[cast.brand.slug])}?{chosen}"


def _channels(cast: Cast) -> str:
    computed_hours(cast)
    add_channel(cast.brand, platform="bluesky", handle="alba.example", active=False, name="Alba")
    return reverse("channels", args=[cast.brand.slug])


def _channel(cast: Cast) -> str:
    choosing.add_audience(cast.brand, "Giulia")
    return reverse("channel_edit", args=[cast.brand.slug, add_channel(cast.brand).pk])


def _planned(cast: Cast) -> str:
    channel = add_channel(cast.brand, platform="instagram", handle="caffe.alba")
    menu = "Our summer menu is out: cold brew, almond granita and a new way with tomatoes. Come by from nine."
    with brands_in_scope(cast.brand.pk):
        told = [
            {"at": NOON, "channel": channel, "platform": "instagram", "format": "short_video", "text": menu},
            {"at": NOON, "platform": "facebook", "account": "Caffè Alba", "title": "Summer menu", "text": menu},
            {
                "at": NOON,
                "is_exact": False,
                "platform": "x",
                "text": "Tonight: live jazz",
                "labels": "events, music",
            },
            {
                "platform": "",
                "text": "Thank the suppliers",
                "link": "https://caffe-alba.example/suppliers?from=plan",
            },
        ]
        for number, values in enumerate(told):
            PlannedPost.objects.create(brand=cast.brand, row_key=str(number), **values)
    return reverse("planned_posts", args=[cast.brand.slug])


def _tagged_posts(cast: Cast) -> str:
    channel = add_channel(cast.brand, platform="instagram", handle="caffe.alba")
    posts = add_posts(channel, random_posts(30, seed=4))
    with brands_in_scope(cast.brand.pk):
        campaign = campaigning.add_campaign(cast.brand, by=cast.bea, name="Autumn at the roastery")
        pillar = ContentPillar.objects.create(brand=cast.brand, name="Behind the roast", share=40)
        Audience.objects.create(brand=cast.brand, name="Giulia, who reads labels")
        tags.from_plans(cast.brand, [tags.Plan(post.pk, campaign.pk, pillar.pk, None) for post in posts[20:]])
    return reverse("posts", args=[cast.brand.slug])


def _tagged_post(cast: Cast) -> str:
    _tagged_posts(cast)
    return reverse("post_detail", args=[cast.brand.slug, Post.across_brands.latest("published_at").pk])


def _on_hold(cast: Cast, name: str = "calendar_freeze") -> str:
    calendar_kit.lived_in(cast)
    with brands_in_scope(cast.brand.pk):
        now = timezone.now()
        freezing.declare(
            cast.brand,
            why="A rumour about plums",
            channels=[],
            until=now + timedelta(days=1),
            by=cast.bea,
            now=now,
        )
    return reverse(name, args=[cast.brand.slug])


def _addresses(cast: Cast) -> str:
    EmailAddress.objects.create(user=cast.bea, email="bea@other.example", verified=False)
    return reverse("account_email")


def objective_on_its_way(cast: Cast, **values) -> Objective:
    """An objective with a rate, intervals and a forecast, beside others of each status, below two goals."""
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    with brands_in_scope(cast.brand.pk):
        goal = Goal.objects.create(brand=cast.brand, name="Sell half of the coffee by subscription", why="Steady.")
        Goal.objects.create(brand=cast.brand, name="Be the roaster that bars recommend")
    add_rates(cast.brand, "er_reach", until=monday)
    told = {"goal": goal, "owner": cast.bea, "platforms": ["instagram"]}
    span = {"start": monday - timedelta(weeks=16), "deadline": monday + timedelta(weeks=20)}
    shares = {"kpi": "er_reach", "baseline": 0.05, "target": 0.062, "assumptions": "Two reels a week."}
    found = add_objective(cast.brand, **told | span | shares | values)
    more = {"parent": found, "statement": "Have three of a hundred save a recipe", **span}
    add_objective(cast.brand, **more, kpi="save_rate", baseline=0.01, target=0.03)
    over = {"start": monday - timedelta(weeks=30), "deadline": monday - timedelta(weeks=2)}
    add_objective(cast.brand, **over, statement="Stir a reaction", kpi="er_reach", baseline=0.01, target=0.2)
    return found


def _objectives(cast: Cast) -> str:
    objective_on_its_way(cast)
    return reverse("objectives", args=[cast.brand.slug])


def _objectives_tree(cast: Cast) -> str:
    objective_on_its_way(cast)
    return reverse("objectives_tree", args=[cast.brand.slug])


def _objective(cast: Cast) -> str:
    return reverse("objective_detail", args=[cast.brand.slug, objective_on_its_way(cast).pk])


def _objective_edit(cast: Cast) -> str:
    return reverse("objective_edit", args=[cast.brand.slug, objective_on_its_way(cast).pk])


def _reading(cast: Cast) -> str:
    return reverse("reading_new", args=[cast.brand.slug, objective_on_its_way(cast).pk])


def _tokens(cast: Cast) -> str:
    tokens.make(cast.bea, name="Newsletter", scope="write", days=90)
    tokens.make(cast.bea, name="Last year’s script", scope="read", days=1, now=timezone.now() - timedelta(days=9))
    row, secret = tokens.make(cast.bea, name="Report", scope="read", days=30)
    tokens.count(tokens.find(secret))
    tokens.revoke(cast.bea, row.pk)
    return reverse("api_tokens")


def _desk_entry(cast: Cast) -> str:
    entry = calendar_kit.lived_in(cast)
    type(entry).across_brands.filter(pk=entry.pk).update(status="approved")
    return reverse("desk_entry", args=[cast.brand.slug, entry.pk])


PAGES = [
    Shown("sign in", "", at("account_login")),
    Shown("forgotten password", "", at("account_reset_password")),
    Shown("mail sent", "", at("account_reset_password_done")),
    Shown("dead link of a mail", "", at("account_reset_password_from_key", uidb36="1", key="no-token")),
    Shown("password is changed", "", at("account_reset_password_from_key_done")),
    Shown("sign up is closed", "", at("account_signup")),
    Shown("account is inactive", "", at("account_inactive")),
    Shown("brands", "ada", at("home")),
    Shown("no brand", "bea", lambda cast: cast.brand.delete() and reverse("home")),
    Shown("settings", "bea", at("me")),
    Shown("change password", "bea", at("account_change_password")),
    Shown("addresses", "bea", _addresses),
    Shown("sign out", "bea", at("account_logout")),
    Shown("job waits", "bea", _job()),
    Shown("job runs", "bea", _job(state="running", progress=0.42, phase="fitting")),
    Shown("job broke", "bea", _job(state="errored", error_code="job_broke")),
    Shown("objectives, none", "bea", of_brand("objectives")),
    Shown("objectives", "bea", _objectives),
    Shown("objectives, tree, none", "bea", of_brand("objectives_tree")),
    Shown("objectives, tree", "bea", _objectives_tree),
    Shown("objective", "bea", _objective),
    Shown("new objective", "bea", of_brand("objective_new")),
    Shown("edit objective", "bea", _objective_edit),
    Shown("new reading", "bea", _reading),
    Shown("new goal", "bea", of_brand("goal_new")),
    Shown("best times, nothing imported", "bea", of_brand("best_times")),
    Shown("best times", "bea", _best_times),
    Shown("desk, nothing computed", "carlo", of_brand("desk")),
    Shown("desk", "carlo", _desk()),
    Shown("desk of a community manager, seen by his manager", "bea", _desk()),
    Shown("desk of all brands", "carlo", _desk("desk_all")),
    Shown("task of the desk", "carlo", _desk("desk_task", "task")),
    Shown("brief of the desk", "carlo", _desk("desk_brief", "brief")),
    Shown("overview, new brand", "bea", of_brand("brand_overview")),
    Shown("overview", "bea", _overview),
    Shown("imports, none", "bea", of_brand("imports")),
    Shown("upload files", "bea", of_brand("import_new")),
    Shown("check an upload", "bea", upload_pages.review),
    Shown("columns of a table", "bea", upload_pages.columns),
    Shown("mappings, none", "bea", of_brand("import_mappings")),
    Shown("mappings", "bea", upload_pages.mappings),
    Shown("mapping", "bea", upload_pages.mapping),
    Shown("posts, none", "bea", of_brand("posts")),
    Shown("posts with what they were for", "bea", _tagged_posts),
    Shown("post with what it was for", "bea", _tagged_post),
    Shown("planned posts, none", "bea", of_brand("planned_posts")),
    Shown("planned posts", "bea", _planned),
    Shown("figures by day, none", "bea", of_brand("days")),
    Shown("figures by day", "bea", _days()),
    Shown("figures by day, a count", "bea", _days("?figure=views")),
    Shown("what worked, nothing yet", "bea", of_brand("effects")),
    Shown("what worked, list", "bea", effects_pages.listed),
    Shown("compare posts", "bea", effects_pages.asked),
    Shown("what worked", "bea", effects_pages.report),
    Shown("what worked, too few posts", "bea", effects_pages.too_few),
    Shown("what worked, being computed", "bea", effects_pages.waiting),
    Shown("what worked, posts", "bea", effects_pages.posts),
    Shown("ROI, no report", "bea", of_brand("roi")),
    Shown("new report", "bea", of_brand("roi_new")),
    Shown("costs, none", "bea", of_brand("costs")),
    Shown("new cost", "bea", of_brand("cost_new")),
    Shown("values, none", "bea", of_brand("values")),
    Shown("new value", "bea", of_brand("value_new")),
    Shown("rates, none", "bea", of_brand("rates")),
    Shown("new rate", "bea", of_brand("rate_new")),
    Shown("audiences, none", "bea", of_brand("audiences")),
    Shown("audiences", "bea", _persona("audiences")),
    Shown("new audience", "bea", of_brand("audience_new")),
    Shown("audience", "bea", _persona("audience_detail")),
    Shown("edit audience", "bea", _persona("audience_edit")),
    Shown("new evidence", "bea", _persona("audience_evidence_new")),
    Shown("two audiences", "bea", _two_personas),
    Shown("nothing to compare", "bea", of_brand("audiences_compare")),
    Shown("pillars, none", "bea", of_brand("pillars")),
    Shown("pillars", "bea", _pillars),
    Shown("new pillar", "bea", of_brand("pillar_new")),
    Shown("strategy, nothing yet", "bea", of_brand("strategy_document")),
    Shown("strategy", "bea", _strategy("strategy_document")),
    Shown("strategy, texts", "bea", of_brand("strategy_edit")),
    Shown("strategy, version", "bea", _strategy("strategy_version")),
    Shown("strategy, what changed", "bea", _strategy("strategy_compare")),
    Shown("strategy, no version", "bea", of_brand("strategy_compare")),
    Shown("platforms, nothing told", "bea", of_brand("platforms")),
    Shown("platforms", "bea", _chosen("platforms")),
    Shown("platform", "bea", _chosen("platform_detail", platform="instagram")),
    Shown("decide on a platform", "bea", _chosen("platform_decide", platform="linkedin")),
    Shown("take a decision back", "bea", _chosen("platform_withdraw", platform="instagram")),
    Shown("what the score weighs", "bea", _chosen("platform_settings")),
    Shown("catalogue", "bea", of_brand("catalogue")),
    Shown("catalogue, one found", "bea", lambda cast: of_brand("catalogue")(cast) + "?q=linkedin"),
    Shown("channels, none", "bea", of_brand("channels")),
    Shown("channels", "bea", _channels),
    Shown("new channel", "bea", of_brand("channel_new")),
    Shown("channel", "bea", _channel),
    Shown("campaigns, none", "bea", of_brand("campaigns")),
    Shown("campaigns", "bea", _campaign("campaigns")),
    Shown("campaigns on a line", "bea", lambda cast: _campaign("campaigns_timeline")(cast) + "?from=2046-07"),
    Shown("campaign", "bea", _campaign("campaign_detail")),
    Shown("edit campaign", "bea", _campaign("campaign_edit")),
    Shown("new campaign", "bea", lambda cast: of_brand("campaign_new")(cast) + "?kind=launch"),
    Shown("copy a campaign", "bea", _campaign("campaign_copy")),
    Shown("delete a campaign", "bea", _campaign("campaign_delete")),
    Shown("new task", "bea", _campaign("task_new")),
    Shown("task list", "bea", lambda cast: _campaign("tasks")(cast) + "?state=all"),
    Shown("task list, no task", "bea", of_brand("tasks")),
    Shown("task templates, none", "bea", of_brand("task_templates")),
    Shown("task templates", "bea", _task_templates),
    Shown("tasks from a template", "bea", lambda cast: _campaign("task_template_use")(cast) + "?from=launch"),
    Shown("API tokens, none", "bea", at("api_tokens")),
    Shown("API tokens", "bea", _tokens),
    Shown("API described", "carlo", at("api_page")),
    Shown("notifications, none", "bea", at("notifications")),
    Shown("notifications", "carlo", _notifications),
    Shown("calendar, empty", "bea", of_brand("calendar_month")),
    Shown("calendar, month", "bea", calendar_kit.page("calendar_month")),
    Shown("calendar, week", "bea", calendar_kit.page("calendar_week")),
    Shown("calendar, list", "bea", calendar_kit.page("calendar_list")),
    Shown("calendar, list, empty", "bea", of_brand("calendar_list")),
    Shown("calendar, board", "bea", calendar_kit.page("calendar_board")),
    Shown("calendar, mix", "bea", calendar_kit.page("calendar_mix")),
    Shown("calendar, settings", "bea", calendar_kit.page("calendar_settings")),
    Shown(
        "calendar, hours proposed",
        "bea",
        lambda cast: computed_hours(cast) or calendar_kit.page("calendar_propose")(cast),
    ),
    Shown("calendar, nothing to propose", "bea", of_brand("calendar_propose")),
    Shown("calendar, day", "bea", calendar_kit.page("calendar_day")),
    Shown("calendar, day, empty", "bea", of_brand("calendar_day")),
    Shown("calendar, day with best hours", "bea", calendar_kit.day_of_best_hours),
    Shown("calendar, coloured month", "bea", calendar_kit.coloured("calendar_month", "campaign")),
    Shown("calendar, coloured list", "bea", calendar_kit.coloured("calendar_list", "pillar")),
    Shown("calendar, coloured board", "bea", calendar_kit.coloured("calendar_board", "channel")),
    Shown("calendar, subscribe, no address", "bea", of_brand("calendar_subscribe")),
    Shown("calendar, subscribe", "bea", calendar_kit.subscribed),
    Shown("calendar, new view", "bea", of_brand("calendar_view_new")),
    Shown("calendar, slots, no channel", "bea", of_brand("calendar_slots")),
    Shown("calendar, slots", "bea", calendar_kit.page("calendar_slots")),
    Shown("calendar, new slots", "bea", calendar_kit.page("slot_new")),
    Shown("calendar, edit slot", "bea", calendar_kit.slot_page("slot_edit")),
    Shown("calendar, slots from best hours", "bea", calendar_kit.best_hours),
    Shown("calendar, no best hours for slots", "bea", calendar_kit.slot_page("slots_best")),
    Shown("calendar, new entry", "bea", calendar_kit.page("entry_new")),
    Shown("calendar, entry", "bea", calendar_kit.page("entry_detail", entry=True)),
    Shown("desk, entry of the calendar", "carlo", _desk_entry),
    Shown("hold, none", "bea", calendar_kit.page("calendar_freeze")),
    Shown("hold", "bea", _on_hold),
    Shown("calendar on hold", "bea", lambda cast: _on_hold(cast, "calendar_month")),
    Shown("calendar, edit entry", "bea", calendar_kit.page("entry_edit", entry=True)),
    Shown("calendar, bring in, empty", "bea", of_brand("entries_in")),
    Shown("calendar, bring in", "bea", calendar_kit.to_bring_in),
    Shown("calendar, lines to bring in", "bea", calendar_kit.brought_in),
    Shown("calendar, brought in", "bea", lambda cast: calendar_kit.brought_in(cast, done=True)),
    Shown("calendar, own day", "bea", of_brand("own_day_new")),
    Shown("entries of a campaign", "bea", _campaign("campaign_entries")),
    Shown("what was done to a campaign", "bea", _campaign("campaign_history")),
    Shown("versions of a campaign", "bea", _versions),
    Shown("when a manager is told", "bea", of_brand("hand_over_settings")),
    Shown("desk, calendar", "carlo", _desk("desk_calendar")),
    Shown("desk, calendar of all brands", "carlo", _desk("desk_calendar_all")),
    Shown("hand over", "bea", _campaign("campaign_hand_over")),
    Shown("UTM convention", "bea", of_brand("utm_convention")),
    Shown("lessons, none", "bea", of_brand("lessons")),
    Shown("lessons", "bea", _campaign("lessons")),
    Shown("new lesson", "bea", of_brand("lesson_new")),
    Shown("nothing here", "bea", lambda cast: "/brands/nowhere/", status=404),
    Shown("nothing here, signed out", "", lambda cast: "/nowhere/", status=404),
    Shown("agency", "ada", at("admin:index")),
    Shown("agency, brands", "ada", at("admin:accounts_brand_changelist")),
    Shown("agency, brand", "ada", lambda cast: reverse("admin:accounts_brand_change", args=[cast.brand.pk])),
    Shown("agency, trail", "ada", at("admin:accounts_auditevent_changelist")),
]
PAGES += [
    Shown("imports", "bea", import_pages.history),
    Shown("import done", "bea", import_pages.done),
    Shown("undoing an import", "bea", import_pages.undoing),
    Shown("gaps, none", "bea", of_brand("import_gaps")),
    Shown("gaps", "bea", import_pages.gaps),
]
PAGES += [
    Shown("crisis plan, none", "bea", of_brand("crisis_plan")),
    Shown("crisis plan", "bea", crisis_kit.page("crisis_plan")),
    Shown("crisis plan, rules", "bea", crisis_kit.page("crisis_rules")),
    Shown("crisis plan, checklists", "bea", crisis_kit.page("crisis_checklists")),
    Shown("crisis plan, around", "bea", crisis_kit.page("crisis_around")),
    Shown("crisis plan, level", "bea", crisis_kit.page("crisis_level_edit", row="level")),
    Shown("crisis plan, scenario", "bea", crisis_kit.page("crisis_scenario_edit", row="scenario")),
    Shown("crisis plan, new contact", "bea", crisis_kit.page("crisis_contact_new")),
    Shown("crisis plan, statement", "bea", crisis_kit.page("crisis_statement_edit", row="statement")),
    Shown("crisis plan, drill", "bea", crisis_kit.page("drill_new")),
    Shown("crisis plan, version", "bea", crisis_kit.page("crisis_version", row="version")),
    Shown("crisis plan, what changed", "bea", crisis_kit.page("crisis_compare")),
    Shown("crisis plan, who has seen it", "bea", crisis_kit.page("crisis_readers")),
    Shown("desk, crisis plan", "carlo", crisis_kit.page("desk_crisis")),
    Shown("desk, no crisis plan", "carlo", crisis_kit.page("desk_crisis", ready=False)),
]
PAGES += [
    Shown("links for clients, none", "bea", of_brand("share_links")),
    Shown("links for clients", "bea", share_kit.team_page("share_links")),
    Shown("new link for a client", "bea", of_brand("share_link_new")),
    Shown("change a link", "bea", share_kit.team_page("share_link_edit")),
    Shown("take a link back", "bea", share_kit.team_page("share_link_revoke")),
    Shown("address of a link, shown before", "bea", share_kit.team_page("share_link_address")),
    Shown("calendar, entry with a client", "bea", share_kit.team_page("entry_detail")),
    Shown("client, month, empty", "", share_kit.empty, language="en"),
    Shown("client, month", "", share_kit.page("share_month"), language="en"),
    Shown("client, month, Italian", "", share_kit.page("share_month", language="it"), language="it"),
    Shown("client, what waits", "", share_kit.page("share_month", query="?waiting"), language="en"),
    Shown("client, entry", "", share_kit.page("share_entry", entry=True), language="en"),
    Shown("client, entry, Italian", "", share_kit.page("share_entry", entry=True, language="it"), language="it"),
    Shown("client, link that works no more", "", lambda cast: "/share/nothing/", status=404),
    Shown(
        "client, entry that is not shown",
        "",
        lambda cast: share_kit.empty(cast) + "1/",
        status=404,
        language="en",
    ),
]
