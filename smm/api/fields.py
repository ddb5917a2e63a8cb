"""What the API takes and gives, field by field: the same declaration reads, writes and describes. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

BIGGEST = 10**18  # what a number of a row can be


@dataclass(frozen=True)
class Field:
    """One value: its kind is string, integer, number, boolean, date, time, datetime or object.

    `get(row, call)` tells it of a row, else the row's attribute of that name; `column` is the model's name for it
    where that differs. `on_desk` are those that a community manager is told too.
    """

    name: str
    kind: str = "string"
    about: Any = ""
    get: Callable[[Any, Any], Any] | None = None
    column: str = ""
    choices: tuple[str, ...] = ()
    null: bool = False
    required: bool = False
    many: bool = False
    on_desk: bool = False
    of: tuple[Field, ...] = ()

    def wanted(self) -> Field:
        return replace(self, required=True)


@dataclass(frozen=True)
class Schema:
    """The fields of a thing, under the name by which the description calls it."""

    name: str
    fields: tuple[Field, ...]

    def written(self, row: Any, call: Any, *, on_desk: bool = False) -> dict[str, Any]:
        """A row as JSON; what is only for managers is left out `on_desk`."""
        told = [field for field in self.fields if field.on_desk or not on_desk]
        return {
            field.name: plain(field.get(row, call) if field.get else getattr(row, field.name)) for field in told
        }

    def picked(self, *names: str) -> tuple[Field, ...]:
        known = {field.name: field for field in self.fields}
        return tuple(known[name] for name in names)


def plain(value: Any) -> Any:
    """
    >>> plain(datetime(2026, 9, 10, 16, 30, tzinfo=UTC)), plain(time(18, 30)), plain(date(2026, 9, 10))
    ('2026-09-10T16:30:00Z', '18:30', '2026-09-10')
    """
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, time):
        return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    return value


def read_all(fields: tuple[Field, ...], told: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The values that were told, under their own names, and of each that cannot be taken why (a code)."""
    known = {field.name: field for field in fields}
    problems = {name: "api_unknown_field" for name in told if name not in known}
    found = {}
    for name, field in known.items():
        if name not in told:
            if field.required:
                problems[name] = "api_missing"
            continue
        try:
            found[name] = read(field, told[name])
        except ValueError as error:
            problems[name] = str(error)
    return found, problems


def read(field: Field, value: Any) -> Any:
    """A value of JSON, or a text of an address, as the field's kind; raises ValueError with a code."""
    if value is None:
        if field.null:
            return None
        raise ValueError("api_not_null")
    if field.many:
        if not isinstance(value, list) or len(value) > 100:
            raise ValueError("api_list")
        return [_READERS[field.kind](each) for each in value]
    found = _READERS[field.kind](value)
    if field.choices and found not in field.choices:
        raise ValueError("api_choice")
    return found


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("api_string")
    if "\x00" in value or any("\ud800" <= sign <= "\udfff" for sign in value):
        raise ValueError("api_string")
    return value.strip()


def _integer(value: Any) -> int:
    if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 18:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < BIGGEST:
        raise ValueError("api_integer")
    return value


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("api_boolean")
    return value


def _date(value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError("api_date") from None


def _time(value: Any) -> time:
    try:
        found = time.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError("api_time") from None
    if found.tzinfo:
        raise ValueError("api_time")
    return found.replace(microsecond=0)


def _datetime(value: Any) -> datetime:
    try:
        found = datetime.fromisoformat(value)
        if found.tzinfo is None:
            raise ValueError("api_datetime")
        return found.astimezone(UTC)
    except (TypeError, ValueError, OverflowError):
        raise ValueError("api_datetime") from None


_READERS: dict[str, Callable[[Any], Any]] = {
    "string": _string,
    "integer": _integer,
    "boolean": _boolean,
    "date": _date,
    "time": _time,
    "datetime": _datetime,
}
