"""Compares what the code promises about brands with what the database holds."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.db.models import F, OuterRef, Q

from accounts.scoping import BrandOwned


@dataclass(frozen=True)
class Finding:
    """Rows whose foreign key leads to another brand, or nowhere."""

    row_type: str
    field: str
    fault: str
    count: int


def findings() -> Iterator[Finding]:
    """Walk every foreign key of every brand-owned model; one or two counting queries each."""
    for model in apps.get_models():
        if issubclass(model, BrandOwned):
            for field in model._meta.concrete_fields:
                if isinstance(field, models.ForeignKey):
                    yield from _of_field(model, field)


def _of_field(model: type[BrandOwned], field: models.ForeignKey) -> Iterator[Finding]:
    rows = model.across_brands.filter(~Q(**{field.attname: None}))
    if not field.db_constraint:
        there = field.related_model._base_manager.filter(pk=OuterRef(field.attname))
        yield from _found(model, field, "missing", rows.filter(~models.Exists(there)).count())
    if issubclass(field.related_model, BrandOwned):
        foreign = rows.exclude(**{f"{field.name}__brand": F("brand")})
        yield from _found(model, field, "other brand", foreign.count())


def _found(model: type[BrandOwned], field: models.ForeignKey, fault: str, count: int) -> Iterator[Finding]:
    if count:
        yield Finding(model._meta.label, field.name, fault, count)
