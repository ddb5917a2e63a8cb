"""Reads the weekly sums of the KPIs as the series that progress is judged by."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from strategy.kpis import ADS, KPIS, Kpi
from strategy.models import KpiWeek
from strategy.progress import Week, combine

SUMS = ("week", "n", "numerator", "denominator", "squares", "cross", "denominator_squares")
META = frozenset({"facebook", "instagram", "threads"})


@dataclass
class Series:
    """The weeks of one KPI: per channel with its platform, and per platform of what is told of the whole brand."""

    channels: dict[tuple[int, str], list[Week]] = field(default_factory=lambda: defaultdict(list))
    whole: dict[str, list[Week]] = field(default_factory=lambda: defaultdict(list))

    def of(self, kpi: Kpi, platforms: Collection[str]) -> list[Week]:
        """One series for these platforms, all of them where none is named."""
        wanted = covered(kpi, platforms)
        channels = [weeks for (_channel, platform), weeks in self.channels.items() if _in(platform, wanted)]
        whole = [weeks for platform, weeks in self.whole.items() if _in(platform, wanted)]
        return combine(kpi.kind, channels, whole)


def _in(platform: str, wanted: frozenset[str]) -> bool:
    return not wanted or platform in wanted


def covered(kpi: Kpi, platforms: Collection[str]) -> frozenset[str]:
    """The platforms as the sums name them: Meta sells the ads of Facebook, Instagram and Threads together."""
    wanted = frozenset(platforms)
    return wanted | {"meta"} if ADS in kpi.feeds and wanted & META else wanted


def base_of(slug: str) -> str:
    """The KPI whose weeks another one is made of; most are made of their own."""
    kpi = KPIS.get(slug)
    return (kpi.base or slug) if kpi else slug


def series(slugs: Iterable[str]) -> dict[str, Series]:
    """The series of these KPIs, each under its own name. One query."""
    slugs = set(slugs)
    bases = {base_of(slug) for slug in slugs}
    found: dict[str, Series] = defaultdict(Series)
    rows = KpiWeek.objects.filter(kpi__in=bases).order_by("week")
    for kpi, channel, platform, *sums in rows.values_list("kpi", "channel", "platform", *SUMS):
        if channel is None:
            found[kpi].whole[platform].append(Week(*sums))
        else:
            found[kpi].channels[channel, platform].append(Week(*sums))
    return {slug: found[base_of(slug)] for slug in slugs}
