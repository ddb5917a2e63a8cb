"""Links for clients and the entries they show, for tests and pages."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone

from accounts.models import Brand, User
from accounts.scoping import brands_in_scope
from calendar_app.media import inspect
from calendar_app.models import Entry, ShareLink
from calendar_app.services import approvals, guests, pictures, shares
from calendar_app.share_pages import seen
from tests.calendar_app.calendar_kit import add, add_channel
from tests.calendar_app.media_kit import picture, upload
from tests.cast import Cast


def here() -> date:
    """Today on the clock of the brands of the cast, and of their links."""
    return timezone.now().astimezone(ZoneInfo("Europe/Rome")).date()


def values(**changed: Any) -> dict[str, Any]:
    plain = {"name": "Ms Rossi", "language": "en", "time_zone": "Europe/Rome", "campaign": None, "drafts": False}
    plain |= {"may_comment": True, "may_approve": True, "until": here() + timedelta(days=30)}
    return plain | changed


def make(brand: Brand, *, by: User | None, **changed: Any) -> tuple[ShareLink, str]:
    with brands_in_scope(brand.pk):
        return shares.make(brand, by=by, values=values(**changed), now=timezone.now())


def in_review(cast: Cast, channel: Any, *, by: User | None = None, **changed: Any) -> Entry:
    """An entry of today's month that waits for approval."""
    today = here()
    told = {"day": today, "clock": time(18, 30), "copy": "Plums and cocoa.", "today": today} | changed
    entry = add(cast.brand, channel, by=by or cast.bea, **told)
    return approvals.ask(entry, by=by or cast.bea)


def decide(link: ShareLink, entry: Entry, *, approve: bool = True, word: str = "", **changed: Any) -> Any:
    row = Entry.objects.get(pk=entry.pk)
    told = {"guest": "Anna Rossi", "seen": seen(row), "now": timezone.now()} | changed
    return guests.decide(link, row, approve=approve, word=word, **told)


def lived_in(cast: Cast, *, language: str = "en") -> tuple[ShareLink, str, Entry]:
    """A link, and this month as a client sees it: in review with a picture, approved, published, sent back."""
    today = here()
    brand = cast.brand
    cast.bea.name = "Bea Conti"
    cast.bea.save()
    made, secret = make(brand, by=cast.bea, language=language)
    with brands_in_scope(brand.pk):
        channel, other = add_channel(brand), add_channel(brand, "linkedin", "caffe-alba")
        file = upload(picture(), "roast.png")
        first = in_review(
            cast, channel, day=today, clock=time(18, 30), title="The autumn roast",
            **pictures.stored(file, inspect(file)), alt_text="A bag of beans",
            first_comment="Ask us anything", notes="Ask Anna",
            link="https://alba.example/box", copy="The autumn roast is here.\n\nPlums, cocoa and a long finish.",
        )  # fmt: skip
        guests.comment(made, first, guest="Anna Rossi", text="A lovely picture!", now=timezone.now())
        approvals.comment(first, text="Thank you. We took it on Monday.", by=cast.bea, for_client=True)
        approvals.comment(first, text="Among us: mind the price", by=cast.ada)
        second = in_review(cast, other, title="How we pack", day=today, clock=None)
        decide(made, second)
        back = in_review(cast, other, title="A question about water", day=today + timedelta(days=1))
        decide(made, back, approve=False, word="Softer, please: half of our guests love tap water")
        gone = in_review(cast, channel, title="Monday’s cup", day=today + timedelta(days=1), clock=time(9))
        Entry.objects.filter(pk=gone.pk).update(status="published", permalink="https://www.instagram.com/p/1/")
        in_review(cast, channel, title="A farm visit, some day", day=None, clock=None)
    return made, secret, Entry.across_brands.get(pk=first.pk)


def page(name: str, *, entry: bool = False, language: str = "en", query: str = "") -> Callable[[Cast], str]:
    """The address of a client's page of such a brand."""

    def prepare(cast: Cast) -> str:
        _link, secret, first = lived_in(cast, language=language)
        return reverse(name, args=[secret, *([first.pk] if entry else [])]) + query

    return prepare


def empty(cast: Cast) -> str:
    """A link to a calendar with nothing in it."""
    return reverse("share_month", args=[make(cast.brand, by=cast.bea)[1]])


def team_page(name: str) -> Callable[[Cast], str]:
    """A page of the team with links of every kind, or of the first of them."""

    def prepare(cast: Cast) -> str:
        link, _secret, entry = lived_in(cast)
        over, _ = make(cast.brand, by=cast.bea, name="Mr Verdi, printer", may_comment=False, may_approve=False)
        taken, _ = make(cast.brand, by=cast.ada, name="The fair’s press office", drafts=True, may_approve=False)
        yesterday = timezone.now() - timedelta(days=1)
        ShareLink.across_brands.filter(pk=over.pk).update(expires_at=yesterday, until=yesterday.date())
        ShareLink.across_brands.filter(pk=link.pk).update(last_used_at=timezone.now())
        with brands_in_scope(cast.brand.pk):
            shares.revoke(taken, by=cast.ada, now=timezone.now())
        numbers = {"share_links": [], "entry_detail": [entry.pk]}.get(name, [link.pk])
        return reverse(name, args=[cast.brand.slug, *numbers])

    return prepare
