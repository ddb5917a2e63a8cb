"""A crisis plan in force for each brand of the demo, seen by its community managers, and a drill."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from accounts.models import Brand, Receipt, User
from accounts.selectors import community_managers
from crisis import selectors
from crisis.models import Scenario
from crisis.services import plans, versions

# Role, name, number (from the ranges kept free for fiction), at night too.
CALLS = (
    ("lead", "Marta Gherlino", "+39 02 5550 0101", True),
    ("lead", "Ivo Serra", "+39 02 5550 0102", True),
    ("cm", "Turno social", "+39 02 5550 0103", True),
    ("cm", "Turno social 2", "+39 02 5550 0104", False),
    ("spokesperson", "Elena Costa", "+39 02 5550 0105", False),
    ("spokesperson", "Marta Gherlino", "+39 02 5550 0101", False),
    ("approver", "Avv. Paolo Riva", "+39 02 5550 0106", True),
    ("approver", "Avv. Sara Neri", "+39 02 5550 0107", False),
    ("expert", "Luca Bono", "+39 02 5550 0108", False),
    ("client", "Anna Ferri", "+39 02 5550 0109", False),
    ("client", "Dario Ferri", "+39 02 5550 0110", False),
)
SHOWED = {
    "it": "Il piano era aperto in fretta, ma il sostituto di chi approva i testi aveva un numero vecchio.",
    "en": "The plan was open quickly, but the number of the approver's deputy was an old one: corrected.",
}
TESTED = 40


def write(brand: Brand, *, by: User, today: date) -> None:
    """What is not there yet; the brand must be in scope."""
    if selectors.plan() is not None:
        return
    language = "it" if brand.languages == ["it"] else "en"
    plan = plans.begin(brand, language=language, by=by)
    orders: dict[str, int] = {}
    for slot, name, phone, at_night in CALLS:
        orders[slot] = orders.get(slot, 0) + 1
        values = {"slot": slot, "order": orders[slot], "name": name, "phone": phone, "at_night": at_night}
        plans.add_contact(brand, by=by, values=values | {"checked_on": today - timedelta(days=20)})
    words = [brand.name, brand.name.replace(" ", ""), f"#{brand.slug.replace('-', '')}", *WORDS[language]]
    plans.change_plan(plan, by=by, version=plan.version, values={"words": words})
    owner = User.objects.filter(memberships__agency=brand.agency_id, memberships__is_owner=True).first()
    if owner is None or owner == by or not community_managers(brand):
        return
    now = datetime.combine(today - timedelta(days=60), time(10), ZoneInfo(brand.time_zone))
    version = versions.approve(versions.hand_in(plan, note="", by=by, now=now), by=owner, now=now)
    for person in community_managers(brand)[:1]:
        seen = {"first_seen_at": now + timedelta(hours=3), "last_seen_at": now + timedelta(hours=3)}
        row = {"brand": brand, "user": person, "row_type": selectors.VERSION, "row_id": version.pk}
        Receipt.objects.get_or_create(**row, defaults=seen)
    _drill(brand, language, by=by, day=today - timedelta(days=TESTED))


WORDS = {
    "it": ("richiamo", "truffa", "vergogna", "boicottare", "denuncia", "avvocato", "rimborso", "allergia"),
    "en": ("recall", "scam", "shame", "boycott", "lawsuit", "lawyer", "refund", "allergy"),
}


def _drill(brand: Brand, language: str, *, by: User, day: date) -> None:
    values = {
        "day": day,
        "scenario": Scenario.objects.order_by("pk").first(),
        "minutes_to_plan": 4,
        "minutes_to_lead": 9,
        "minutes_to_text": 41,
        "result": "s",
        "showed": SHOWED[language],
    }
    plans.add_drill(brand, by=by, values=values)
