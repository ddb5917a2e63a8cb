"""What people do with campaigns: write them, make them ready, run, close and review them; and what they learn.

draft → ready → handed over → running → closed → reviewed. A brief may be changed at any time before it is closed:
what was handed over stays as it was, and the next hand-over is a new version.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit, rows
from accounts.errors import InvalidInput, register_messages
from accounts.models import Brand, User
from accounts.selectors import people_of
from strategy import campaign_templates, utm
from strategy.brief_content import Content, content_of
from strategy.campaign_readiness import Gap, gaps
from strategy.models import (
    Campaign,
    CampaignBudget,
    CampaignObjective,
    CampaignPerson,
    Lesson,
    LessonUse,
    Milestone,
    UtmConvention,
)
from strategy.platforms import PLATFORM_NAMES
from strategy.selectors import campaigns as selectors
from strategy.task_times import instant

Status = Campaign.Status
NESTED = ("criteria", "budgets", "milestones", "team")
# From which statuses a campaign may come to each one by hand; to "handed over" it comes by a hand-over alone.
FROM = {
    Status.DRAFT: (Status.READY,),
    Status.READY: (Status.DRAFT,),
    Status.RUNNING: (Status.HANDED_OVER, Status.CLOSED),
    Status.CLOSED: (Status.HANDED_OVER, Status.RUNNING),
    Status.REVIEWED: (Status.CLOSED,),
}
register_messages(
    {
        "campaign_ends_before": _("The campaign ends before it starts (%(start)s). Correct one of the days."),
        "campaign_name_taken": _("Another campaign is called “%(name)s”. Choose another name."),
        "utm_taken": _(
            "“%(campaign)s” uses this UTM campaign already: their visits could not be told apart. "
            "Choose another one."
        ),
        "utm_missing": _("Give a UTM campaign, or leave it empty to have one built."),
        "utm_characters": _("Use lower-case letters, digits, - and _ only: “%(value)s” holds something else."),
        "utm_too_long": _("“%(value)s” is too long: at most %(most)s signs."),
        "utm_personal": _("“%(value)s” looks like a person’s address. Links must not tell who somebody is."),
        "utm_unknown_medium": _("“%(value)s” is not a medium of this brand. Use one of: %(known)s."),
        "utm_pattern": _(
            "Nothing fills or allows %(found)s in this pattern. Use %(known)s, letters, digits, - and _."
        ),
        "utm_source_twice": _("Two platforms would have the source “%(value)s”. Give each its own."),
        "milestone_outside": _(
            "The milestone “%(name)s” (%(day)s) lies outside the campaign. Move it, or the campaign’s days."
        ),
        "budget_below_spent": _(
            "%(platform)s: %(spent)s %(currency)s are spent already, more than the %(amount)s planned. "
            "Plan at least what is spent."
        ),
        "person_not_of_brand": _("%(name)s has no role in this brand. Choose somebody else."),
        "not_ready": _(
            "The brief is not ready: %(n)s things are missing. They are listed on the campaign’s page."
        ),
        "wrong_step": _("A campaign that is %(status)s cannot become that. Reload the page and look again."),
        "closed_brief": _("The campaign is closed: its brief can no longer be changed. Open it again first."),
        "handed_over_stays": _("A campaign that was handed over is not deleted. Archive it instead."),
        "lesson_wanted": _("Write down at least one lesson of this campaign, or say why there is none."),
        "word_wanted": _("Say in a word why the lesson is taken over or not."),
    }
)


def template(kind: str, *, today: date) -> dict[str, Any]:
    """What the form of a new campaign of this kind begins with."""
    return campaign_templates.begin(kind, today=today)


# --- the brief -------------------------------------------------------------------------------------------------


@transaction.atomic
def add(brand: Brand, *, by: User | None, values: Mapping[str, Any]) -> Campaign:
    """Begin a campaign as a draft; without a UTM campaign one is built by the brand's convention."""
    own, nested = _parted(values)
    campaign = Campaign(brand=brand)
    _check(brand, campaign, own, nested, spent={})
    row = rows.add(campaign, own, by=by, action="campaign.added")
    _store(row, nested)
    return row


@transaction.atomic
def change(
    campaign: Campaign,
    *,
    by: User | None,
    version: int,
    values: Mapping[str, Any],
    spent: Mapping[str, Decimal] | None = None,
) -> Campaign:
    """Change a brief; `spent` is what each platform cost already ("" for what no platform is known of)."""
    own, nested = _parted(values)
    if campaign.status in (Status.CLOSED, Status.REVIEWED):
        raise InvalidInput("closed_brief")
    _check(campaign.brand, campaign, own, nested, spent=spent or {})
    before = _nested_told(campaign)
    row = rows.change(campaign, by=by, version=version, values=own, action="campaign.changed")
    _store(row, nested)
    if (after := _nested_told(row)) != before:
        audit.record("campaign.parts_changed", row, by=by, brand=row.brand, before=before, after=after)
    return row


def _parted(values: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    own = {name: value for name, value in values.items() if name not in NESTED}
    return own, {name: values[name] for name in NESTED if name in values}


def _check(
    brand: Brand, campaign: Campaign, own: dict[str, Any], nested: dict[str, Any], *, spent: Mapping[str, Decimal]
) -> None:
    """Raise InvalidInput naming the field; builds the UTM campaign where it is empty."""
    start, end = own["start"], own["end"]
    if end < start:
        raise InvalidInput("campaign_ends_before", field="end", start=start)
    others = Campaign.objects.exclude(pk=campaign.pk)
    if others.filter(name__iexact=own["name"].strip()).exists():
        raise InvalidInput("campaign_name_taken", field="name", name=own["name"])
    _check_utm(brand, own, others)
    for day, name in nested.get("milestones", ()):
        if not start <= day <= end:
            raise InvalidInput("milestone_outside", field="milestones", name=name, day=day)
    for platform, amount in nested.get("budgets", {}).items():
        if amount < spent.get(platform, 0):
            raise InvalidInput(
                "budget_below_spent",
                field="budgets",
                platform=PLATFORM_NAMES.get(platform, platform),
                spent=spent[platform],
                amount=amount,
                currency=brand.currency,
            )
    _check_people(brand, own, nested)


def _check_people(brand: Brand, own: dict[str, Any], nested: dict[str, Any]) -> None:
    known = set(people_of(brand).values_list("pk", flat=True))
    wanted = [("owner", own.get("owner")), ("approver", own.get("approver"))]
    wanted += [("team", user) for user in nested.get("team", ())]
    for field, user in wanted:
        if user is not None and user.pk not in known:
            raise InvalidInput("person_not_of_brand", field=field, name=str(user))


def _check_utm(brand: Brand, own: dict[str, Any], others: Any) -> None:
    convention = selectors.convention()
    if not own.get("utm_campaign"):
        own["utm_campaign"] = _free_name(convention.campaign_name(own["start"], brand.slug, own["name"]), others)
    values = {"source": "any", "medium": own["utm_medium"], "campaign": own["utm_campaign"]}
    values["term"] = own.get("utm_term", "")
    if found := utm.problems(values, convention):
        raise utm_problem(found[0], convention)
    if taken := others.filter(utm_campaign=own["utm_campaign"]).first():
        raise InvalidInput("utm_taken", field="utm_campaign", campaign=taken.name)


def utm_problem(problem: utm.Problem, convention: utm.Convention) -> InvalidInput:
    return InvalidInput(
        f"utm_{problem.code}",
        field=f"utm_{problem.key}",
        value=problem.value,
        most=convention.longest,
        known=", ".join(convention.mediums),
    )


def _free_name(name: str, others: Any) -> str:
    """The name built by the convention, with a number where another campaign has it."""
    taken = set(others.filter(utm_campaign__startswith=name).values_list("utm_campaign", flat=True))
    free = (f"{name}-{number}" if number > 1 else name for number in range(1, len(taken) + 2))
    return next(candidate for candidate in free if candidate not in taken)


def _store(row: Campaign, nested: dict[str, Any]) -> None:
    """Put what belongs to the campaign in the place of what did."""
    brand = row.brand
    if "criteria" in nested:
        row.criteria.exclude(objective__in=[objective for objective, _share in nested["criteria"]]).delete()
        for objective, share in nested["criteria"]:
            CampaignObjective.objects.update_or_create(
                campaign=row, objective=objective, defaults={"brand": brand, "share": share}
            )
    if "budgets" in nested:
        row.budgets.exclude(platform__in=nested["budgets"]).delete()
        for platform, amount in nested["budgets"].items():
            CampaignBudget.objects.update_or_create(
                campaign=row, platform=platform, defaults={"brand": brand, "amount": amount}
            )
    if "milestones" in nested:
        row.milestones.all().delete()
        Milestone.objects.bulk_create(
            Milestone(brand=brand, campaign=row, day=day, name=name) for day, name in nested["milestones"]
        )
    if "team" in nested:
        row.team.exclude(user__in=nested["team"]).delete()
        known = set(row.team.values_list("user", flat=True))
        new = [user for user in nested["team"] if user.pk not in known]
        CampaignPerson.objects.bulk_create(CampaignPerson(brand=brand, campaign=row, user=user) for user in new)


def _nested_told(row: Campaign) -> dict[str, Any]:
    return {
        "criteria": [f"{each.share} % {each.objective}" for each in row.criteria.select_related("objective")],
        "budgets": {each.platform: str(each.amount) for each in row.budgets.all()},
        "milestones": [str(each) for each in row.milestones.all()],
        "team": [str(each.user) for each in row.team.select_related("user")],
    }


# --- its life --------------------------------------------------------------------------------------------------


def missing(campaign: Campaign, content: Content, *, today: date) -> list[Gap]:
    """What its brief (`content`) still lacks, as `campaign_readiness.gaps` tells."""
    platforms = {each["platform"] for each in content["channels"]}
    concerned = selectors.lessons_of(campaign, platforms)
    undecided = sum(lesson.use is None for lesson in concerned if lesson.campaign_id != campaign.pk)
    return gaps(content, today=today, open_lessons=undecided)


def make_ready(campaign: Campaign, *, by: User | None, today: date) -> Campaign:
    """From a draft to one that can be handed over; raises InvalidInput where something needed is missing."""
    if blocking := [gap for gap in missing(campaign, content_of(campaign), today=today) if gap.blocks]:
        raise InvalidInput("not_ready", n=len(blocking))
    return move(campaign, Status.READY, by=by)


def review(campaign: Campaign, *, by: User | None, reason: str = "") -> Campaign:
    """Close the loop: with at least one lesson written down, or with the reason why there is none."""
    if not reason.strip() and not campaign.lessons.exists():
        raise InvalidInput("lesson_wanted", field="reason")
    return move(campaign, Status.REVIEWED, by=by, note=reason.strip())


@transaction.atomic
def move(campaign: Campaign, status: str, *, by: User | None, note: str = "") -> Campaign:
    """Bring a campaign to its next status; raises InvalidInput where it cannot come there from where it is."""
    row = Campaign.objects.select_for_update(of=("self",)).select_related("brand").get(pk=campaign.pk)
    if row.status not in FROM.get(status, ()):
        raise InvalidInput("wrong_step", status=row.get_status_display())
    return _set_status(row, status, by=by, note=note)


@transaction.atomic
def mark_handed_over(campaign: Campaign, *, by: User | None) -> Campaign:
    """What a hand-over does to a campaign that does not run yet."""
    row = Campaign.objects.select_for_update(of=("self",)).select_related("brand").get(pk=campaign.pk)
    if row.status in (Status.DRAFT, Status.READY):
        return _set_status(row, Status.HANDED_OVER, by=by)
    return row


def _set_status(row: Campaign, status: str, *, by: User | None, note: str = "") -> Campaign:
    before, row.status, row.version = row.status, status, row.version + 1
    row.save(update_fields=["status", "version", "updated_at"])
    after = {"status": status} | ({"note": note} if note else {})
    audit.record("campaign.status", row, by=by, brand=row.brand, before={"status": before}, after=after)
    return row


@transaction.atomic
def set_archived(campaign: Campaign, *, archived: bool, by: User | None) -> Campaign:
    row = Campaign.objects.select_for_update(of=("self",)).select_related("brand").get(pk=campaign.pk)
    row.archived_at, row.version = timezone.now() if archived else None, row.version + 1
    row.save(update_fields=["archived_at", "version", "updated_at"])
    audit.record("campaign.archived" if archived else "campaign.restored", row, by=by, brand=row.brand)
    return row


def remove(campaign: Campaign, *, by: User | None) -> None:
    """Delete a campaign that nobody was given; raises InvalidInput otherwise."""
    if campaign.versions.exists():
        raise InvalidInput("handed_over_stays")
    rows.remove(campaign, by=by, action="campaign.removed", fields=("name", "start", "end", "key_message"))


@transaction.atomic
def duplicate(campaign: Campaign, *, name: str, start: date, by: User | None) -> Campaign:
    """A draft like it that begins on another day: every day moves along; results and versions stay behind."""
    shift = start - campaign.start
    kept = [
        field.name
        for field in Campaign._meta.concrete_fields
        if field.editable
        and field.name not in ("id", "brand", "status", "utm_campaign", "copied_from", "archived_at", "version")
    ]
    values: dict[str, Any] = {field: getattr(campaign, field) for field in kept}
    for field in ("audiences", "channels", "pillars"):
        values[field] = list(getattr(campaign, field).all())
    values |= {"name": name, "start": start, "end": campaign.end + shift, "utm_campaign": "", "other_names": []}
    known = set(people_of(campaign.brand).values_list("pk", flat=True))
    for field in ("owner", "approver"):
        if values[field] is not None and values[field].pk not in known:
            values[field] = None
    values["criteria"] = [(each.objective, each.share) for each in campaign.criteria.select_related("objective")]
    values["budgets"] = {each.platform: each.amount for each in campaign.budgets.all()}
    values["milestones"] = [(each.day + shift, each.name) for each in campaign.milestones.all()]
    values["team"] = [each.user for each in campaign.team.select_related("user") if each.user_id in known]
    copy = add(campaign.brand, by=by, values=values)
    copy.copied_from = campaign
    copy.save(update_fields=["copied_from"])
    _copy_tasks(campaign, copy, shift)
    return copy


def _copy_tasks(campaign: Campaign, copy: Campaign, shift: timedelta) -> None:
    for task in campaign.tasks.all():
        task.pk, task._state.adding = None, True
        task.campaign, task.state = copy, task.State.OPEN
        task.day, task.series = task.day + shift, None
        task.at = instant(task.day, task.clock, copy.brand.time_zone)
        task.proof = task.outcome = ""
        task.settled_at = task.settled_by = None
        task.version = 1
        task.save()


# --- the convention --------------------------------------------------------------------------------------------


def set_convention(brand: Brand, *, by: User | None, version: int, values: Mapping[str, Any]) -> UtmConvention:
    """How the brand writes its UTM values; names that are in use stay as they are."""
    for name, kind in (("campaign_pattern", "campaign"), ("content_pattern", "content")):
        if found := utm.bad_places(values[name], kind):
            known = ", ".join(f"{{{place}}}" for place in sorted(utm.PLACES[kind]))
            raise InvalidInput("utm_pattern", field=name, found=" ".join(found), known=known)
    wanted = utm.Convention(mediums=tuple(values["mediums"]), longest=values["longest"])
    for word in [*values["mediums"], *values["sources"].values()]:
        test = {"source": word, "medium": values["mediums"][0], "campaign": "any"}
        if problems := utm.problems(test, wanted):
            field = "mediums" if word in values["mediums"] else "sources"
            raise InvalidInput(f"utm_{problems[0].code}", field=field, value=word, most=wanted.longest, known="")
    sources = [values["sources"].get(platform, platform) for platform in PLATFORM_NAMES]
    for source in sources:
        if sources.count(source) > 1:
            raise InvalidInput("utm_source_twice", field="sources", value=source)
    told = {"version": version, "values": values, "by": by}
    return rows.put_only(UtmConvention, brand, **told, action="utm_convention.set")


# --- lessons ---------------------------------------------------------------------------------------------------


def add_lesson(brand: Brand, *, by: User | None, values: Mapping[str, Any]) -> Lesson:
    _check_people(brand, dict(values), {})
    return rows.add(Lesson(brand=brand), values, by=by, action="lesson.added")


def change_lesson(lesson: Lesson, *, by: User | None, version: int, values: Mapping[str, Any]) -> Lesson:
    _check_people(lesson.brand, dict(values), {})
    return rows.change(lesson, by=by, version=version, values=values, action="lesson.changed")


def remove_lesson(lesson: Lesson, *, by: User | None) -> None:
    rows.remove(lesson, by=by, action="lesson.removed", fields=("finding", "verdict", "action"))


@transaction.atomic
def decide_lesson(campaign: Campaign, lesson: Lesson, *, taken: bool, word: str, by: User | None) -> LessonUse:
    """Take a lesson over into a campaign or decline it, with a word why."""
    word = word.strip()
    if not word:
        raise InvalidInput("word_wanted", field="word")
    use, _made = LessonUse.objects.update_or_create(
        campaign=campaign,
        lesson=lesson,
        defaults={"brand": campaign.brand, "taken": taken, "word": word[:300], "by": by},
    )
    audit.record("lesson.decided", use, by=by, brand=campaign.brand, after={"taken": taken, "word": word[:300]})
    return use
