"""Writes what was done, in the transaction that does it."""

from typing import Any

from django.db import models

from accounts.models import Agency, AuditEvent, Brand, User


def record(
    action: str,
    row: models.Model,
    *,
    by: User | None,
    brand: Brand | None = None,
    agency: Agency | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEvent:
    """Append one event; `by` is None when a command or the system acts. Values must be JSON."""
    told = event(action, row, by=by, brand=brand, agency=agency, before=before, after=after)
    told.save()
    return told


def event(
    action: str,
    row: models.Model,
    *,
    by: User | None,
    brand: Brand | None = None,
    agency: Agency | None = None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
) -> AuditEvent:
    """An event that is still to be appended, with others in one statement."""
    if brand is None and agency is None:
        raise ValueError("an audit event belongs to a brand or an agency")
    return AuditEvent(
        agency_id=agency.pk if agency else brand.agency_id,
        brand=brand,
        actor=by,
        action=action,
        row_type=row._meta.label_lower,
        row_id=str(row.pk),
        row_text=str(row)[:200],
        before=before,
        after=after,
    )
