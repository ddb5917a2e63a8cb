"""What is read of a crisis plan: its content, its versions, who has seen them, and how ready the brand is."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from accounts.models import Brand, Receipt, User
from accounts.selectors import community_managers, people_of
from analytics.models import ImportFile
from crisis.models import (
    Contact,
    CrisisPlan,
    HoldingStatement,
    PlanVersion,
    Scenario,
    SeverityLevel,
    Slot,
)
from crisis.readiness import CHECK_DAYS, Facts
from strategy.models import Channel
from strategy.platforms import SOCIAL_PLATFORMS

LISTS = (
    *("do", "avoid", "steps", "first_hour", "first_day", "first_week", "pauses", "stakeholders", "words"),
    *("otherwise", "legal", "aftercare"),
)
VERSION = PlanVersion._meta.label  # as `accounts.Receipt` names it
GRAVE = 2  # from this level on a scenario wants texts of its own


def plan() -> CrisisPlan | None:
    return CrisisPlan.objects.select_related("brand").first()


@dataclass(frozen=True)
class Parts:
    """The rows of a draft; a contact's `is_gone` tells that he is no longer of the agency."""

    levels: list[SeverityLevel]
    scenarios: list[Scenario]
    contacts: list[Contact]
    statements: list[HoldingStatement]


def parts(brand: Brand) -> Parts:
    """Four queries, whatever the size of the plan."""
    return Parts(
        list(SeverityLevel.objects.all()),
        list(Scenario.objects.all()),
        _contacts(brand),
        list(HoldingStatement.objects.select_related("scenario")),
    )


def content(row: CrisisPlan, found: Parts | None = None) -> dict[str, Any]:
    """The plan as it stands, as plain JSON."""
    found = found or parts(row.brand)
    return {
        "brand": row.brand.name,
        **{name: getattr(row, name) for name in LISTS},
        "levels": [_told(each, _LEVEL) for each in found.levels],
        "scenarios": [_told(each, _SCENARIO) for each in found.scenarios],
        "contacts": [_told(each, _CONTACT) for each in found.contacts],
        "statements": [
            _told(each, _STATEMENT) | {"scenario": each.scenario.title if each.scenario else ""}
            for each in found.statements
        ],
    }


_LEVEL = ("number", "signs", "may_reply", "approver", "deputy_after", "first_text", "update_every")
_SCENARIO = ("id", "title", "cluster", "level", "signs", "facts", "actions")
_CONTACT = ("id", "slot", "order", "name", "phone", "email", "hours", "at_night")
_STATEMENT = ("id", "platform", "language", "text")


def _told(row: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _contacts(brand: Brand) -> list[Contact]:
    """In the order in which they are called, by role as the roles are listed."""
    places = {slot: place for place, slot in enumerate(Slot.values)}
    there = people_of(brand).filter(pk=OuterRef("user"))
    rows = Contact.objects.annotate(is_gone=Q(user__isnull=False) & ~Exists(there))
    return sorted(rows, key=lambda row: (places[row.slot], row.order))


def versions() -> QuerySet[PlanVersion]:
    """All versions, newest first, without their contents."""
    return PlanVersion.objects.defer("content").select_related("handed_in_by", "approved_by")


def in_force() -> PlanVersion | None:
    return PlanVersion.objects.select_related("brand", "approved_by").filter(state="in_force").first()


def readers(brand: Brand, version: PlanVersion) -> list[tuple[User, datetime | None]]:
    """The community managers, each with when he first saw this version. One query."""
    seen = Receipt.objects.filter(row_type=VERSION, row_id=version.pk, user=OuterRef("pk"))
    people = community_managers(brand).annotate(seen_at=Subquery(seen.values("first_seen_at")[:1]))
    return [(person, person.seen_at) for person in people]


def facts(
    row: CrisisPlan,
    found: Parts,
    told: dict[str, Any],
    version: PlanVersion | None,
    drilled: date | None,
    *,
    now: datetime,
    today: date,
) -> Facts:
    """What readiness is judged by: the draft, its content, the version in force, the day of the last drill."""
    people = readers(row.brand, version) if version else []
    rows = [each for each in found.contacts if not each.is_gone]
    reachable = [each for each in rows if each.phone]
    grave = [each for each in told["scenarios"] if each["level"] >= GRAVE]
    wanted = wanted_texts(row.brand)
    there = {(each["scenario"], each["platform"], each["language"]) for each in told["statements"]}
    approved = {(each["id"], each["text"]) for each in version.content["statements"]} if version else set()
    imported = ImportFile.objects.aggregate(last=Max("done_at"))["last"]
    return Facts(
        in_force=version is not None,
        review_overdue_days=(today - version.review_by).days if version and version.review_by else None,
        slots=len(Slot.values),
        slots_filled=len({each.slot for each in reachable}),
        slots_with_deputy=sum(sum(each.slot == slot for each in reachable) > 1 for slot in Slot.values),
        contacts=len(rows),
        contacts_checked=sum(_is_fresh(each.checked_on, today) for each in rows),
        night_slots=2,
        night_reachable=len({e.slot for e in reachable if e.at_night and e.slot in (Slot.LEAD, Slot.APPROVER)}),
        levels_complete=sum(bool(each["signs"] and each["may_reply"]) for each in told["levels"]),
        scenarios=len([each for each in told["scenarios"] if each["actions"]]),
        statements_wanted=len(grave or [0]) * len(wanted),
        statements_there=sum(
            (each["title"], *pair) in there or ("", *pair) in there for each in grave for pair in wanted
        ),
        statements_waiting=sum((each["id"], each["text"]) not in approved for each in told["statements"]),
        has_steps=bool(told["steps"] and told["otherwise"]),
        has_rules=bool(told["do"] and told["avoid"]),
        pauses=len(told["pauses"]),
        stakeholders=len(told["stakeholders"]),
        data_age_hours=(now - imported).total_seconds() / 3600 if imported else None,
        words=len(told["words"]),
        readers=len(people),
        readers_seen=sum(seen is not None for _person, seen in people),
        drill_age_days=(today - drilled).days if drilled else None,
    )


def wanted_texts(brand: Brand) -> list[tuple[str, str]]:
    """For which platform in which language a text is wanted: the active channels, the brand's languages."""
    platforms = set(Channel.objects.filter(active=True).values_list("platform", flat=True)) & set(SOCIAL_PLATFORMS)
    languages = [code for code in brand.languages if code in ("en", "it")] or ["en"]
    return [(platform, language) for platform in sorted(platforms) for language in languages]


def _is_fresh(day: date | None, today: date) -> bool:
    return day is not None and today - day <= timedelta(days=CHECK_DAYS)
