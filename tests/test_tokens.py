"""Every pair of colours that pages use is readable: WCAG 2.2 AA, in light and in dark.

The formulas of relative luminance and contrast ratio are those of WCAG 2.2
(https://www.w3.org/TR/WCAG22/#dfn-relative-luminance, #dfn-contrast-ratio).
"""

import re
from itertools import combinations, pairwise
from math import dist
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parent.parent / "static" / "css" / "tokens.css"
THEMES = ("light", "dark")
TEXT, SHAPE = 4.5, 3.0
GROUNDS = ("t-ground", "t-surface", "t-raised", "t-sunken")
SOFT = ("t-accent-soft", "t-brass-soft", "t-good-soft", "t-bad-soft")

ON_ANY_GROUND = [
    (ink, ground, TEXT)
    for ink in ("t-ink", "t-ink-2", "t-ink-3", "t-accent", "t-accent-strong", "t-brass", "t-good", "t-bad")
    for ground in GROUNDS
]
ON_ITS_OWN = [
    *((ink, soft, TEXT) for soft in SOFT for ink in ("t-ink", "t-ink-2")),
    ("t-accent-strong", "t-accent-soft", TEXT),
    ("t-brass", "t-brass-soft", TEXT),
    ("t-good", "t-good-soft", TEXT),
    ("t-bad", "t-bad-soft", TEXT),
    ("t-on-accent", "t-accent", TEXT),
    ("t-on-accent", "t-accent-strong", TEXT),
]
ON_THE_RAIL = [
    (ink, ground, TEXT)
    for ink in ("t-rail-ink", "t-rail-ink-2", "t-rail-ink-3", "t-rail-accent")
    for ground in ("t-rail-ground", "t-rail-raised")
]
OF_THE_MAP = [(f"heat-ink-{'low' if level < 4 else 'high'}", f"heat-{level}", TEXT) for level in range(7)]
# WCAG 1.4.11: what tells that a control is there, or has the focus.
SHAPES = [(line, ground, SHAPE) for line in ("t-line-strong", "t-focus") for ground in GROUNDS] + [
    ("t-rail-line-strong", "t-rail-ground", SHAPE)
]
CATEGORIES = [f"cat-{n}" for n in range(1, 9)]
SHAPES += [
    (edge, ground, SHAPE) for edge in ["cat-0", *CATEGORIES] for ground in ("t-surface", "t-raised", "t-sunken")
]
# How colours look without one kind of cones, in linear RGB: Machado, Oliveira and Fernandes 2009, severity 1
# (doi:10.1109/TVCG.2009.113, https://www.inf.ufrgs.br/~oliveira/pubs_files/CVD_Simulation/CVD_Simulation.html).
VISIONS = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
LEAST_APART = 25  # ΔE of CIE 1976; 2.3 is the least that is noticed


def blocks(css: str, theme: str) -> dict[str, str]:
    """The colours of one theme: token name → #rrggbb."""
    found: dict[str, str] = {}
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", css, flags=re.S)):
        if f'[data-bs-theme="{theme}"]' in selector:
            found |= dict(re.findall(r"--([a-z0-9-]+):\s*(#[0-9a-fA-F]{6});", body))
    return found


def linear(colour: str) -> list[float]:
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]


def luminance(colour: str) -> float:
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def lab(rgb: list[float]) -> list[float]:
    """CIE L*a*b* (white D65) of linear RGB."""
    rows = ((0.4124, 0.3576, 0.1805), (0.2126, 0.7152, 0.0722), (0.0193, 0.1192, 0.9505))
    white = (0.95047, 1.0, 1.08883)
    parts = [sum(a * b for a, b in zip(row, rgb, strict=True)) / w for row, w in zip(rows, white, strict=True)]
    x, y, z = (part ** (1 / 3) if part > 0.008856 else 7.787 * part + 16 / 116 for part in parts)
    return [116 * y - 16, 500 * (x - y), 200 * (y - z)]


def seen(colour: str, vision: str) -> list[float]:
    rgb = linear(colour)
    found = (sum(a * b for a, b in zip(row, rgb, strict=True)) for row in VISIONS[vision])
    return lab([min(max(part, 0), 1) for part in found])


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture(params=THEMES)
def colours(request) -> dict[str, str]:
    return blocks(TOKENS.read_text(), request.param)


def test_the_formula_is_right():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)  # the lightest grey that is AA on white


@pytest.mark.parametrize(
    ("front", "back", "least"), [*ON_ANY_GROUND, *ON_ITS_OWN, *ON_THE_RAIL, *OF_THE_MAP, *SHAPES]
)
def test_a_pair_is_readable(colours, front, back, least):
    assert contrast(colours[front], colours[back]) >= least


def test_the_map_reads_in_greyscale(colours):
    levels = [luminance(colours[f"heat-{level}"]) for level in range(7)]
    rising = levels == sorted(levels)
    assert rising or levels == sorted(levels, reverse=True)
    shades = sorted(levels)
    assert all((b + 0.05) / (a + 0.05) > 1.15 for a, b in pairwise(shades))


@pytest.mark.parametrize("vision", VISIONS)
def test_what_is_told_apart_by_colour_differs_for_every_eye(colours, vision):
    shown = [seen(colours[name], vision) for name in CATEGORIES]
    apart = [dist(one, other) for one, other in combinations(shown, 2)]
    assert len(apart) == 28 and min(apart) >= LEAST_APART


def test_both_themes_name_the_same_colours():
    light, dark = (blocks(TOKENS.read_text(), theme) for theme in THEMES)
    assert light.keys() == dark.keys()


COMMENT = re.compile(r"/\*.*?\*/", re.S)
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*;)")


def test_no_colour_stands_outside_the_tokens():
    sheets = [path for path in TOKENS.parent.glob("*.css") if path.name not in ("tokens.css", "admin.css")]
    found = {path.name: COLOUR.findall(COMMENT.sub("", path.read_text())) for path in sheets}
    assert {name: colours for name, colours in found.items() if colours} == {}
