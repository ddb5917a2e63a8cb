"""Hand-overs as they stand in the database, for the desk's tests."""

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from accounts.models import Brand, User
from accounts.scoping import brands_in_scope
from strategy.models import Campaign, CampaignVersion, Channel, HandedTask, Task

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 32
CONTENT = {
    "details": "Before the shop opens.",
    "copy": "The autumn roast is here & it <smells> of plums.",
    "link": "https://caffe-alba.example/autumn?utm_source=instagram&utm_medium=social",
    "alt_text": "A hand pours beans",
    "guidelines": "Answer within two hours.",
    "answers": [{"question": "Is it organic?", "answer": "Yes, every bean."}],
    "checklist": ["Tag the farm"],
    "asked_by": "Bea",
    "tone": "Warm, dry, short.",
    "hashtags": ["#autumn", "roast"],
}
BRIEF = {
    "name": "Autumn roast",
    "kind": "launch",
    "start": "2026-11-01",
    "end": "2026-12-24",
    "key_message": "Plums and cocoa in a cup.",
    "risks": "Prices of green coffee",
    "owner": {"id": 1, "name": "Bea", "email": "bea@nord.example"},
}


def add_campaign(brand: Brand, name: str = "Autumn roast") -> Campaign:
    with brands_in_scope(brand.pk):
        return Campaign.objects.create(brand=brand, name=name, start=date(2026, 11, 1), end=date(2026, 12, 24))


def add_version(campaign: Campaign, number: int = 1, *, at: datetime, **content: Any) -> CampaignVersion:
    """The next version; those before it are replaced at that moment."""
    with brands_in_scope(campaign.brand_id):
        CampaignVersion.objects.filter(campaign=campaign, superseded_at=None).update(superseded_at=at)
        return CampaignVersion.objects.create(
            brand=campaign.brand, campaign=campaign, number=number, content=BRIEF | content, handed_over_at=at
        )


def add_task(campaign: Campaign, day: date, clock: time | None = time(9), **fields: Any) -> Task:
    at = datetime.combine(day, clock or time(23, 59, 59), ZoneInfo(campaign.brand.time_zone))
    with brands_in_scope(campaign.brand_id):
        return Task.objects.create(
            brand=campaign.brand, campaign=campaign, day=day, clock=clock, at=at, title="Publish", **fields
        )


def hand(
    version: CampaignVersion, task: Task, *, to: User | None = None, channel: Channel | None = None, **content: Any
) -> HandedTask:
    copied = {name: getattr(task, name) for name in ("kind", "title", "priority", "day", "clock", "at")}
    with brands_in_scope(version.brand_id):
        return HandedTask.objects.create(
            brand=version.brand,
            campaign_version=version,
            task=task,
            channel=channel,
            assignee=to,
            content=CONTENT | content,
            **copied,
        )


def store(name: str = "beans.png", body: bytes = PNG) -> str:
    return default_storage.save(f"tasks/{name}", ContentFile(body))
