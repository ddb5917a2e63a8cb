"""What a strategy still lacks."""

import copy

import pytest

from strategy.readiness import Gap, gaps

WHOLE = {
    "situation": "We roast.",
    "positioning": "For those who brew at home.",
    "start": "2026-01-01",
    "end": "2026-12-31",
    "audiences": [{"name": "Giulia", "standing": {"job": "shown", "pains": "assumption"}}],
    "platforms": [
        {"platform": "instagram", "decision": "chosen"},
        {"platform": "x", "decision": "rejected"},
    ],
    "channels": [
        {"name": "caffe", "platform": "instagram", "mission": "Show", "owner": "Bea", "audiences": ["Giulia"]}
    ],
    "objectives": [{"statement": "200", "serves": None, "target": 200, "owner": "Bea", "audience": "Giulia"}],
    "pillars": [{"name": "Roast", "share": 98, "audience": ""}],
}


def changed(**values) -> dict:
    return copy.deepcopy(WHOLE) | values


def test_a_whole_one_lacks_nothing():
    assert gaps(WHOLE) == []


def test_an_empty_one_lacks_everything_in_the_order_of_the_document():
    empty = {name: [] if isinstance(value, list) else "" for name, value in WHOLE.items()}
    assert [gap.code for gap in gaps(empty)] == [
        "no_situation",
        "no_positioning",
        "no_period",
        "no_audience",
        "no_platform",
        "no_objective",
        "no_pillar",
    ]


AUDIENCE, CHANNEL, OBJECTIVE = (WHOLE[name][0] for name in ("audiences", "channels", "objectives"))


@pytest.mark.parametrize(
    ("change", "gap"),
    [
        ({"audiences": [AUDIENCE, AUDIENCE | {"name": "Marco"}]}, Gap("idle_audience", ("Marco",))),
        ({"audiences": [AUDIENCE | {"standing": {"job": "stale"}}]}, Gap("only_assumed", ("Giulia",))),
        ({"platforms": WHOLE["platforms"][:1]}, Gap("nothing_left_out")),
        ({"channels": [CHANNEL | {"platform": "tiktok"}]}, Gap("no_channel", ("instagram",))),
        ({"channels": [CHANNEL | {"owner": ""}]}, Gap("aimless_channel", ("caffe",))),
        ({"objectives": [OBJECTIVE | {"target": None}]}, Gap("no_target", ("200",))),
        ({"objectives": [OBJECTIVE | {"owner": ""}]}, Gap("no_owner", ("200",))),
        ({"objectives": [OBJECTIVE] * 6}, Gap("many_objectives", facts={"count": 6, "most": 5})),
        ({"pillars": [{"name": "Roast", "share": 97, "audience": ""}]}, Gap("mix_short", facts={"total": 97})),
    ],
)
def test_each_gap_is_named_with_whom_it_concerns(change, gap):
    assert gaps(changed(**change)) == [gap]


def test_objectives_that_serve_others_do_not_count_against_the_most():
    parts = [OBJECTIVE | {"serves": 1} for _ in range(6)]
    assert gaps(changed(objectives=[OBJECTIVE, *parts])) == []
