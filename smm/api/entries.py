"""Entries of the calendar through the API, by the services of the pages."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from accounts.errors import InvalidInput, Stale
from accounts.selectors import people_of
from calendar_app import selectors
from calendar_app.models import Entry
from calendar_app.selectors import Asked
from calendar_app.services import approvals, entries
from smm.api.calls import Call
from smm.api.fields import Field
from smm.api.reading import page
from smm.api.things import CHANGED_ENTRY, NEW_ENTRY
from smm.desk_calendar import SHOWN
from strategy.models import Audience, Campaign, Channel, ContentPillar

KEYS = {"channel": Channel, "campaign": Campaign, "pillar": ContentPillar, "audience": Audience}
NARROWING = ("q", "status", "channel", "campaign", "pillar", "audience", "person")


def _rows(call: Call) -> QuerySet[Entry]:
    rows = Entry.objects.filter(status__in=SHOWN) if call.on_desk else Entry.objects.all()
    return _whole(rows)


def _whole(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    return rows.select_related("brand", "channel", "campaign").prefetch_related("reviewers")


def listed(call: Call) -> dict[str, Any]:
    """As the list of the pages narrows them; with `updated_since` cancelled ones too: nothing is missed."""
    asked = Asked(**{name: call.query[name] for name in NARROWING if call.query.get(name)})
    since = call.query.get("updated_since")
    rows = selectors.entries(asked, everything=bool(since))
    if call.on_desk:
        rows = rows.filter(status__in=SHOWN)
    if since:
        rows = rows.filter(updated_at__gte=since)
    if first := call.query.get("from"):
        rows = rows.filter(day__gte=first)
    if last := call.query.get("to"):
        rows = rows.filter(day__lte=last)
    return page(call, _whole(rows), "updated_at")


def one(call: Call) -> Entry:
    found = _rows(call).filter(pk=call.number).first()
    if found is None:
        raise Http404
    return found


def add(call: Call) -> Entry:
    values = _values(call, NEW_ENTRY.fields)
    channel = values.pop("channel")
    made = entries.add(call.brand, channels=[channel], by=call.user, values=values, today=call.today)
    return _fresh(made[0])


def change(call: Call) -> Entry:
    entry, values = one(call), _values(call, CHANGED_ENTRY.fields)
    version = values.pop("version")
    if not values:
        _refuse_stale(entry, version)
        return entry
    return _fresh(entries.change(entry, by=call.user, version=version, values=values, today=call.today))


def step(call: Call) -> Entry:
    """To another status by hand, as the pages do: asking for approval tells who approves it."""
    entry, status = one(call), call.body["status"]
    _refuse_stale(entry, call.body.get("version"))
    if status == Entry.Status.IN_REVIEW:
        return _fresh(approvals.ask(entry, by=call.user))
    return _fresh(entries.set_status(entry, status, by=call.user))


def move(call: Call) -> Entry:
    entry, told = one(call), call.body
    clock = told.get("time", entry.clock)
    where = {"day": told["day"], "clock": clock, "version": told["version"]}
    return _fresh(entries.move(entry, by=call.user, today=call.today, **where))


def remove(call: Call) -> None:
    entry = one(call)
    _refuse_stale(entry, call.query.get("version"))
    entries.remove(entry, by=call.user)


def _refuse_stale(entry: Entry, version: int | None) -> None:
    if version is not None and version != entry.version:
        raise Stale("api_stale", version=entry.version)


def _fresh(entry: Entry) -> Entry:
    return _whole(Entry.objects.all()).get(pk=entry.pk)


def _values(call: Call, fields: tuple[Field, ...]) -> dict[str, Any]:
    """What the body tells under the names of the model, with rows in place of their numbers."""
    names = {field.name: field.column or field.name for field in fields}
    found = {names[name]: value for name, value in call.body.items()}
    for name, model in KEYS.items():
        if found.get(name) is not None:
            row = model.objects.filter(pk=found[name]).first()
            if row is None:
                raise InvalidInput("of_another_brand", field=name)
            found[name] = row
    if "reviewers" in found:
        found["reviewers"] = _people(call, found["reviewers"])
    return found


def _people(call: Call, addresses: list[str]) -> list[Any]:
    known = {person.email.casefold(): person for person in people_of(call.brand)}
    for address in addresses:
        if address.casefold() not in known:
            raise InvalidInput("reviewer_without_role", field="reviewers", name=address)
    return [known[address.casefold()] for address in addresses]
