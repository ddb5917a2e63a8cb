"""Campaigns for tests, entered as a person would."""

from datetime import date, time
from typing import Any

from django.utils import timezone

from accounts.models import Brand, User
from strategy.models import Campaign, Channel, ContentPillar, Objective
from strategy.services import campaigns, tasks
from tests.strategy.choosing import add_audience

START, END = date(2046, 9, 1), date(2046, 9, 30)


def values(**changed: Any) -> dict[str, Any]:
    plain = {
        **dict.fromkeys(
            ("why_now", "insight", "proof", "tone", "do", "avoid", "deliverables", "legal", "risks"), ""
        ),
        **dict.fromkeys(("key_message", "call_to_action", "utm_campaign", "utm_term"), ""),
        **{"name": "Autumn", "kind": "launch", "start": START, "end": END, "utm_medium": "social"},
        **{"audiences": [], "channels": [], "pillars": [], "hashtags": [], "landing_pages": [], "other_names": []},
        **{"owner": None, "approver": None, "criteria": [], "budgets": {}, "milestones": [], "team": []},
    }
    return plain | changed


def add_campaign(brand: Brand, *, by: User | None = None, **changed: Any) -> Campaign:
    return campaigns.add(brand, by=by, values=values(**changed))


def add_objective(brand: Brand, **changed: Any) -> Objective:
    plain = {
        "statement": "Hear more",
        "kpi": "share_of_voice",
        "counting": "period",
        "baseline": 0.1,
        "target": 0.2,
    }
    days = {"start": date(2046, 1, 1), "deadline": date(2046, 12, 31)}
    return Objective.objects.create(brand=brand, **(plain | days | changed))


def whole(brand: Brand, owner: User, approver: User) -> dict[str, Any]:
    """The values of a brief that lacks nothing."""
    return values(
        key_message="Roasted on Monday, drunk on Friday",
        call_to_action="Order the box",
        proof="Roasting days on every bag",
        tone="warm, precise, never grand",
        risks="The courier is late",
        audiences=[add_audience(brand, "Giulia")],
        channels=[Channel.objects.create(brand=brand, platform="instagram", handle="caffe.alba")],
        pillars=[ContentPillar.objects.create(brand=brand, name="Behind the roast", share=40)],
        landing_pages=["https://alba.example/box"],
        owner=owner,
        approver=approver,
        criteria=[(add_objective(brand), 40)],
        budgets={"instagram": 300},
        milestones=[(date(2046, 9, 15), "Tasting")],
    )


def lived_in(brand: Brand, owner: User, approver: User) -> Campaign:
    """A campaign with everything, one after it that it taught something, and lessons for it."""
    campaign = campaigns.add(brand, by=owner, values=whole(brand, owner, approver))
    told = {"finding": "Posts that name the farm get twice the saves of others", "verdict": "keep"}
    told |= {"evidence": "14 posts against 51, from May to July", "action": "Name the farm in the first line"}
    lesson = campaigns.add_lesson(brand, by=owner, values=told | {"platforms": ["instagram"], "owner": owner})
    campaigns.decide_lesson(campaign, lesson, taken=True, word="Every post of the box", by=owner)
    other = {"finding": "Reels at noon are seen by half as many", "verdict": "stop", "evidence": "9 Reels"}
    campaigns.add_lesson(brand, by=owner, values=other | {"platforms": ["instagram"]})
    campaigns.add(brand, by=owner, values=values(name="Jobs at the roastery", kind="recruitment"))
    tasks.add(campaign, by=owner, values=task_values(channel=campaign.channels.get()))
    done = tasks.add(campaign, by=owner, values=task_values(title="Answer questions", kind="answer"))
    tasks.settle(done, "done", by=owner, now=timezone.now(), outcome="Eleven answered")
    return campaign


def task_values(**changed: Any) -> dict[str, Any]:
    """What a task says, on the clock of the campaign's days."""
    plain = {"kind": "publish", "title": "Publish the box", "day": date(2046, 9, 10), "clock": time(18, 30)}
    plain |= {"channel": None, "assignee": None, "priority": 2, "details": "", "copy": "Plums and cocoa."}
    plain |= {
        "link": "https://alba.example/box",
        "alt_text": "",
        "guidelines": "",
        "escalation": "",
        "answers": [],
        "checklist": [],
    }
    return plain | changed
