"""Crisis plans as they stand in the database, for tests."""

from datetime import UTC, date, datetime

from django.urls import reverse

from accounts.models import Brand
from accounts.scoping import brands_in_scope
from crisis import selectors
from crisis.models import Contact, CrisisPlan, Drill, HoldingStatement, PlanVersion, Scenario, SeverityLevel
from crisis.services import plans, versions
from strategy.models import Channel
from tests.cast import Cast

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def numbers(brand: Brand) -> dict[str, int]:
    """One row of every kind, for the addresses that name one."""
    with brands_in_scope(brand.pk):
        plan = CrisisPlan.objects.create(brand=brand)
        level = SeverityLevel.objects.create(brand=brand, number=3)
        scenario = Scenario.objects.create(brand=brand, title="Fault", cluster="accidental")
        contact = Contact.objects.create(brand=brand, slot="lead", name="Nora", phone="+39 02 1")
        text = HoldingStatement.objects.create(brand=brand, platform="x", language="en", text="We look.")
        drill = Drill.objects.create(brand=brand, day=date(2026, 5, 4), result="p", showed="All went well.")
        content = selectors.content(plan)
        version = PlanVersion.objects.create(
            brand=brand,
            number=1,
            state="in_force",
            content=content,
            handed_in_at=NOW,
            approved_at=NOW,
            review_by=date(2027, 5, 4),
        )
    return {
        "level_id": level.pk,
        "scenario_id": scenario.pk,
        "contact_id": contact.pk,
        "statement_id": text.pk,
        "drill_id": drill.pk,
        "plan_version_id": version.pk,
    }


def begin(cast: Cast) -> CrisisPlan:
    """A plan with two people to call, of a brand on Instagram and X in two languages; the brand is in scope."""
    cast.brand.languages = ["en", "it"]
    cast.brand.save()
    for platform in ("instagram", "x"):
        Channel.objects.create(brand=cast.brand, platform=platform, handle="alba")
    plan = plans.begin(cast.brand, language="en", by=cast.bea)
    for order, name in enumerate(["Bea", "Ada"], 1):
        values = {"slot": "lead", "order": order, "name": name, "phone": f"+39 02 55 {order}"}
        plans.add_contact(cast.brand, by=cast.bea, values=values)
    return plan


def in_force(cast: Cast) -> PlanVersion:
    version = versions.hand_in(begin(cast), note="First", by=cast.bea, now=NOW)
    return versions.approve(version, by=cast.ada, now=NOW)


def page(name: str, *, row: str = "", ready: bool = True):
    """A page with a plan in force, for the browser."""

    def prepare(cast: Cast) -> str:
        with brands_in_scope(cast.brand.pk):
            if not ready:
                return reverse(name, args=[cast.brand.slug])
            version = in_force(cast)
            found = {
                "": [],
                "version": [version.pk],
                "scenario": [Scenario.objects.first().pk],
                "contact": [Contact.objects.first().pk],
                "statement": [HoldingStatement.objects.first().pk],
                "level": [SeverityLevel.objects.last().pk],
            }[row]
            if name == "crisis_compare":
                plan = CrisisPlan.objects.get()
                plan.avoid = [*plan.avoid, "Joke about it"]
                plan.save()
        return reverse(name, args=[cast.brand.slug, *found])

    return prepare
