"""Loads the demo: writes the files, imports them as a person would, enters the costs, computes what pages show."""

import contextlib
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db.models import Count

from accounts.models import Agency, Brand, User
from accounts.scoping import brands_in_scope
from analytics.models import EffectsReport, Post, RoiReport
from analytics.services import effects, roi
from smm.demo import build, campaigns, crises, objectives, people, planned, platforms, strategy
from smm.demo.brands import BRANDS
from smm.demo.entries import enter
from smm.demo.imports import do_waiting, import_files, without_forgotten
from smm.demo.plan import AGENCY, PASSWORD, PEOPLE
from smm.demo.simulate import last_day
from strategy.models import Channel

Tell = Callable[[str], object]
ROLES = {"owner": "owner of the agency", "smm": "social media manager", "cm": "community manager"}


def load(*, today: date, export_to: Path | None = None, tell: Tell | None = None) -> dict[str, Any]:
    """Load what is missing and say who can sign in; with everything there, change nothing."""
    tell = tell or (lambda text: None)
    agency = Agency.objects.filter(name=AGENCY).first()
    changed = not people.is_loaded(agency)
    if changed:
        agency, day = people.begin(today)
        with _folder(export_to) as folder:
            _load(agency, folder, day, tell)
    elif export_to is not None:
        build.write(export_to, today=today)
    return _answer(agency, changed=changed)


@contextlib.contextmanager
def _folder(export_to: Path | None) -> Iterator[Path]:
    if export_to is not None:
        export_to.mkdir(parents=True, exist_ok=True)
        yield export_to
    else:
        with tempfile.TemporaryDirectory(prefix="timone-demo-") as name:
            yield Path(name)


def _load(agency: Agency, folder: Path, today: date, tell: Tell) -> None:
    brands = people.add_brands(agency)
    by = User.objects.get(email=next(person.email for person in PEOPLE if person.job == "smm"))
    tell("Writing two years of export files ...")
    files = build.write(folder, today=today)
    for demo in BRANDS:
        brand = brands[demo.slug]
        own = without_forgotten({path: file for path, file in files.items() if file.brand == demo.slug})
        tell(f"Importing {len(own)} files of {demo.name} ...")
        with brands_in_scope(brand.pk):
            import_files(brand, own, by=by)
            enter(demo, brand, by=by, today=today)
            strategy.describe(brand, by=by, today=today)
    tell("Computing best times and reports ...")
    _compute(list(brands.values()), by=by, today=today)
    people.end(agency, {"files": len(files), "posts": _posts(list(brands.values()))})


def _compute(brands: list[Brand], *, by: User, today: date) -> None:
    """Do what the imports asked for, and one report per brand."""
    with brands_in_scope(*(brand.pk for brand in brands)):
        do_waiting(brands)
    for brand in brands:
        with brands_in_scope(brand.pk):
            _report(brand, by=by, today=today)
            objectives.set_up(brand, by=by, today=today)
            platforms.choose(brand, by=by)
    for brand in brands:
        with brands_in_scope(brand.pk):
            strategy.agree_on(brand, by=by, today=today)
            campaigns.write(brand, by=by, today=today)
            planned.write(brand, by=by, today=today)
            _what_worked(brand, by=by, today=today)
            crises.write(brand, by=by, today=today)


def _report(brand: Brand, *, by: User, today: date) -> None:
    """The current calendar month and the eleven before it."""
    if RoiReport.objects.exists():
        return
    end = last_day(today)
    start = (end.replace(day=1) - timedelta(days=330)).replace(day=1)
    title = "Dodici mesi" if brand.languages == ["it"] else "Twelve months"
    wanted = roi.Wanted(start, end, title=title, revenue_currency=brand.currency)
    roi.report_now(brand, wanted, by=by)


def _what_worked(brand: Brand, *, by: User, today: date) -> None:
    """What worked in the last two whole quarters."""
    if EffectsReport.objects.exists():
        return
    last = effects.span("quarter", last_day(today))
    for start, end in (effects.span("quarter", last[0]), last):
        effects.report_now(brand, effects.Wanted(start, end), by=by)


def _posts(brands: list[Brand]) -> int:
    with brands_in_scope(*(brand.pk for brand in brands)):
        return Post.objects.count()


def _answer(agency: Agency, *, changed: bool) -> dict[str, Any]:
    brands = list(agency.brands.order_by("pk"))
    return {
        "changed": changed,
        "agency": agency.name,
        "brands": [_brand(brand) for brand in brands],
        "logins": [
            {"email": who.email, "password": PASSWORD, "name": who.name, "role": ROLES[who.job]} for who in PEOPLE
        ],
    }


def _brand(brand: Brand) -> dict[str, Any]:
    with brands_in_scope(brand.pk):
        channels = Channel.objects.annotate(count=Count("posts")).order_by("platform", "handle")
        return {
            "slug": brand.slug,
            "name": brand.name,
            "time_zone": brand.time_zone,
            "currency": brand.currency,
            "posts": Post.objects.count(),
            "channels": {f"{channel.platform}:{channel.handle}": channel.count for channel in channels},
        }
