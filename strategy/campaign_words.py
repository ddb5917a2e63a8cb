"""The words of campaigns: statuses, what a brief lacks, and the chapters of a brief in the reader's language."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.numbers import format_currency
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from strategy import objective_words
from strategy.brief_content import Content
from strategy.campaign_readiness import Gap, expected
from strategy.document_chapters import Chapter, Item, Line
from strategy.kpis import KPIS
from strategy.models import Campaign
from strategy.platforms import PLATFORM_NAMES

Status = Campaign.Status
STATUSES: dict[str, tuple[str, str]] = {  # level of the badge, icon
    Status.DRAFT: ("", "file"),
    Status.READY: ("accent", "check"),
    Status.HANDED_OVER: ("accent", "chevron-right"),
    Status.RUNNING: ("good", "clock"),
    Status.CLOSED: ("", "calendar"),
    Status.REVIEWED: ("good", "check"),
}
GAPS: dict[str, Promise] = {
    "objective_missing": gettext_lazy("It serves no objective: give at least one a share."),
    "target_missing": gettext_lazy("An objective that it serves has no target value, so success cannot be told."),
    "audience_missing": gettext_lazy("It says not for whom it is."),
    "channel_missing": gettext_lazy("It says not on which channels it runs."),
    "message_missing": gettext_lazy("The key message is missing."),
    "action_missing": gettext_lazy("The call to action is missing."),
    "owner_missing": gettext_lazy("Nobody answers for it."),
    "approver_missing": gettext_lazy("Nobody is named who approves it."),
    "utm_missing": gettext_lazy("There are landing pages but no UTM campaign, so visits could not be counted."),
    "over": gettext_lazy("Its last day is over."),
    "lessons_open": gettext_lazy("Lessons of earlier campaigns concern it and are not decided yet."),
    "after_deadline": gettext_lazy("It starts after the deadline of an objective that it serves."),
    "past_deadline": gettext_lazy("It ends after the deadline of an objective that it serves."),
    "approves_himself": gettext_lazy("The same person answers for it and approves it."),
    "pillar_missing": gettext_lazy("It belongs to no content pillar."),
    "proof_missing": gettext_lazy("Nothing says why people should believe the message."),
    "tone_missing": gettext_lazy("The tone of voice is not described."),
    "budget_missing": gettext_lazy("No money is planned."),
    "landing_missing": gettext_lazy("No landing page is named."),
    "risks_missing": gettext_lazy("Nothing says what could go wrong."),
}
FINDINGS: dict[str, tuple[str, str]] = {
    "keep": ("good", "check"),
    "change": ("warning", "refresh"),
    "stop": ("bad", "x-mark"),
}


def status(campaign: Campaign) -> dict[str, str]:
    """Words, level and icon of a badge."""
    level, icon = STATUSES[campaign.status]
    return {"slug": campaign.status, "text": campaign.get_status_display(), "level": level, "icon": icon}


def gap(found: Gap, *, url: str) -> dict[str, Any]:
    """What is missing, and the address at which it is mended."""
    target = "#lessons" if found.field == "lessons" else f"{url}#field-{found.field}"
    return {"text": str(GAPS[found.code]), "url": target, "blocks": found.blocks}


def money(amount: Any, currency: str) -> str:
    return format_currency(amount, currency, locale=(get_language() or "en").split("-")[0])


def days(start: str | date, end: str | date) -> str:
    first, last = (date.fromisoformat(day) if isinstance(day, str) else day for day in (start, end))
    return f"{objective_words.day(first)} – {objective_words.day(last)}"


def criterion(each: Mapping[str, Any], currency: str) -> str:
    """What the campaign is to deliver of an objective, in the unit of its KPI."""
    kpi = KPIS.get(each["kpi"])
    wanted = expected(each["baseline"], each["target"], each["share"])
    if kpi is None or wanted is None:
        return _("%(share)s %% of its way; its target value is not set") % {"share": each["share"]}
    told = {
        "share": each["share"],
        "wanted": objective_words.value(kpi, wanted, currency),
        "kpi": objective_words.kpi_name(each["kpi"]),
        "baseline": objective_words.value(kpi, each["baseline"] or 0, currency),
        "target": objective_words.value(kpi, each["target"], currency),
    }
    return _("%(share)s %% of the way from %(baseline)s to %(target)s: %(wanted)s of %(kpi)s") % told


def chapters(content: Content) -> list[Chapter]:
    """The brief in the active language; what is empty says so."""
    nothing = _("Not written yet.")
    parts = [
        ("aim", _("What it is for"), _aim(content)),
        ("who", _("For whom and where"), _who(content)),
        ("message", _("Message"), _texts(content, _message_labels())),
        ("work", _("Work"), _work(content)),
        ("money", _("Money"), _money(content)),
        ("people", _("Who answers"), _people(content)),
        ("links", _("Links"), _links(content)),
        ("care", _("Care"), _texts(content, {"legal": _("Legal notes"), "risks": _("Risks")})),
        ("lessons", _("What earlier campaigns taught"), _lessons(content)),
    ]
    return [
        Chapter(slug, title, nothing, (Item(slug, "", tuple(lines)),) if lines else ())
        for slug, title, lines in parts
    ]


def _message_labels() -> dict[str, str]:
    return {
        "insight": _("Insight"),
        "key_message": _("Key message"),
        "proof": _("Proof"),
        "tone": _("Tone of voice"),
        "call_to_action": _("Call to action"),
        "do": _("Do"),
        "avoid": _("Don’t"),
    }


def _texts(content: Content, labels: dict[str, str]) -> list[Line]:
    return [Line(label, content[name]) for name, label in labels.items() if content[name].strip()]


def _aim(content: Content) -> list[Line]:
    lines = [Line(_("When"), days(content["start"], content["end"]))]
    lines += _texts(content, {"why_now": _("Why now")})
    for each in content["criteria"]:
        lines.append(Line(each["statement"], criterion(each, content["currency"])))
    return lines


def _who(content: Content) -> list[Line]:
    channels = [
        f"{PLATFORM_NAMES.get(each['platform'], each['platform'])} · {each['name']}"
        for each in content["channels"]
    ]
    told = [
        (_("Audiences"), ", ".join(each["name"] for each in content["audiences"])),
        (_("Channels"), "\n".join(channels)),
        (_("Content pillars"), ", ".join(each["name"] for each in content["pillars"])),
        (_("Hashtags"), " ".join(f"#{tag}" for tag in content["hashtags"])),
    ]
    return [Line(label, text) for label, text in told if text]


def _work(content: Content) -> list[Line]:
    lines = _texts(content, {"deliverables": _("Deliverables")})
    for each in content["milestones"]:
        lines.append(Line(objective_words.day(date.fromisoformat(each["day"])), each["name"]))
    return lines


def _money(content: Content) -> list[Line]:
    lines = [
        Line(PLATFORM_NAMES.get(each["platform"], each["platform"]), money(each["amount"], content["currency"]))
        for each in content["budgets"]
    ]
    if len(lines) > 1:
        total = sum(float(each["amount"]) for each in content["budgets"])
        lines.append(Line(_("Together"), money(total, content["currency"])))
    return lines


def _people(content: Content) -> list[Line]:
    owner, approver = content["owner"], content["approver"]
    told = [
        (_("Answers for it"), f"{owner['name']} ({owner['email']})" if owner else ""),
        (_("Approves it"), f"{approver['name']} ({approver['email']})" if approver else ""),
        (_("Team"), ", ".join(each["name"] for each in content["team"])),
    ]
    return [Line(label, text) for label, text in told if text]


def _links(content: Content) -> list[Line]:
    utm = content["utm"]
    told = [(_("Landing pages"), "\n".join(content["landing_pages"]))]
    told += [(f"utm_{name}", utm[name]) for name in ("campaign", "medium", "term")]
    return [Line(label, text) for label, text in told if text]


def _lessons(content: Content) -> list[Line]:
    return [Line(each["finding"], each["action"] or each["word"]) for each in content["lessons"]]


def kind_name(kind: str) -> str:
    return capfirst(str(Campaign.Kind(kind).label))
