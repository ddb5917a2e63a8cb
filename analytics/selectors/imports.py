"""Reads imports for their pages."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from analytics.formats.series import places
from analytics.models import ImportBatch, ImportFile, RejectedRow
from strategy.models import Channel

COUNTS = ("rows", "created", "updated", "unchanged", "ignored", "rejected")


def files(batch: ImportBatch) -> list[ImportFile]:
    return list(ImportFile.objects.filter(batch=batch).select_related("brand", "batch").order_by("pk"))


def rejected(file: ImportFile) -> QuerySet[RejectedRow]:
    return RejectedRow.objects.filter(file=file).order_by("line", "pk")


def rejected_stream(file: ImportFile) -> Iterator[RejectedRow]:
    return rejected(file).iterator(chunk_size=2_000)


def channels_of(files: list[ImportFile]) -> list[Channel]:
    """The channels that these files changed, each with the `kinds` of the files that did."""
    kinds: dict[int, set[str]] = {}
    for file in files:
        for number in file.channels:
            kinds.setdefault(number, set()).add(file.kind)
    found = list(Channel.objects.filter(pk__in=kinds).order_by("platform", "handle")) if kinds else []
    for channel in found:
        channel.kinds = kinds[channel.pk]
    return found


def channels_on(platforms: set[str]) -> list[Channel]:
    """Where posts of these platforms may go, active channels first."""
    possible = {place for platform in platforms for place in places(platform)}
    return list(Channel.objects.filter(Q(platform__in=possible)).order_by("-active", "platform", "handle"))
