"""Writes the demo's campaigns through the services of the pages: one that taught, one that runs, a draft."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone, translation

from accounts.models import Brand, User
from accounts.selectors import community_managers
from smm.demo.briefs import BRIEFS, Brief
from strategy.models import Audience, Campaign, Channel, ContentPillar, Lesson, Objective, TaskTemplate
from strategy.services import campaigns, hand_over, task_templates, tasks
from strategy.task_templates import KEPT, clock_of, shipped

DAY = timedelta(days=1)


@transaction.atomic
def write(brand: Brand, *, by: User, today: date) -> None:
    """What is not there yet; the brand must be in scope, its objectives and audiences in place."""
    if Campaign.objects.exists():
        return
    owner = User.objects.filter(memberships__agency=brand.agency_id, memberships__is_owner=True).first()
    for brief in (each for each in BRIEFS if each.brand == brand.slug):
        _write(brand, brief, by=by, approver=owner or by, today=today)


def _write(brand: Brand, brief: Brief, *, by: User, approver: User, today: date) -> None:
    start, end = today + brief.first * DAY, today + brief.last * DAY
    campaign = campaigns.add(brand, by=by, values=_values(brand, brief, start, end, by=by, approver=approver))
    for lesson in Lesson.objects.exclude(campaign=campaign):
        if brief.word:
            campaigns.decide_lesson(campaign, lesson, taken=True, word=brief.word, by=by)
    for number, (offset, clock, title, copy) in enumerate(brief.tasks):
        values = _task(campaign, today + offset * DAY, clock, title, copy, brief.landing)
        task = tasks.add(campaign, by=by, values=values)
        if number == 0 and brief.is_handed:
            tasks.settle(task, "done", by=by, now=timezone.now(), proof=brief.landing)
    if brief.is_handed and not brief.lesson:
        _answer_weekly(campaign, by=by, today=today)
    if brief.tasks and not TaskTemplate.objects.exists():
        task_templates.keep(campaign, name=brief.name, by=by)
    if brief.is_handed:
        _hand_over(campaign, brief, by=by, today=start)
    if brief.lesson:
        finding, verdict, evidence, action = brief.lesson
        told = {"finding": finding, "verdict": verdict, "evidence": evidence, "action": action}
        told |= {"campaign": campaign, "owner": by, "audiences": list(campaign.audiences.all())}
        campaigns.add_lesson(brand, by=by, values=told | {"platforms": list(brief.platforms)})


def _answer_weekly(campaign: Campaign, *, by: User, today: date) -> None:
    """A task that comes again every week, in the language of who does it."""
    person = community_managers(campaign.brand).first()
    with translation.override(person.language if person else by.language):
        item = next(each for each in shipped("always_on") if each["kind"] == "answer")
    values = {name: item[name] for name in KEPT} | {"clock": clock_of(item), "channel": None, "assignee": person}
    values |= {"day": campaign.start, "link": "", "alt_text": "", "repeat": "week", "until": campaign.end}
    first = tasks.add(campaign, by=by, values=values)
    for task in first.series.tasks.filter(day__lt=today - 7 * DAY):
        tasks.settle(task, "done", by=by, now=timezone.now())


def _hand_over(campaign: Campaign, brief: Brief, *, by: User, today: date) -> None:
    """To those who are there; a brand without a community manager keeps its campaign ready."""
    people = list(community_managers(campaign.brand))
    if not people:
        campaigns.make_ready(campaign, by=by, today=today)
        return
    now = datetime.combine(today - 3 * DAY, time(9, 30), ZoneInfo(campaign.brand.time_zone))
    hand_over.hand_over(campaign, to=people, note=brief.note, by=by, now=now, today=today)
    campaigns.move(campaign, "running", by=by)
    if brief.lesson:
        campaigns.move(campaign, "closed", by=by)
        campaigns.review(campaign, by=by, reason=brief.note)


def _values(brand: Brand, brief: Brief, start: date, end: date, *, by: User, approver: User) -> dict[str, Any]:
    channels = list(Channel.objects.filter(active=True, platform__in=brief.platforms))
    aim = (
        Objective.objects.filter(archived_at=None, target__isnull=False, deadline__gte=end).order_by("pk").first()
    )
    return {
        **{"name": brief.name, "kind": brief.kind, "start": start, "end": end, "why_now": brief.why_now},
        **{"insight": brief.insight, "key_message": brief.message, "proof": brief.proof, "tone": brief.tone},
        **{"call_to_action": brief.action, "do": "", "avoid": brief.avoid, "deliverables": "", "legal": ""},
        **{"risks": brief.risks, "hashtags": list(brief.hashtags), "landing_pages": [brief.landing]},
        **{"utm_campaign": brief.utm, "utm_medium": "social", "utm_term": "", "other_names": []},
        **{"owner": by, "approver": approver, "team": list(community_managers(brand))},
        "audiences": list(Audience.objects.filter(archived_at=None).order_by("-weight", "pk")[:1]),
        "channels": channels,
        "pillars": list(ContentPillar.objects.filter(archived_at=None)[:2]),
        "criteria": [(aim, brief.share)] if aim else [],
        "budgets": {platform: Decimal(brief.money) for platform in brief.platforms[:2]},
        "milestones": [(start + (end - start) // 2, brief.milestone)],
    }


def _task(campaign: Campaign, day: date, clock: int, title: str, copy: str, link: str) -> dict[str, Any]:
    publishes = bool(copy)
    return {
        **{"kind": "publish" if publishes else "answer", "title": title, "copy": copy, "day": day},
        **{"clock": time(clock), "channel": campaign.channels.first() if publishes else None},
        **{"assignee": None, "priority": 2, "details": "", "link": link if publishes else "", "alt_text": ""},
        **{"guidelines": "", "escalation": "", "answers": [], "checklist": []},
    }
