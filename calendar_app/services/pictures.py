"""The pictures and films of an entry: the first one stands with the entry, further ones are its slides."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.errors import InvalidInput, register_messages
from accounts.models import User
from calendar_app.media import Medium
from calendar_app.models import Entry, Slide
from calendar_app.services import entries

MOST = 20
FIELDS = ("asset", "asset_name", "asset_facts", "thumb", "alt_text")
register_messages(
    {
        "pictures_not_chosen": _("Choose at least one picture or film."),
        "pictures_too_many": _("An entry holds at most %(most)s pictures; with these it would have %(n)s."),
        "picture_gone": _("This picture is not there any more. Reload the page."),
    }
)


class Picture(NamedTuple):
    """One of them: names of its files in the store, what it was called, what it is, what it shows."""

    asset: str
    asset_name: str
    asset_facts: Mapping[str, object]
    thumb: str
    alt_text: str


def stored(file: UploadedFile, medium: Medium) -> dict[str, Any]:
    """What an upload becomes on a row: the file, its name, its facts, its thumbnail."""
    thumb = ContentFile(medium.thumb, name="thumb.webp") if medium.thumb else ""
    name = (file.name or "")[:200]
    return {"asset": file, "asset_name": name, "asset_facts": medium.facts, "thumb": thumb}


def of(entry: Entry) -> list[Picture]:
    """All of an entry in their order. One query."""
    first = [_told(entry)] if entry.asset else []
    return first + [_told(slide) for slide in entry.slides.all()]


def _told(row: Entry | Slide) -> Picture:
    return Picture(row.asset.name, row.asset_name, row.asset_facts, row.thumb.name or "", row.alt_text)


@transaction.atomic
def add(
    entry: Entry, uploads: Iterable[tuple[UploadedFile, Medium]], *, by: User | None, version: int, today: date
) -> Entry:
    """Put further ones behind those that are there; raises InvalidInput, or Stale where it changed meanwhile."""
    new = list(uploads)
    if not new:
        raise InvalidInput("pictures_not_chosen", field="pictures")
    there = of(entry)
    if len(there) + len(new) > MOST:
        raise InvalidInput("pictures_too_many", field="pictures", most=MOST, n=len(there) + len(new))
    kept = [_kept(entry, file, medium) for file, medium in new]
    return _store(entry, there + kept, by=by, version=version, today=today)


def _kept(entry: Entry, file: UploadedFile, medium: Medium) -> Picture:
    """Put the files into the store."""
    row = Slide(brand_id=entry.brand_id, entry=entry, **stored(file, medium))
    for field in ("asset", "thumb"):
        if upload := getattr(row, field):
            upload.save(upload.name, upload.file, save=False)
    return _told(row)


def describe(entry: Entry, place: int, text: str, **told: Any) -> Entry:
    """Say what one of them shows."""
    return _changed(entry, place, lambda there: there[place]._replace(alt_text=text.strip()[:500]), **told)


def _changed(entry: Entry, place: int, work: Callable[[list[Picture]], Picture], **told: Any) -> Entry:
    there = _there(entry, place)
    there[place] = work(there)
    return _store(entry, there, **told)


def remove(entry: Entry, place: int, **told: Any) -> Entry:
    """Take one away; what follows moves up."""
    there = _there(entry, place)
    del there[place]
    return _store(entry, there, **told)


def move(entry: Entry, place: int, by_places: int, **told: Any) -> Entry:
    """Put one so many places later (or, negative, earlier); at either end it stays."""
    there = _there(entry, place)
    picture = there.pop(place)
    there.insert(min(max(place + by_places, 0), len(there)), picture)
    return _store(entry, there, **told)


def _there(entry: Entry, place: int) -> list[Picture]:
    there = of(entry)
    if not 0 <= place < len(there):
        raise InvalidInput("picture_gone")
    return there


@transaction.atomic
def _store(entry: Entry, pictures: list[Picture], *, by: User | None, version: int, today: date) -> Entry:
    """The first with the entry, the others as slides; an approved entry asks for approval again."""
    entry.slides.all().delete()
    Slide.objects.bulk_create(
        Slide(brand_id=entry.brand_id, entry=entry, place=place, **picture._asdict())
        for place, picture in enumerate(pictures[1:], start=1)
    )
    first = pictures[0] if pictures else Picture("", "", {}, "", "")
    values = first._asdict() | {"asset_facts": dict(first.asset_facts)}
    same_first = first == _told(entry)
    row = entries.change(entry, by=by, version=version, values=values, today=today, action="entry.pictures")
    if same_first:  # else the change of the first one is on the record already
        audit.record("entry.pictures", row, by=by, brand=row.brand, after={"pictures": len(pictures)})
    return row
