"""Adding, changing and removing rows that people edit: checked, versioned and on the record."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.errors import InvalidInput, Stale, register_messages
from accounts.models import User
from accounts.scoping import BrandOwned

Row = TypeVar("Row", bound=Any)
register_messages(
    {
        "not_valid": "%(reason)s",
        "twice": _("There is one like this already. Edit that one, or choose another name."),
        "in_use": _("This is in use and cannot be deleted: %(uses)s. Change these first, or archive it instead."),
        "of_another_brand": _("This does not belong to the brand. Choose again."),
    }
)


@transaction.atomic
def add(row: Row, values: Mapping[str, Any], *, by: User | None, action: str, twice: str = "") -> Row:
    """Store a new row with these values; raises InvalidInput naming the field, for a clash the field `twice`."""
    _fill(row, values, twice)
    audit.record(action, row, by=by, brand=row.brand, after=told(row, values))
    return row


@transaction.atomic
def change(
    row: Row, *, version: int, values: Mapping[str, Any], by: User | None, action: str, twice: str = ""
) -> Row:
    """Change a row that still is what the person saw; raises Stale with the version that is stored otherwise."""
    row = locked(row, version)
    before = told(row, values)
    row.version += 1
    _fill(row, values, twice)
    after = told(row, values)
    if after != before:
        audit.record(action, row, by=by, brand=row.brand, before=before, after=after)
    return row


def put_only(
    kind: type[Row], brand: Any, *, version: int, values: Mapping[str, Any], by: User | None, action: str
) -> Row:
    """Store or change the one row of its kind that a brand has, such as its settings."""
    row = kind.objects.select_related("brand").first()
    if row is None:
        return add(kind(brand=brand), values, by=by, action=action)
    return change(row, version=version, values=values, by=by, action=action)


@transaction.atomic
def remove(row: models.Model, *, by: User | None, action: str, fields: tuple[str, ...] = ()) -> None:
    """Delete a row; raises InvalidInput "in_use" with what still needs it."""
    before = told(row, fields or [field.name for field in row._meta.concrete_fields if field.editable])
    audit.record(action, row, by=by, brand=row.brand, before=before)
    try:
        row.delete()
    except models.ProtectedError as error:
        uses = ", ".join(f"“{used}”" for used in list(error.protected_objects)[:10])
        raise InvalidInput("in_use", uses=uses) from None


def locked(row: Row, version: int) -> Row:
    """The row as it is stored, locked; raises Stale when it is not the version that the person saw."""
    found = type(row).objects.select_for_update(of=("self",)).select_related("brand").get(pk=row.pk)
    if found.version != version:
        raise Stale("stale", version=found.version)
    return found


def told(row: models.Model, names: Any) -> dict[str, Any]:
    """These values of a row as JSON, for the record of what was done."""
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, models.Manager):
        return sorted(str(item) for item in value.all())
    if isinstance(value, FieldFile):
        return value.name or ""
    if isinstance(value, Decimal | date | datetime | time):
        return str(value)
    return value


def _fill(row: models.Model, values: Mapping[str, Any], twice: str) -> None:
    many = {field.name for field in row._meta.many_to_many}
    for name, value in values.items():
        _refuse_foreign(row, name, value)
        if name not in many:
            setattr(row, name, value)
    named = set(values) - many
    try:
        row.clean_fields(exclude={field.name for field in row._meta.fields} - named)
        row.validate_constraints()
        with transaction.atomic():
            row.save()
    except ValidationError as error:
        raise _as_input(error, named, twice) from error
    except IntegrityError as error:
        raise InvalidInput("twice", field=twice or None) from error
    for name in many & set(values):
        getattr(row, name).set(values[name])


def _as_input(error: ValidationError, named: set[str], twice: str) -> InvalidInput:
    field, problems = next(iter(error.message_dict.items()))
    if field in named:
        return InvalidInput("not_valid", field=field, reason=problems[0])
    return InvalidInput("twice", field=twice or None)


def _refuse_foreign(row: models.Model, name: str, value: Any) -> None:
    """A key may lead to rows of the same brand only; forms ask in scope, services make sure."""
    for item in value if isinstance(value, list | tuple | models.QuerySet) else [value]:
        if isinstance(item, BrandOwned) and item.brand_id != row.brand_id:
            raise InvalidInput("of_another_brand", field=name)
