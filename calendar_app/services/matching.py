"""Looks for entries among imported posts: what is certain becomes published, what is doubtful is asked."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.errors import InvalidInput, register_messages
from accounts.models import Brand, User
from analytics.matching import Match, Planned, match
from analytics.models import Post
from analytics.services.matching import gone, posts_around, published_of, told_of
from calendar_app.links import link_of
from calendar_app.models import Entry, EntryMatch
from calendar_app.services import results
from strategy.selectors import campaigns

KIND = "calendar.match_entries"
BACK, AHEAD = timedelta(days=180), timedelta(days=2)
Status, State = Entry.Status, EntryMatch.State
OPEN = (Status.DRAFT, Status.IN_REVIEW, Status.APPROVED, Status.SCHEDULED)
register_messages({"match_decided": _("This was decided already. Reload the page.")})


def match_brand(brand: Brand, *, now: datetime | None = None) -> dict[str, int]:
    """Compare the entries of the last half year that are not published with the posts around their hours.

    Returns how many were found for certain, and how many are proposed. The brand must be in scope.
    """
    now = now or timezone.now()
    for row in gone(EntryMatch.objects.all()):
        _forget(row)
    rows = Entry.objects.filter(status__in=OPEN, at__gte=now - BACK, at__lte=now + AHEAD)
    open_ones = {row.pk: row for row in rows.select_related("brand", "channel", "campaign")}
    if not open_ones:
        return {"certain": 0, "proposed": 0}
    convention = campaigns.convention()
    planned = [
        Planned(
            row.pk,
            row.channel_id,
            row.at,
            row.clock is not None,
            row.copy,
            link_of(row, convention),
            row.permalink,
        )
        for row in open_ones.values()
    ]
    known = Entry.objects.filter(post__isnull=False).values("post")
    posts = {post.pk: post for post in posts_around(planned).exclude(pk__in=known)}
    refused = EntryMatch.objects.filter(entry__in=open_ones, state=State.REFUSED).values_list("entry", "post")
    found = match(planned, [published_of(post) for post in posts.values()], refused=list(refused))
    for pair in found:
        _note(open_ones[pair.planned], pair, posts[pair.published])
    certain = sum(pair.certain for pair in found)
    return {"certain": certain, "proposed": len(found) - certain}


@transaction.atomic
def _note(entry: Entry, pair: Match, post: Post) -> None:
    values: dict[str, Any] = told_of(pair, post)
    found, _made = EntryMatch.objects.update_or_create(
        entry=entry, post=post.pk, defaults=values | {"brand": entry.brand}
    )
    if pair.certain:
        _accept(found, by=None)


def _accept(found: EntryMatch, *, by: User | None) -> None:
    row = Entry.objects.select_for_update(of=("self",)).select_related("brand").get(pk=found.entry_id)
    before = row.status
    row.status, row.post, row.permalink = Status.PUBLISHED, found.post, found.permalink
    row.published_at, row.version = found.published_at, row.version + 1
    row.save(update_fields=["status", "post", "permalink", "published_at", "version", "updated_at"])
    found.state, found.by = State.ACCEPTED, by
    found.save(update_fields=["state", "by", "updated_at"])
    row.matches.filter(state=State.PROPOSED).update(state=State.REFUSED)
    results.pass_on(row)
    after = {"status": row.status, "note": found.permalink}
    audit.record("entry.status", row, by=by, brand=row.brand, before={"status": before}, after=after)


def decide(found: EntryMatch, *, accept: bool, by: User) -> None:
    """A person says whether the proposed post is the entry; raises InvalidInput where that was decided."""
    row = EntryMatch.objects.select_for_update(of=("self",)).select_related("brand", "entry").get(pk=found.pk)
    if row.state != State.PROPOSED or row.entry.status not in OPEN:
        raise InvalidInput("match_decided")
    if accept:
        _accept(row, by=by)
    else:
        row.state, row.by = State.REFUSED, by
        row.save(update_fields=["state", "by", "updated_at"])


def _forget(row: EntryMatch) -> None:
    """The post went with an undone import: its entry is planned again."""
    if row.state == State.ACCEPTED:
        Entry.objects.filter(pk=row.entry_id, post=row.post).update(
            post=None, permalink="", published_at=None, status=Status.SCHEDULED
        )
    row.delete()
