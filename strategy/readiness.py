"""What a strategy still lacks, told from its content. Pure; codes that a page words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

MOST_OBJECTIVES = 5
NEARLY_FULL = 98


@dataclass(frozen=True)
class Gap:
    """Something that is missing: its code, and whom or what it concerns."""

    code: str
    names: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)


def gaps(content: Mapping[str, Any]) -> list[Gap]:
    """Everything that is missing, in the order of the document."""
    parts = (_ground, _audiences, _platforms, _objectives, _pillars)
    return [gap for part in parts for gap in part(content)]


def _ground(content: Mapping[str, Any]) -> Iterator[Gap]:
    for name in ("situation", "positioning"):
        if not content[name].strip():
            yield Gap(f"no_{name}")
    if not (content["start"] and content["end"]):
        yield Gap("no_period")


def _audiences(content: Mapping[str, Any]) -> Iterator[Gap]:
    audiences = content["audiences"]
    if not audiences:
        yield Gap("no_audience")
    served = {each["audience"] for each in (*content["objectives"], *content["pillars"])}
    served |= {name for channel in content["channels"] for name in channel["audiences"]}
    if idle := _names(audiences, lambda each: each["name"] not in served):
        yield Gap("idle_audience", idle)
    if assumed := _names(audiences, lambda each: "shown" not in each["standing"].values()):
        yield Gap("only_assumed", assumed)


def _platforms(content: Mapping[str, Any]) -> Iterator[Gap]:
    chosen = [each["platform"] for each in content["platforms"] if each["decision"] == "chosen"]
    if not chosen:
        yield Gap("no_platform")
    elif not any(each["decision"] == "rejected" for each in content["platforms"]):
        yield Gap("nothing_left_out")
    open_on = {channel["platform"] for channel in content["channels"]}
    if without := tuple(slug for slug in chosen if slug not in open_on):
        yield Gap("no_channel", without)
    if aimless := _names(content["channels"], lambda each: not each["mission"] or not each["owner"]):
        yield Gap("aimless_channel", aimless)


def _objectives(content: Mapping[str, Any]) -> Iterator[Gap]:
    objectives = content["objectives"]
    if not objectives:
        yield Gap("no_objective")
    top = [each for each in objectives if not each["serves"]]
    if len(top) > MOST_OBJECTIVES:
        yield Gap("many_objectives", facts={"count": len(top), "most": MOST_OBJECTIVES})
    if aimless := _names(objectives, lambda each: each["target"] is None, "statement"):
        yield Gap("no_target", aimless)
    if unowned := _names(objectives, lambda each: not each["owner"], "statement"):
        yield Gap("no_owner", unowned)


def _pillars(content: Mapping[str, Any]) -> Iterator[Gap]:
    pillars = content["pillars"]
    total = sum(each["share"] for each in pillars)
    if not pillars:
        yield Gap("no_pillar")
    elif total < NEARLY_FULL:
        yield Gap("mix_short", facts={"total": total})


def _names(rows: list[Mapping[str, Any]], wanted: Any, key: str = "name") -> tuple[str, ...]:
    return tuple(row[key] for row in rows if wanted(row))
