"""A brand with a month of entries, for tests and pages."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts import feeds
from accounts.models import Brand, User
from accounts.scoping import brands_in_scope
from analytics.models import PlannedPost
from analytics.services import best_times
from calendar_app.media import inspect
from calendar_app.models import Entry, Observance, SavedView, Slot
from calendar_app.services import approvals, bringing_in, entries, handed_in, pictures
from strategy.models import Campaign, Channel, ContentPillar
from tests.analytics.posts import add_posts, random_posts
from tests.calendar_app.media_kit import film, picture, upload
from tests.cast import Cast

TODAY = date(2046, 8, 1)


def values(**changed: Any) -> dict[str, Any]:
    plain = {"title": "Plums", "format": "photo", "campaign": None, "pillar": None, "audience": None}
    plain |= {"day": date(2046, 9, 10), "clock": time(18, 30), "copy": "Plums and cocoa.", "first_comment": ""}
    plain |= {"link": "", "alt_text": "", "sells": False, "reviewers": [], "needs_all": False, "notes": ""}
    return plain | changed


def add_channel(brand: Brand, platform: str = "instagram", handle: str = "caffe.alba") -> Channel:
    return Channel.objects.create(brand=brand, platform=platform, handle=handle)


def add(brand: Brand, channel: Channel, *, by: User | None, today: date = TODAY, **changed: Any) -> Entry:
    return entries.add(brand, channels=[channel], by=by, values=values(**changed), today=today)[0]


def lived_in(cast: Cast) -> Entry:
    """Entries of this month and in the backlog, in every status, with comments and a review."""
    today = timezone.localdate()
    brand = cast.brand
    with brands_in_scope(brand.pk):
        channel = Channel.objects.filter(platform="instagram").first() or add_channel(brand)
        other = add_channel(brand, "linkedin", "caffe-alba")
        pillar = ContentPillar.objects.create(brand=brand, name="Behind the roast", share=40)
        campaign = Campaign.objects.create(
            brand=brand, name="Autumn roast", start=today, end=today + timedelta(days=40), utm_campaign="autumn"
        )
        for weekday, clock in ((0, time(8, 30)), (2, time(18, 30)), (4, time(12))):
            Slot.objects.create(brand=brand, channel=channel, weekday=weekday, clock=clock, pillar=pillar)
        Slot.objects.create(
            brand=brand, channel=other, weekday=3, clock=time(9), format="carousel", note="How it is made"
        )
        SavedView.objects.create(
            brand=brand, user=cast.bea, name="Drafts", kind="list", query="status=draft", shared=True
        )
        SavedView.objects.create(
            brand=brand, user=cast.ada, name="LinkedIn by campaign", query=f"channel={other.pk}", shared=True
        )
        Observance.objects.create(brand=brand, name="Founding day", day=today, tone="light")
        plain = {"by": cast.bea, "today": today, "campaign": campaign, "pillar": pillar}
        first = add(
            brand, channel, **plain, day=today, clock=time(23), link="https://alba.example/box", notes="Ask Anna",
            copy="The autumn roast is here #plums #plums", first_comment="Ask us anything", reviewers=[cast.ada],
        )  # fmt: skip
        files = [
            upload(picture(*size), name) for size, name in (((1080, 1350), "box.png"), ((1600, 700), "farm.png"))
        ]
        told = [(file, inspect(file)) for file in [*files, upload(film(), "roast.mp4", "video/mp4")]]
        first = pictures.add(first, told, by=cast.bea, version=first.version, today=today)
        approvals.ask(first, by=cast.bea)
        approvals.comment(first, text="Shorter, please, @Bea", by=cast.ada)
        for n, title in enumerate(("Roasting day", "A question about water", "How we pack", "Monday’s cup")):
            add(
                brand,
                (channel, other)[n % 2],
                **plain,
                title=title,
                day=today + timedelta(days=n),
                clock=time(9 + n),
            )
        add(
            brand,
            channel,
            by=cast.bea,
            today=today,
            title="A farm visit, some day",
            day=None,
            clock=None,
            status="idea",
        )
        entries.set_status(add(brand, other, **plain, title="Dropped", day=today), "cancelled", by=cast.bea)
    return Entry.across_brands.get(pk=first.pk)


def page(name: str, *, entry: bool = False) -> Callable[[Cast], str]:
    """The address of a page of such a brand."""

    def prepare(cast: Cast) -> str:
        first = lived_in(cast)
        return reverse(name, args=[cast.brand.slug, *([first.pk] if entry else [])])

    return prepare


def slot_page(name: str) -> Callable[[Cast], str]:
    """The address of a page of a slot, or of its channel."""

    def prepare(cast: Cast) -> str:
        lived_in(cast)
        slot = Slot.across_brands.filter(brand=cast.brand).first()
        return reverse(name, args=[cast.brand.slug, slot.channel_id if name == "slots_best" else slot.pk])

    return prepare


def coloured(name: str, by: str) -> Callable[[Cast], str]:
    """The address of a page whose cards are coloured, under a saved view."""

    def prepare(cast: Cast) -> str:
        lived_in(cast)
        view = SavedView.across_brands.get(brand=cast.brand, user=cast.bea)
        return reverse(name, args=[cast.brand.slug]) + f"?colour={by}&view={view.pk}"

    return prepare


def subscribed(cast: Cast) -> str:
    """The page of somebody who has addresses, on that of a campaign."""
    feeds.renew(cast.bea)
    campaign = lived_in(cast).campaign
    return reverse("calendar_subscribe", args=[cast.brand.slug]) + f"?campaign={campaign.pk}"


def day_of_best_hours(cast: Cast) -> str:
    """The address of a day with best hours, an entry, a free slot; the clock is changed on it."""
    best_hours(cast)
    with brands_in_scope(cast.brand.pk):
        channel = Channel.objects.get()
        day = date(2047, 3, 31)
        Slot.objects.create(brand=cast.brand, channel=channel, weekday=6, clock=time(12, 30))
        add(cast.brand, channel, by=cast.bea, day=day, clock=time(2, 30), title="Before the bakers")
        add(cast.brand, channel, by=cast.bea, day=day, clock=None, title="Any time of Sunday")
    return reverse("calendar_day", args=[cast.brand.slug]) + f"?day={day}"


def best_hours(cast: Cast) -> str:
    """The address of the page that makes slots of best hours, for a channel whose hours are known."""
    with brands_in_scope(cast.brand.pk):
        channel = add_channel(cast.brand)
        add_posts(channel, random_posts(600, seed=1))
        best_times.compute(channel)
        Slot.objects.create(brand=cast.brand, channel=channel, weekday=0, clock=time(8, 30))
    return reverse("slots_best", args=[cast.brand.slug, channel.pk])


SHEET = """date;time;platform;account;title;text;status;entry_id;version
{day};9:00;instagram;caffe.alba;A morning at the market;Plums, figs, and the first grapes.;draft;;
{day};18:30;instagram;caffe.alba;Autumn roast!;Prune e cacao, un finale lungo.;approved;;
{day};25:00;instagram;caffe.alba;The hour that is none;;;;
{day};;instagram;nobody;Somebody else’s channel;;;;
;;instagram;caffe.alba;Plums, two weeks late;Another text.;;{entry};{version}
{day};;instagram;caffe.alba;Plums;;;{clash};0
"""


def brought_in(cast: Cast, *, done: bool = False) -> str:
    """A file of which every kind of line is shown."""
    first = lived_in(cast)
    today = timezone.localdate()
    with brands_in_scope(cast.brand.pk):
        clash = Entry.objects.filter(status="draft", channel=first.channel).exclude(pk=first.pk)[0]
        told = {"day": today + timedelta(days=3), "entry": first.pk, "version": first.version, "clash": clash.pk}
        file = SimpleUploadedFile("Piano di ottobre.csv", SHEET.format(**told).encode())
        kept = bringing_in.look(cast.brand, handed_in.read_file(cast.brand, file), by=cast.bea, today=today)
        if done:
            bringing_in.confirm(kept, by=cast.bea, today=today)
    return reverse("entry_import", args=[cast.brand.slug, kept.pk])


def to_bring_in(cast: Cast) -> str:
    """The page with earlier files on it, and an imported plan that waits."""
    brought_in(cast, done=True)
    with brands_in_scope(cast.brand.pk):
        at = timezone.now() + timedelta(days=2)
        PlannedPost.objects.create(brand=cast.brand, platform="instagram", text="Soon", at=at, row_key="k")
    return reverse("entries_in", args=[cast.brand.slug])
