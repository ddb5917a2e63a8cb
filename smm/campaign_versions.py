"""Any two versions of a brief and its tasks side by side, word by word; the newer one may be the draft."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import BrandRequest, right
from smm.desk_words import Changed, brief_lines, changed, task_lines
from strategy.brief_content import content_of
from strategy.models import Campaign, CampaignVersion, HandedTask
from strategy.services import hand_over
from strategy.views.campaigns import found, home


@right("campaigns.view")
@require_safe
def campaign_versions(request: BrandRequest, campaign_id: int) -> HttpResponse:
    """What changed from version `from` to version `to`, or to the draft as it stands."""
    campaign = found(campaign_id)
    versions = list(campaign.versions.select_related("handed_over_by"))
    if not versions:
        raise Http404
    newer = _chosen(versions, request.GET.get("to", "now"))
    usual = versions[0] if newer is None else next((v for v in versions if v.number < newer.number), newer)
    older = _chosen(versions, request.GET.get("from", str(usual.number))) or usual
    context = {
        "campaign": campaign,
        "back": f"{home(request, campaign)}#hand-over",
        "versions": versions,
        "older": older,
        "newer": newer,
        "brief": changed(brief_lines(older.content), brief_lines(_content(campaign, newer))),
        "tasks": differences(_tasks_of(older), _tasks(campaign, newer)),
    }
    return render(request, "smm/campaign_versions.html", context)


def _chosen(versions: list[CampaignVersion], wanted: str) -> CampaignVersion | None:
    """The version of that number; None is the draft."""
    if wanted == "now":
        return None
    chosen = next((version for version in versions if str(version.number) == wanted), None)
    if chosen is None:
        raise Http404
    return chosen


def _content(campaign: Campaign, version: CampaignVersion | None) -> dict[str, Any]:
    return content_of(campaign) if version is None else version.content


def _tasks_of(version: CampaignVersion) -> list[HandedTask]:
    return list(version.tasks.select_related("brand", "channel", "assignee"))


def _tasks(campaign: Campaign, version: CampaignVersion | None) -> list[HandedTask]:
    if version is not None:
        return _tasks_of(version)
    return [HandedTask(brand=campaign.brand, **values) for values in hand_over.drafted(campaign)]


def differences(before: list[HandedTask], after: list[HandedTask]) -> list[dict[str, Any]]:
    """The tasks that came, went or changed: title, state and the lines that differ."""
    was = {row.task_id: row for row in before if row.task_id}
    told = []
    for row in after:
        old = was.pop(row.task_id, None)
        lines: list[Changed] = changed(task_lines(old) if old else [], task_lines(row))
        if lines:
            told.append({"title": row.title, "state": _("changed") if old else _("new"), "lines": lines})
    gone = [*was.values(), *(row for row in before if row.task_id is None)]
    told += [{"title": row.title, "state": _("removed"), "lines": changed(task_lines(row), [])} for row in gone]
    return told
