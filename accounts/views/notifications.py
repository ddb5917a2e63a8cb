"""What a person was told."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts import notices, notify
from accounts.access import signed_in

PER_PAGE = 30


@signed_in
@require_safe
def notifications(request: HttpRequest) -> HttpResponse:
    """The newest first. To open the page is to have seen what it lists: nothing is ever asked of the reader."""
    page = Paginator(notify.told_to(request.user), PER_PAGE).get_page(request.GET.get("page"))
    rows = [{"row": row, "told": notices.word(row.kind, row.facts), "is_new": row.seen_at is None} for row in page]
    answer = render(request, "accounts/notifications.html", {"page": page, "rows": rows})
    if request.method == "GET":
        notify.mark_seen(request.user, now=timezone.now())
    return answer
