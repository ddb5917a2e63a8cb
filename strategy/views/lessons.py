"""What campaigns taught: the memory of the brand, and what a new campaign makes of it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import BrandRequest, right
from accounts.asked import number, numbers, one_of
from accounts.edit_pages import EditPage, show_delete
from accounts.errors import InvalidInput
from accounts.htmx import render_page
from accounts.table_files import table_response
from strategy import campaign_words as words
from strategy.forms.campaigns import LessonForm
from strategy.models import Lesson
from strategy.platforms import PLATFORM_NAMES
from strategy.selectors import campaigns as selectors
from strategy.services import campaigns as services
from strategy.views.campaigns import found, home

PER_PAGE = 25


def _list(request: BrandRequest, row: Any = None) -> str:
    """Back to the campaign that taught it, else to the list."""
    if row is not None and row.campaign_id:
        return reverse("campaign_detail", args=[request.brand.slug, row.campaign_id])
    return reverse("lessons", args=[request.brand.slug])


LESSON = EditPage(
    form=LessonForm,
    new=gettext_lazy("New lesson"),
    edit=gettext_lazy("Edit lesson"),
    saved=gettext_lazy("The lesson is saved."),
    sentence=gettext_lazy("What you found, what it rests on, and what you do about it."),
    add=services.add_lesson,
    change=services.change_lesson,
    back=_list,
)


@right("campaigns.view")
@require_safe
def lessons(request: BrandRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:200]
    page = Paginator(selectors.lessons(text), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [_row(lesson) for lesson in page], "text": text, "tab": "lessons"}
    return render_page(request, "strategy/lessons.html", "strategy/_lessons.html", context)


def _row(lesson: Lesson) -> dict[str, Any]:
    level, icon = words.FINDINGS[lesson.verdict]
    about = [*lesson.audiences.all(), *lesson.pillars.all()]
    taken = [use.taken for use in lesson.uses.all()]
    return {
        "lesson": lesson,
        "verdict": {"text": lesson.get_verdict_display(), "level": level, "icon": icon},
        "about": [str(each) for each in about] + [PLATFORM_NAMES.get(slug, slug) for slug in lesson.platforms],
        "taken": sum(taken),
        "declined": len(taken) - sum(taken),
    }


@right("campaigns.view")
@require_safe
def lessons_export(request: BrandRequest) -> HttpResponse:
    header = ["finding", "verdict", "evidence", "cause", "action", "campaign", "owner", "due", "taken over"]
    rows = [
        [
            *(row["lesson"].finding, row["lesson"].verdict, row["lesson"].evidence, row["lesson"].cause),
            *(row["lesson"].action, str(row["lesson"].campaign or ""), str(row["lesson"].owner or "")),
            *(str(row["lesson"].due or ""), row["taken"]),
        ]
        for row in map(_row, selectors.lessons(request.GET.get("q", "").strip()[:200]))
    ]
    return table_response(request.GET.get("file", "csv"), f"lessons-{request.brand.slug}", header, rows)


@right("campaigns.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def lesson_new(request: BrandRequest) -> HttpResponse:
    return LESSON.show_new(request, initial={**_proposed(request.GET), "owner": request.user.pk})


def _proposed(asked: QueryDict) -> dict[str, Any]:
    """What the page that leads here has found; it stands in the form to be read, and is not stored."""
    texts = {name: asked[name] for name in ("finding", "evidence", "evidence_link") if asked.get(name)}
    verdict = one_of(asked, "verdict", Lesson.Verdict.values)
    campaign = number(asked, "campaign")
    lists = {name: numbers(asked, name) for name in ("audiences", "pillars")}
    platforms = [slug for slug in asked.getlist("platforms") if slug in PLATFORM_NAMES]
    proposed = {**texts, "verdict": verdict, "campaign": campaign, **lists, "platforms": platforms}
    return {name: value for name, value in proposed.items() if value}


@right("campaigns.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def lesson_edit(request: BrandRequest, lesson_id: int) -> HttpResponse:
    return LESSON.show_edit(request, get_object_or_404(Lesson.objects.select_related("brand"), pk=lesson_id))


@right("campaigns.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def lesson_delete(request: BrandRequest, lesson_id: int) -> HttpResponse:
    return show_delete(
        request,
        get_object_or_404(Lesson.objects.select_related("brand"), pk=lesson_id),
        question=_("Delete this lesson? Campaigns that took it over keep their brief, but not the link to it."),
        removed=_("The lesson is deleted."),
        remove=services.remove_lesson,
        back=reverse("lessons", args=[request.brand.slug]),
    )


@right("campaigns.edit")
@require_POST
def lesson_decide(request: BrandRequest, campaign_id: int, lesson_id: int) -> HttpResponse:
    """Take a lesson over into a campaign, or decline it."""
    campaign, lesson = found(campaign_id), get_object_or_404(Lesson, pk=lesson_id)
    taken = "take" in request.POST
    try:
        services.decide_lesson(campaign, lesson, taken=taken, word=request.POST.get("word", ""), by=request.user)
        messages.success(request, _("The lesson is taken over.") if taken else _("The lesson is declined."))
    except InvalidInput as error:
        messages.error(request, str(error))
    return redirect(f"{home(request, campaign)}#lessons")
