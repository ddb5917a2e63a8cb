"""What a client does by a link: comment, approve, ask for changes. The team is told; nothing is done twice."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.errors import InvalidInput, Stale, register_messages
from accounts.models import User
from accounts.notices import Wording, register
from accounts.notify import notify
from accounts.selectors import people_of
from calendar_app import share_scope
from calendar_app.models import Comment, Entry, Review, ShareLink
from calendar_app.services import approvals, shares
from calendar_app.services.entries import content_print

Status, Decision = Entry.Status, Review.Decision
SAID, APPROVED, AGREED, CHANGES = (f"calendar.client_{what}" for what in ("said", "approved", "agreed", "changes"))
LONGEST_NAME, LONGEST_TEXT = 80, 2000
SOON = timedelta(minutes=10)
# Of one link, counted from what is stored: a client who works through a month stays far below.
FLOOD = ((Comment, SOON, 20), (Comment, timedelta(days=1), 200), (Review, SOON, 100))
register_messages(
    {
        "guest_name_missing": _("Write your name: the team wants to know who speaks."),
        "guest_text_long": _("At most %(most)s characters. Shorten it by %(over)s."),
        "share_over": _("This link does not work any more."),
        "share_not_allowed": _("This link does not allow that."),
        "share_entry_gone": _("This post is not shown here any more. Go back to the calendar."),
        "share_changed": _(
            "This post was changed since you opened the page, so nothing was decided. What you see now is how it"
            " stands: look at it again, then decide."
        ),
        "share_too_many": _("That was a lot at once. Wait ten minutes, then go on; what you typed is still here."),
    }
)
_TO_ENTRY = {"action": _("To the entry"), "icon": "calendar"}
_WORD = _("A word with it: %(word)s")
_FROM = _("By the link “%(link)s”.")
register(SAID, Wording(subject=_("%(guest)s (client) on “%(entry)s”"), lines=(_("%(text)s"), _FROM), **_TO_ENTRY))
register(
    APPROVED,
    Wording(subject=_("%(guest)s (client) has approved “%(entry)s”"), lines=(_WORD, _FROM), **_TO_ENTRY),
)
register(
    AGREED,
    Wording(
        subject=_("%(guest)s (client) agrees to “%(entry)s”"),
        lines=(_("It still waits for all who are named to approve it."), _WORD, _FROM),
        **_TO_ENTRY,
    ),
)
register(
    CHANGES,
    Wording(
        subject=_("%(guest)s (client) asks for changes to “%(entry)s”"),
        lines=(_("What should change: %(word)s"), _("It is a draft again."), _FROM),
        **_TO_ENTRY,
    ),
)


@transaction.atomic
def comment(link: ShareLink, entry: Entry, *, guest: str, text: str, now: datetime) -> Comment:
    """Say something about an entry; sent twice within ten minutes it is said once."""
    link = _living(link, now=now)
    if not link.may_comment:
        raise InvalidInput("share_not_allowed")
    row = _locked(share_scope.visible(link), entry)
    guest, text = _name(guest), _text(text, "text")
    if not text:
        raise InvalidInput("comment_empty", field="text")
    told = {"share": link, "entry": row, "guest": guest, "text": text}
    if twice := Comment.objects.filter(**told, created_at__gte=now - SOON).first():
        return twice
    _stop_flood(link, Comment, now=now)
    made = Comment.objects.create(brand=link.brand, **told)
    _tell(link, row, SAID, f"client-comment:{made.pk}", {"guest": guest, "text": text[:500]}, now=now)
    return made


@transaction.atomic
def decide(
    link: ShareLink, entry: Entry, *, guest: str, approve: bool, word: str, seen: str, now: datetime
) -> Review:
    """Approve an entry in review, or ask for changes with a word.

    `seen` is `share_scope.seen_of` the page; raises Stale where something else is stored by now.
    """
    link = _living(link, now=now)
    if not link.may_approve:
        raise InvalidInput("share_not_allowed")
    row = _locked(share_scope.visible(link), entry)
    guest, word = _name(guest), _text(word, "word")
    if twice := _done_already(link, row, approve=approve, word=word):
        return twice
    if row.status != Status.IN_REVIEW:
        raise InvalidInput("review_not_open")
    if seen != share_scope.seen_of(row, content_print(row)):
        raise Stale("share_changed")
    if not approve and not word:
        raise InvalidInput("review_word_missing", field="word")
    _stop_flood(link, Review, now=now)
    review = Review(brand=link.brand, share=link, guest=guest, word=word)
    row = approvals.settle(row, review, list(row.reviewers.all()), approve=approve)
    kind = CHANGES if not approve else APPROVED if row.status == Status.APPROVED else AGREED
    _tell(link, row, kind, f"client-decided:{review.pk}", {"guest": guest, "word": word[:500]}, now=now)
    return review


def is_answered(entry: Entry, last: Review | None) -> bool:
    """Whether a link's last decision on what is in review still stands: others have to approve it too."""
    if last is None or not (entry.needs_all and entry.named):
        return False
    return last.decision == Decision.APPROVED and last.content_print == content_print(entry)


def _done_already(link: ShareLink, row: Entry, *, approve: bool, word: str) -> Review | None:
    """The same decision on the same content, where it has had its effect."""
    last = row.reviews.filter(share=link).last()
    wanted = Decision.APPROVED if approve else Decision.CHANGES
    if last is None or (last.decision, last.word, last.content_print) != (wanted, word, content_print(row)):
        return None
    return last if row.status != Status.IN_REVIEW or is_answered(row, last) else None


def _living(link: ShareLink, *, now: datetime) -> ShareLink:
    """The link, locked: what guests write by it comes one after another, and nothing once it is over."""
    rows = ShareLink.objects.select_for_update(of=("self",)).select_related("brand", "campaign")
    row = rows.get(pk=link.pk)
    if not shares.is_open(row, now=now):
        raise InvalidInput("share_over")
    return row


def _locked(rows: QuerySet[Entry], entry: Entry) -> Entry:
    found = rows.select_for_update(of=("self",)).select_related("brand").filter(pk=entry.pk).first()
    if found is None:
        raise InvalidInput("share_entry_gone")
    return found


def _name(guest: str) -> str:
    name = " ".join(guest.split())
    if not name:
        raise InvalidInput("guest_name_missing", field="guest")
    if len(name) > LONGEST_NAME:
        raise InvalidInput("guest_text_long", field="guest", most=LONGEST_NAME, over=len(name) - LONGEST_NAME)
    return name


def _text(text: str, field: str) -> str:
    text = text.replace("\r\n", "\n").strip()
    if len(text) > LONGEST_TEXT:
        raise InvalidInput("guest_text_long", field=field, most=LONGEST_TEXT, over=len(text) - LONGEST_TEXT)
    return text


def _stop_flood(link: ShareLink, kind: type[Comment] | type[Review], *, now: datetime) -> None:
    for counted, span, most in FLOOD:
        if counted is kind and kind.objects.filter(share=link, created_at__gte=now - span).count() >= most:
            raise InvalidInput("share_too_many")


def _tell(link: ShareLink, row: Entry, kind: str, event: str, facts: dict[str, str], *, now: datetime) -> None:
    """The author and the reviewers; where none of them works for the brand any more, who made the link."""
    path = reverse("entry_detail", args=[link.brand.slug, row.pk])
    facts = facts | {"entry": row.title, "link": link.name}
    for person in _concerned(link, row):
        notify(person, kind, event=event, brand=link.brand, path=path, facts=facts, now=now)


def _concerned(link: ShareLink, row: Entry) -> list[User]:
    wanted = {row.author_id, *row.reviewers.values_list("pk", flat=True)}
    people = list(people_of(link.brand))
    return [one for one in people if one.pk in wanted] or [one for one in people if one.pk == link.created_by_id]
