"""Which entries a link shows, and what a guest has seen of one. Every page and deed of a guest asks here."""

import json
from datetime import timedelta
from hashlib import sha256

from django.db.models import Exists, OuterRef, Q, QuerySet

from calendar_app.models import Comment, Entry, Review, ShareLink

Status = Entry.Status
SHOWN = (Status.IN_REVIEW, Status.APPROVED, Status.SCHEDULED, Status.PUBLISHED)
EARLY = (Status.IDEA, Status.DRAFT)
LONGEST = timedelta(days=365)
USUAL = timedelta(days=30)


def statuses(link: ShareLink) -> tuple[str, ...]:
    return (*EARLY, *SHOWN) if link.drafts else SHOWN


def entries_of(link: ShareLink) -> QuerySet[Entry]:
    """The entries that the link shows with all that a client sees; `named`: somebody is named to approve it."""
    return _of(link).filter(status__in=statuses(link))


def visible(link: ShareLink) -> QuerySet[Entry]:
    """Also the drafts that were sent back by this link: of these only that they are being changed."""
    sent_back = Review.objects.filter(share=link, decision=Review.Decision.CHANGES).values("entry")
    return _of(link).filter(Q(status__in=statuses(link)) | Q(status=Status.DRAFT, pk__in=sent_back))


def _of(link: ShareLink) -> QuerySet[Entry]:
    rows = Entry.objects.filter(brand=link.brand_id)
    if link.campaign_id:
        rows = rows.filter(campaign=link.campaign_id)
    return rows.annotate(named=Exists(Entry.reviewers.through.objects.filter(entry=OuterRef("pk"))))


def comments_of(link: ShareLink) -> QuerySet[Comment]:
    """What was said by this link, and what the team said for clients; nothing else that was said."""
    return Comment.objects.filter(Q(share=link) | Q(for_client=True, guest=""))


def seen_of(entry: Entry, content: str) -> str:
    """What tells whether a guest still has before him what is stored: content, title, day and hour."""
    told = [content, entry.title, str(entry.day), str(entry.clock)]
    return sha256(json.dumps(told).encode()).hexdigest()
