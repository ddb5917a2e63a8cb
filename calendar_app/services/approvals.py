"""Approval of entries: asked for, given, refused with a word; comments with mentions. Who is concerned is told."""

import re
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.errors import InvalidInput, register_messages
from accounts.models import User
from accounts.notices import Wording, register
from accounts.notify import notify
from accounts.selectors import people_of
from calendar_app.models import Comment, Entry, Review
from calendar_app.services import entries

Status = Entry.Status
Decision = Review.Decision
ASKED, DECIDED, SAID = "calendar.asked", "calendar.decided", "calendar.said"
register_messages(
    {
        "review_own": _("What you wrote yourself is approved by somebody else."),
        "review_not_open": _("It is not in review any more. Reload the page."),
        "review_not_yours": _("Somebody else is to approve it: %(names)s."),
        "review_word_missing": _("Say in a word what should change."),
        "comment_empty": _("Write something first."),
    }
)
register(
    ASKED,
    Wording(
        subject=_("“%(entry)s” waits for your approval"),
        lines=(_("%(by)s asks you to look at it. It is planned for %(when)s."),),
        action=_("To the entry"),
        icon="calendar",
    ),
)
register(
    DECIDED,
    Wording(
        subject=_("“%(entry)s”: %(by)s has decided"),
        lines=(_("It is now: %(status)s."), _("A word with it: %(word)s")),
        action=_("To the entry"),
        icon="calendar",
    ),
)
register(
    SAID,
    Wording(subject=_("%(by)s on “%(entry)s”"), lines=(_("%(text)s"),), action=_("To the entry"), icon="calendar"),
)


@transaction.atomic
def ask(entry: Entry, *, by: User) -> Entry:
    """Ask its reviewers to approve an entry; without any, whoever manages the brand may."""
    row = entries.set_status(entry, Status.IN_REVIEW, by=by)
    when = str(row.day or "–") + (f" {row.clock:%H:%M}" if row.clock else "")
    for person in row.reviewers.exclude(pk=by.pk):
        facts = {"entry": row.title, "by": str(by), "when": when}
        _tell(person, ASKED, f"asked:{row.pk}:{row.version}", row, facts)
    return row


@transaction.atomic
def decide(entry: Entry, *, approve: bool, word: str, by: User) -> Entry:
    """Approve what is in review, or ask for changes with a word; raises InvalidInput where that is not his."""
    row = Entry.objects.select_for_update(of=("self",)).select_related("brand", "author").get(pk=entry.pk)
    reviewers = list(row.reviewers.all())
    _check(row, reviewers, approve=approve, word=word, by=by)
    review = Review(brand=row.brand, user=by, word=word.strip()[:500])
    row = settle(row, review, reviewers, approve=approve)
    if row.author and row.author != by:
        facts = {"entry": row.title, "by": str(by), "status": str(row.get_status_display()), "word": word.strip()}
        _tell(row.author, DECIDED, f"decided:{row.pk}:{row.version}:{by.pk}", row, facts)
    return row


def settle(row: Entry, review: Review, reviewers: list[User], *, approve: bool) -> Entry:
    """Keep a decision on an entry as it stands, and bring the entry where that leads; it must be locked."""
    content = entries.content_print(row)
    review.entry, review.content_print = row, content
    review.decision = Decision.APPROVED if approve else Decision.CHANGES
    review.save()
    if not approve:
        return entries.set_status(row, Status.DRAFT, by=review.user, guest=review.guest)
    if _is_enough(row, reviewers, content):
        row.approved_print = content
        before, row.status, row.version = row.status, Status.APPROVED, row.version + 1
        row.save(update_fields=["approved_print", "status", "version", "updated_at"])
        after = {"status": row.status} | ({"guest": review.guest} if review.guest else {})
        audit.record("entry.status", row, by=review.user, brand=row.brand, before={"status": before}, after=after)
    return row


def _check(row: Entry, reviewers: list[User], *, approve: bool, word: str, by: User) -> None:
    if row.status != Status.IN_REVIEW:
        raise InvalidInput("review_not_open")
    if reviewers and by not in reviewers:
        raise InvalidInput("review_not_yours", names=", ".join(map(str, reviewers)))
    if not reviewers and by == row.author and people_of(row.brand).exclude(pk=by.pk).exists():
        raise InvalidInput("review_own")
    if not approve and not word.strip():
        raise InvalidInput("review_word_missing", field="word")


def _is_enough(row: Entry, reviewers: list[User], content: str) -> bool:
    """One approval, or where all must approve, that of each for the content as it stands."""
    if not row.needs_all:
        return True
    given = row.reviews.filter(decision=Decision.APPROVED, content_print=content).values_list("user", flat=True)
    return {person.pk for person in reviewers} <= set(given)


@transaction.atomic
def comment(
    entry: Entry, *, text: str, by: User, for_client: bool = False, now: datetime | None = None
) -> Comment:
    """Say something about an entry; its author, and whoever is named with an @, is told.

    With `for_client` those read it too who see the entry by a link.
    """
    text = text.strip()
    if not text:
        raise InvalidInput("comment_empty", field="text")
    made = Comment.objects.create(
        brand=entry.brand, entry=entry, author=by, text=text[:2000], for_client=for_client
    )
    told = {
        person.pk: person for person in [*mentioned(text, list(people_of(entry.brand))), entry.author] if person
    }
    for person in told.values():
        if person != by:
            facts = {"entry": entry.title, "by": str(by), "text": text[:500]}
            _tell(person, SAID, f"comment:{made.pk}", entry, facts, now=now)
    return made


def mentioned(text: str, people: list[User]) -> list[User]:
    """Those whose name (or its first word, where that is nobody else's) stands behind an @."""
    firsts = [str(person).split()[0].casefold() for person in people]
    found = []
    for person, first in zip(people, firsts, strict=True):
        names = [str(person)] + ([first] if firsts.count(first) == 1 else [])
        if any(re.search(rf"@{re.escape(name)}\b", text, re.IGNORECASE) for name in names):
            found.append(person)
    return found


def _tell(
    person: User, kind: str, event: str, entry: Entry, facts: dict[str, str], *, now: datetime | None = None
) -> None:
    path = reverse("entry_detail", args=[entry.brand.slug, entry.pk])
    told = {"brand": entry.brand, "path": path, "facts": facts, "now": now or timezone.now()}
    notify(person, kind, event=event, **told)
