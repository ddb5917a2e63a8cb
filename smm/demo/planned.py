"""Writes the demo's calendar through the services of the pages: a month that was published, five weeks to come."""

from datetime import date, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from accounts.models import Brand, User
from analytics.models import Post
from calendar_app.models import Entry, Observance, SavedView, Slot
from calendar_app.services import approvals, entries, guests, matching, planning, saved_views, shares, slots
from smm.demo import pictures
from strategy.models import Campaign, Channel, ContentPillar

DAY = timedelta(days=1)
PAST, AHEAD, PER_CHANNEL = 28, 35, 6
VIEWS = {"it": "{} per pilastro", "en": "{} by pillar"}
# For each language: what it is called, its text, its format. All invented.
IDEAS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "it": (
        (
            "Il profumo del lunedì",
            "Ogni lunedì si tosta. Oggi tocca al Perù: prugna, cacao, un finale lungo.",
            "photo",
        ),
        (
            "Tre domande al tostatore",
            "Perché il secondo crack conta di più? Ce lo racconta Elio.",
            "short_video",
        ),
        (
            "Acqua: quella giusta",
            "Una tazza è fatta di acqua. Ecco come sceglierla in casa.",
            "carousel",
        ),
        ("Chi coltiva", "Rosa raccoglie a mano da trent’anni. La sua storia, in quattro immagini.", "carousel"),
        ("La moka, bene", "Fuoco basso, coperchio aperto, niente pressione. Provate e diteci.", "short_video"),
        ("Regalare caffè", "Una scatola, quattro caffè, un biglietto scritto a mano.", "photo"),
        ("Il sacchetto torna", "Riportate il sacchetto vuoto: lo riempiamo di nuovo.", "photo"),
        ("Domande della settimana", "Le tre domande più ricevute, con risposta breve.", "text"),
    ),
    "en": (
        ("Frame of the week", "Steel, forty years old, ready for the next forty.", "photo"),
        ("Pack for rain", "What goes into a bag for two wet days, and what stays at home.", "carousel"),
        ("One minute: brake pads", "How to see in a minute whether yours are done.", "short_video"),
        (
            "Who rides here",
            "Marit cycles to work on ninety days of a hundred. And the other ten?",
            "carousel",
        ),
        ("Ask the workshop", "The three questions we heard most this week, answered.", "text"),
        ("A route for Sunday", "Sixty kilometres, one ferry, two bakeries.", "photo"),
        ("Behind the paint", "Seven coats, three days, no hurry.", "short_video"),
        ("Old parts, new use", "A chain makes a good bookmark. Send us yours.", "photo"),
    ),
}
# Who the client is, what he said, what he was answered.
CLIENTS = {
    "it": (
        "Elena Rossi, cliente",
        "Mi piace. Possiamo dire anche da dove arriva l’acqua del negozio?",
        "Certo: lo aggiungiamo nella terza immagine.",
    ),
    "en": (
        "Jonas Berg, client",
        "I like it. Can we name the workshop in Utrecht as well?",
        "Yes, it goes into the last sentence.",
    ),
}


@transaction.atomic
def write(brand: Brand, *, by: User, today: date) -> None:
    """What is not there yet; the brand must be in scope, its posts, campaigns and best times in place."""
    channels = list(Channel.objects.filter(active=True).select_related("brand").order_by("pk")[:3])
    if not Slot.objects.exists():
        _slots(brand, channels, by=by)
    if not SavedView.objects.exists():
        name = VIEWS["it" if brand.languages == ["it"] else "en"].format(channels[0])
        told = {"kind": "month", "query": f"channel={channels[0].pk}&colour=pillar", "shared": True}
        saved_views.add(brand, by=by, values=told | {"name": name[:60]})
    if Entry.objects.exists():
        return
    pillars = list(ContentPillar.objects.filter(archived_at=None))
    campaign = Campaign.objects.filter(status="running").order_by("start").first()
    owner = User.objects.filter(memberships__agency=brand.agency_id, memberships__is_owner=True).first() or by
    for channel in channels:
        _published(brand, channel, pillars, by=by, today=today)
    matching.match_brand(brand, now=timezone.now())
    _coming(brand, channels, pillars, campaign, by=by, owner=owner, today=today)
    planning.add_day(
        brand,
        by=by,
        values={"name": brand.name, "day": today + 12 * DAY, "yearly": True, "tone": Observance.Tone.LIGHT},
    )


def _slots(brand: Brand, channels: list[Channel], *, by: User) -> None:
    """Three of the best hours of each channel's week, as the page proposes them."""
    for channel in channels:
        for found in slots.best_hours(channel, most=3, now=timezone.now()):
            values = {"channel": channel, "weekdays": [found.cell.day], "clock": found.at.time()}
            slots.add(brand, by=by, values=values)


def _published(brand: Brand, channel: Channel, pillars: list[ContentPillar], *, by: User, today: date) -> None:
    """Entries for the latest posts, planned on the full hour: the matching finds them."""
    zone = ZoneInfo(brand.time_zone)
    first = today - PAST * DAY
    posts = Post.objects.filter(channel=channel, is_reply=False, published_at__date__gte=first).exclude(text="")
    for number, post in enumerate(posts.order_by("-published_at")[:PER_CHANNEL]):
        at = post.published_at.astimezone(zone)
        values = _values(post.text[:60], post.text, "photo", at.date(), time(at.hour), pillars, number)
        entries.add(brand, channels=[channel], by=by, values=values | {"status": "approved"}, today=first)


def _coming(
    brand: Brand,
    channels: list[Channel],
    pillars: list[ContentPillar],
    campaign: Campaign | None,
    *,
    by: User,
    owner: User,
    today: date,
) -> None:
    language = "it" if brand.languages == ["it"] else "en"
    ideas = IDEAS[language]
    made = []
    for number, (title, copy, format) in enumerate(ideas):
        day = today + (2 + number * 4) * DAY
        bound = campaign if campaign and campaign.start <= day <= campaign.end else None
        values = _values(title, copy, format, day, None, pillars, number) | {"campaign": bound}
        values["reviewers"] = [owner]
        new = entries.add(brand, channels=[channels[number % len(channels)]], by=by, values=values, today=today)
        made += [pictures.add(entry, language=language, by=by, today=today) for entry in new]
    _at_good_hours(brand, made[:6], by=by, today=today)
    for number, entry in enumerate(made[:4]):
        row = approvals.ask(Entry.objects.get(pk=entry.pk), by=by)
        if number < 2:
            row = approvals.decide(row, approve=True, word="", by=owner)
        if number == 0:
            entries.set_status(row, "scheduled", by=by)
    _ask_client(brand, made[2], by=by, today=today)
    last = made[-1]
    entries.move(last, day=None, clock=None, by=by, version=last.version, today=today)


def _ask_client(brand: Brand, entry: Entry, *, by: User, today: date) -> None:
    """A link for the client, who has said something by it; its address was shown to nobody."""
    language = "it" if brand.languages == ["it"] else "en"
    name, said, answer = CLIENTS[language]
    values = {"name": name, "language": language, "time_zone": brand.time_zone, "campaign": None, "drafts": False}
    values |= {"may_comment": True, "may_approve": True, "until": today + 60 * DAY}
    now = timezone.now()
    link, _secret = shares.make(brand, by=by, values=values, now=now)
    guests.comment(link, entry, guest=name.split(",")[0], text=said, now=now)
    approvals.comment(entry, text=answer, by=by, for_client=True, now=now)


def _at_good_hours(brand: Brand, chosen: list[Entry], *, by: User, today: date) -> None:
    """Each on the best free hour of its own day, as the page proposes it."""
    for entry in chosen:
        now = timezone.now()
        ((_entry, found),) = planning.proposed(brand, [entry], first=entry.day, last=entry.day, now=now)
        clock = found.at.time() if found.at else time(18)
        planning.accept([(entry, entry.day, clock, entry.version)], by=by, today=today)


def _values(
    title: str, copy: str, format: str, day: date, clock: time | None, pillars: list[ContentPillar], number: int
) -> dict[str, Any]:
    pillar = pillars[number % len(pillars)] if pillars else None
    return {
        **{"title": title, "copy": copy, "format": format, "day": day, "clock": clock, "pillar": pillar},
        **{"campaign": None, "audience": None, "first_comment": "", "link": "", "alt_text": "", "notes": ""},
        **{"sells": False, "reviewers": [], "needs_all": False, "status": "draft"},
    }
