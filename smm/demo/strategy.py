"""Describes audiences, plans pillars and agrees on the strategy, through the services of the pages."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import Brand, User
from smm.demo.audiences import PERSONAS, Persona
from smm.demo.simulate import last_day
from smm.demo.strategies import STRATEGIES, Text, Theme
from strategy import audience_words, online_hours
from strategy.models import Audience, Channel, ContentPillar, Strategy, StrategyVersion
from strategy.selectors import document as selectors
from strategy.services import audiences, channels, document, pillars

PERIOD = timedelta(days=364)


def describe(brand: Brand, *, by: User, today: date) -> None:
    """Audiences with their evidence, pillars and texts that are not there yet; the brand must be in scope."""
    for persona in PERSONAS:
        if persona.brand == brand.slug and not Audience.objects.filter(name=persona.name).exists():
            _describe(brand, persona, by=by, today=today)
    _tell_channels(brand, by=by)
    text = _text(brand)
    for theme in text.themes:
        if not ContentPillar.objects.filter(name=theme.name).exists():
            pillars.add(brand, by=by, values=_pillar(theme))
    if not Strategy.objects.exists():
        _write(brand, by=by, today=today, positioning=text.positioning)


def agree_on(brand: Brand, *, by: User, today: date) -> None:
    """One agreed version, and a word that was changed after it; the brand must be in scope, its objectives set."""
    if StrategyVersion.objects.exists():
        return
    text = _text(brand)
    version = document.propose(brand, by=by, note=text.note)
    owner = User.objects.filter(memberships__agency=brand.agency_id, memberships__is_owner=True).first()
    day = timezone.localdate(version.proposed_at, timezone=ZoneInfo(brand.time_zone))
    values = {"agreed_with": text.agreed_with, "day": day}
    document.agree(version, by=owner or by, values=values)
    _write(brand, by=by, today=today, positioning=text.positioning.replace(*text.reworded))


def _text(brand: Brand) -> Text:
    return next(text for text in STRATEGIES if text.brand == brand.slug)


def _describe(brand: Brand, persona: Persona, *, by: User, today: date) -> None:
    values: dict[str, Any] = {
        "name": persona.name,
        "segment": persona.segment,
        "age_from": persona.ages[0],
        "age_to": persona.ages[1],
        "countries": list(persona.countries),
        "languages": list(persona.languages),
        "places": persona.places,
        "interests": list(persona.interests),
        "weight": persona.weight,
        "online_hours": online_hours.parse(persona.hours, audience_words.hours_words()),
    }
    audience = audiences.add(brand, by=by, values=values | persona.says)
    for proof in persona.proofs:
        day = None if proof.kind == "assumption" else last_day(today) - timedelta(days=proof.days_ago)
        told = {name: getattr(proof, name) for name in ("claim", "kind", "detail", "people")}
        audiences.add_evidence(audience, by=by, values=told | {"day": day})


def _tell_channels(brand: Brand, *, by: User) -> None:
    """Say of each channel whom it serves."""
    for channel in Channel.objects.filter(audiences=None).select_related("brand"):
        names = [p.name for p in PERSONAS if p.brand == brand.slug and channel.platform in p.channels]
        if names:
            served = list(Audience.objects.filter(name__in=names))
            channels.change_channel(channel, by=by, version=channel.version, values={"audiences": served})


def _pillar(theme: Theme) -> dict[str, Any]:
    found = Audience.objects.filter(name__startswith=theme.audience).first() if theme.audience else None
    return {
        "name": theme.name,
        "share": theme.share,
        "purpose": theme.purpose,
        "examples": theme.examples,
        "avoid": theme.avoid,
        "audience": found,
    }


def _write(brand: Brand, *, by: User, today: date, positioning: str) -> None:
    text, own = _text(brand), selectors.current(brand)
    start = last_day(today).replace(day=1)
    values = {
        "situation": text.situation,
        "positioning": positioning,
        "constraints": text.constraints,
        "start": start,
        "end": start + PERIOD,
    }
    document.write(own, by=by, version=own.version, values=values)
