"""Columns that a person names: tried on the file, saved under a name, recognised next time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit, rows
from accounts.errors import InvalidInput, Stale, register_messages
from accounts.models import User
from analytics.models import ColumnMapping, ImportBatch, ImportFile
from analytics.services.previews import inspect, signature

register_messages(
    {
        "mapping_fails": _("With these columns the file cannot be read: %(reason)s"),
        "name_taken": _("Another mapping has this name. Choose another one."),
    }
)


@dataclass(frozen=True)
class Naming:
    """What a person says of a table: field of the template → column, and what no column tells."""

    mapping: dict[str, str]
    platform: str = ""
    account: str = ""
    time_zone: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    name: str = ""

    def options(self, header: list[str]) -> dict[str, Any]:
        """As a file keeps it."""
        told: dict[str, Any] = {
            "mapping": self.mapping,
            "platform": self.platform,
            "header": header,
            "signature": signature(header),
            "answers": self.answers,
            "format": None,
            "remembered": False,
        }
        if self.time_zone:
            told["time_zone"] = self.time_zone
        return told | {"channel": [self.platform, self.account] if self.account else None}


def tried(file: ImportFile, naming: Naming) -> ImportFile:
    """What the file would give with these columns; nothing is stored."""
    header = header_of_file(file)
    kept = {name: value for name, value in file.options.items() if name not in ("left_out", "settled")}
    copy = ImportFile(
        brand=file.brand,
        name=file.name,
        modified_at=file.modified_at,
        created_at=file.created_at,
        options={**kept, **naming.options(header)},
    )
    inspect(copy, Path(file.file.path))
    return copy


def header_of_file(file: ImportFile) -> list[str]:
    """The names of its columns, as the upload found them."""
    return file.preview.get("header") or file.options.get("header") or []


@transaction.atomic
def name_columns(file: ImportFile, naming: Naming, *, by: User) -> ImportFile:
    """Read an uploaded file by the columns that a person named, and save them for its like."""
    batch = ImportBatch.objects.select_for_update().get(pk=file.batch_id)
    if batch.state != ImportBatch.State.UPLOADED:
        raise Stale("import_taken")
    result = tried(file, naming)
    if result.problem_code:
        raise InvalidInput("mapping_fails", code=result.problem_code, facts=result.problem_facts)
    header = header_of_file(file)
    known = _save(file, header, naming)
    for name in ("format", "kind", "platform", "language", "encoding", "precision", "options", "preview"):
        setattr(file, name, getattr(result, name))
    file.options["remembered"] = known.pk
    file.problem_code, file.problem_facts = "", {}
    file.save()
    audit.record("import.columns_named", file, by=by, brand=file.brand, after={"mapping": naming.mapping})
    return file


def _save(file: ImportFile, header: list[str], naming: Naming) -> ColumnMapping:
    named = ColumnMapping.objects.filter(name__iexact=naming.name).exclude(signature=signature(header))
    if naming.name and named.exists():
        raise InvalidInput("name_taken", field="name")
    known, _made = ColumnMapping.objects.update_or_create(
        brand=file.brand,
        signature=signature(header),
        defaults={
            "columns": header,
            "mapping": naming.mapping,
            "platform": naming.platform,
            "account": naming.account,
            "time_zone": naming.time_zone,
            "answers": naming.answers,
            "name": naming.name or Path(file.name).stem[:120],
        },
    )
    return known


def mark_used(file: ImportFile) -> None:
    """Note when a saved mapping last read a file."""
    if file.options.get("mapping"):
        known = ColumnMapping.objects.filter(signature=file.options.get("signature", ""))
        known.update(used_at=timezone.now())


def change(row: ColumnMapping, *, by: User, version: int, values: Mapping[str, Any]) -> ColumnMapping:
    if ColumnMapping.objects.filter(name__iexact=values["name"]).exclude(pk=row.pk).exists():
        raise InvalidInput("name_taken", field="name")
    return rows.change(row, version=version, values=values, by=by, action="mapping.changed")


def remove(row: ColumnMapping, *, by: User) -> None:
    rows.remove(row, by=by, action="mapping.removed", fields=("name", "mapping", "platform"))
